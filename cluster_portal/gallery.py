"""`/design/`, in development alone: every part of the pages in every state, for who changes their look.

The words and figures are invented for it and stand nowhere else; docs/design.md says the rules.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from cluster_portal.charts import Point, columns, pairs, sparkline, stacked

STATES = {"overdue": 2, "not_started": 3, "draft": 4, "returned": 1, "submitted": 5, "accepted": 13}
TONES = ("success", "info", "warning", "danger", "secondary")
COURSE = [
    Point(f"Kỳ {place}", value, stands_back=place < 6) for place, value in enumerate((61, 58, None, 51, 52, 43), 1)
]


@login_not_required
@require_safe
def design(request: HttpRequest) -> HttpResponse:
    context: dict[str, Any] = {
        "tones": TONES,
        "chart": columns("Số vụ", COURSE),
        "sparkline": sparkline(COURSE),
        "pairs": zip(("Nhóm một", "Nhóm hai"), pairs([(12, 16), (4, 0)]), strict=True),
        "board": {"bar": stacked(STATES)},
        "states": STATES,
        "changes": (
            {"arrow": "▼", "tone": "good", "tone_label": "tích cực"},
            {"arrow": "▲", "tone": "bad", "tone_label": "cần lưu ý"},
        ),
        "shades": ("good-1", "good-2", "bad-1", "bad-2"),
        "grounds": ("ground", "paper", "note-ground", "good-ground", "bad-ground", "told-ground"),
    }
    return render(request, "design.html", context)


urlpatterns = [path("design/", design, name="design")]
