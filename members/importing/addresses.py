"""The addresses of the flow, below one route and behind one guard: a line for a kind of table."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from members.importing import views
from members.importing.kinds import ImportKind
from members.infrastructure.capabilities import Can, SignedInRequest, View, requires

#: The step's name, its route, its view, and whether it changes something.
_STEPS: tuple[tuple[str, str, View, bool], ...] = (
    ("", "", views.upload, False),
    ("preview", "preview/", views.preview, False),
    ("confirm", "confirm/", views.confirm, True),
    ("template", "template/", views.template, False),
    ("faults", "faults/", views.faults, False),
    ("stored", "<int:import_id>/", views.stored, False),
    ("undo", "<int:import_id>/undo/", views.undo, True),
)


def import_paths(route: str, *, name: str, can: Can, kind: ImportKind | Callable[..., ImportKind]) -> list[URLPattern]:
    """All pages of a kind of table; the first is called `name`, the others ``name-preview`` and so on.

    Where the table goes to a place that the route names, as to one meeting, `kind` is a
    function of the request and the route's arguments: it fetches the place – `visible_to`
    whom it may concern – and returns the kind with these arguments as its `url_args`.
    """
    return [
        path(
            f"{route}{step_route}",
            requires(can)(require_POST(view) if is_change else view),
            name=f"{name}-{step}" if step else name,
        )
        for step, step_route, page, is_change in _STEPS
        for view in [_for_kind(page, kind)]
    ]


def _for_kind(page: View, kind: ImportKind | Callable[..., ImportKind]) -> View:
    @wraps(page)
    def view(request: SignedInRequest, **url_args: Any) -> HttpResponseBase:
        given = {"import_id": url_args.pop("import_id")} if "import_id" in url_args else {}
        return page(request, kind if isinstance(kind, ImportKind) else kind(request, **url_args), **given)

    return view
