"""Asking before something is done that can't be undone: a page that says what will happen, on the same address."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from members.infrastructure.capabilities import SignedInRequest


def ask_first(
    request: SignedInRequest, *, heading: str, sentence: str, back: str, about: str = "", is_grave: bool = False
) -> HttpResponse:
    """A page whose one button posts to the address that shows it; `back` leads away, with nothing done.

    A view that acts on POST alone answers a GET with it: a link leads there, never a button that acts.
    """
    context = {"heading": heading, "sentence": sentence, "back": back, "about": about, "is_grave": is_grave}
    return render(request, "members/ask_first.html", context)
