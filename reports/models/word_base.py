"""What Word files are written on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from members.models import User


class WordBase(models.Model):
    """The office's own base for Word files, in the place of the standard one."""

    SINGLETON = 1

    content = models.BinaryField()
    name = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="word_base_is_one_row")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def content_in_use(cls) -> bytes | None:
        """The office's base, None where it has none of its own."""
        content = cls.objects.values_list("content", flat=True).first()
        return None if content is None else bytes(content)
