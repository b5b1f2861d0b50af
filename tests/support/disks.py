"""What is on the disk."""

from django.conf import settings


def files():
    """The names of all files that are kept, unfinished ones too."""
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
