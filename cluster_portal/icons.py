"""The tags of heroicons (`{% load heroicons %}`), each icon drawn once: pages show the same dozen over and over."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django import template
from heroicons.templatetags import heroicons

register = template.Library()


def _drawn_once(draw: Callable[..., str]) -> None:
    register.simple_tag(lru_cache(maxsize=512)(draw), name=draw.__name__)


for draw in (heroicons.heroicon_mini, heroicons.heroicon_outline, heroicons.heroicon_solid):
    _drawn_once(draw)
