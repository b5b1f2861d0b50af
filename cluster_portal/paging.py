"""Pages of long lists."""

from __future__ import annotations

from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class NearEndPaginator(Paginator):
    """Fetches a page of the second half backwards from the end.

    A database walks over every row it skips, so the last page of a long list would be
    the slowest; read from the other end it costs what the first one does. The order of
    the QuerySet must be total (end with the primary key).
    """

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        after_last = min(first + self.per_page, self.count)
        if first <= self.count // 2:
            return Page(self.object_list[first:after_last], number, self)
        backwards = cast(QuerySet, self.object_list).reverse()[self.count - after_last : self.count - first]
        return Page(list(backwards)[::-1], number, self)
