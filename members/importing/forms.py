"""A file to read, and what was guessed about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster_portal.fields import TableFileField
from cluster_portal.tables.cells import Book
from cluster_portal.tables.layout import Choice, Table, TableKind
from cluster_portal.tables.reading import column_letter


class ImportFileForm(forms.Form):
    file = TableFileField()
    mask = forms.BooleanField(
        label=gettext_lazy("Mask numbers that may tell who a person is"),
        help_text=gettext_lazy("Identity, telephone and account numbers, licence plates. Otherwise each is a fault."),
        required=False,
    )

    def __init__(self, *args: Any, can_mask: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not can_mask:
            del self.fields["mask"]


class ChoiceForm(forms.Form):
    """Which sheet, which row is the head, which column is what; a column without a field is left out."""

    sheet = forms.ChoiceField(label=gettext_lazy("Sheet"))
    head_row = forms.IntegerField(label=gettext_lazy("Row of the head"), min_value=1, max_value=40_000)
    days = forms.ChoiceField(
        label=gettext_lazy("Real dates beside dates typed as text"),
        required=False,
        choices=[
            ("", gettext_lazy("Ask about each")),
            ("keep", gettext_lazy("The days are right as they stand")),
            ("swap", gettext_lazy("Day and month were swapped: turn them back")),
        ],
    )
    without_hidden = forms.BooleanField(label=gettext_lazy("Leave out hidden rows"), required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        book: Book,
        kinds: Sequence[TableKind],
        table: Table | None = None,
        initial_choice: Choice | None = None,
        auto_id: str = "id_%s",
    ) -> None:
        """`kinds` are those the file may hold; of several each sheet that is read has a form of its own."""
        super().__init__(data, auto_id=auto_id)
        self.kinds = kinds
        field = self.fields["sheet"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [(sheet.name, sheet.name) for sheet in book.sheets]
        if len(book.sheets) == 1 or len(kinds) > 1:
            field.widget = forms.HiddenInput()
        if len(kinds) > 1:
            del self.fields["days"]
        self.initial["sheet"] = table.sheet if table else book.sheets[0].name
        self.initial["head_row"] = table.head_row if table else 1
        if initial_choice:
            answer = {True: "swap", False: "keep", None: ""}
            self.initial["days"] = answer[initial_choice.days_are_swapped]
            self.initial["without_hidden"] = initial_choice.leaves_out_hidden_rows
        if table:
            self._add_columns(table)

    def _add_columns(self, table: Table) -> None:
        choices = [("", _("left out")), *((column.field, column.head) for column in table.kind.columns)]
        for place in sorted({*table.words, *table.nameless_columns, *table.columns}):
            word = table.words.get(place, "")
            name = f"column_{place}"
            label = _("Column %(letter)s: %(head)s") % {"letter": column_letter(place), "head": word or "–"}
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
            column = table.columns.get(place)
            self.initial[name] = column.field if column else ""

    @property
    def of_columns(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def of_the_sheet(self) -> list[forms.BoundField]:
        return [self[name] for name in ("sheet", "head_row", "days", "without_hidden") if name in self.fields]

    @property
    def choice(self) -> Choice:
        """What was chosen. Another sheet or head row is read anew; the columns were those of the one before."""
        chosen = self.cleaned_data
        columns = {
            int(name.removeprefix("column_")): value
            for name, value in self.data.items()
            if name.startswith("column_") and name.removeprefix("column_").isdecimal() and len(name) < 12
        }
        is_other = (chosen["sheet"], str(chosen["head_row"])) != (
            self.data.get("was_sheet"),
            self.data.get("was_head_row"),
        )
        known = {column.field for kind in self.kinds for column in kind.columns}
        return Choice(
            sheet=chosen["sheet"],
            head_row=chosen["head_row"],
            columns=None if is_other or not columns else {at: name for at, name in columns.items() if name in known},
            days_are_swapped={"swap": True, "keep": False}.get(chosen.get("days", "")),
            leaves_out_hidden_rows=chosen["without_hidden"],
        )
