"""Rows judged by the form in which such a thing is typed in: one set of rules for both."""

from __future__ import annotations

from django import forms

from cluster_portal.tables.layout import Row
from cluster_portal.tables.reading import TableReader


class FormReader(TableReader):
    def stands(self, row: Row, form: forms.Form | forms.ModelForm, before: int) -> bool:  # type: ignore[type-arg]
        """Whether the row has no fault; those of the form stand beside its cells, but for cells that have one.

        `before` is how many faults there were before the row's cells were read.
        """
        if not form.is_valid():
            faulty = {fault.field for fault in self.faults[before:]} | {column.field for column in self.table.missing}
            for name, messages in form.errors.items():
                for message in messages if name not in faulty else ():
                    self.fault(row, name, str(message))
        return form.is_valid() and len(self.faults) == before
