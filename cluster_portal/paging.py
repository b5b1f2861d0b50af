"""Pages of long lists."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class LongListPaginator(Paginator):  # type: ignore[type-arg]  # not generic at run time
    """Pages of a QuerySet of which the last, and the middle ones, come nearly as fast as the first.

    A database walks over every row it skips. So the keys of a page are looked up first,
    from whichever end of the list is nearer, and only its own rows are then read and
    joined. The order of the QuerySet must be total (end with the primary key).
    """

    def page(self, number: Any) -> Page[Any]:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        after_last = min(first + self.per_page, self.count)
        ordered = cast("QuerySet[Any]", self.object_list)
        keys = ordered.values_list("pk", flat=True)
        if first <= self.count // 2:
            chosen = list(keys[first:after_last])
        else:
            chosen = list(keys.reverse()[self.count - after_last : self.count - first])[::-1]
        rows = {row.pk: row for row in ordered.order_by().filter(pk__in=chosen)}
        # A row can be deleted between the two questions.
        return Page([rows[key] for key in chosen if key in rows], number, self)
