"""A file somebody sent that the portal doesn't take."""


class UnusableFile(Exception):
    """The file is none the portal takes; the message says why."""
