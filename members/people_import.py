"""People from a table: every row is checked by the same form as a person invited by hand.

Who is to see more than one unit's rows is asked about row by row: a list that came by
e-mail gives nobody the run of the portal.
"""

from __future__ import annotations

import datetime as dt
from copy import copy
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.names import Names
from cluster_portal.tables import values
from cluster_portal.tables.layout import Column, Row, Table, TableKind
from cluster_portal.tables.reading import Read, Reading
from members.actions import ListedPerson, import_people, undo_people
from members.forms.people import PersonForm
from members.importing.columns import EMAIL, TELEPHONE, TITLE, UNIT_HEADS
from members.importing.form_rows import FormReader
from members.importing.kinds import Created, ImportKind, Question, Storing
from members.infrastructure.capabilities import needs_unit
from members.models import Unit, User

MOST_PEOPLE = 500

PEOPLE = TableKind(
    "people",
    (
        Column(
            "full_name",
            "Họ và tên",
            ("họ tên", "tên", "cán bộ", "họ tên cán bộ", "họ và tên cán bộ", "họ tên đầu mối", "họ và tên đầu mối",
             "người phụ trách", "cán bộ đầu mối", "cán bộ phụ trách"),
            is_required=True,
        ),
        replace(EMAIL, is_required=True),
        Column("role", "Vai trò", ("quyền", "loại tài khoản", "vai trò trên cổng")),
        Column("unit", "Đơn vị", UNIT_HEADS, is_key=True),
        TITLE,
        TELEPHONE,
    ),
)  # fmt: skip

#: What may stand in the column of roles; the first of each is what the template shows.
ROLES = {
    User.Role.LIAISON: ("đầu mối", "đầu mối đơn vị", "cán bộ đầu mối", "liên lạc", "liaison"),
    User.Role.CHAIR: ("chủ trì", "chair"),
    User.Role.SECRETARIAT: ("thư ký", "thư ký cụm", "ban thư ký", "secretariat"),
}
ROLE_BY_WORD = Names((word, role.value) for role, words in ROLES.items() for word in words)

#: What a list may say anew of somebody who has an account; the rest is changed on the person's page.
_CHANGEABLE = ("title", "telephone")


def check_people(table: Table) -> Reading[ListedPerson]:
    """Check each row against the accounts there are and against the rows above it."""
    reader = _PeopleReader(table)
    if len(table.rows) > MOST_PEOPLE:
        reader.faults.insert(0, reader.length_fault(_("The file holds too many people.")))
    rows = tuple(reader.read(row) for row in table.rows[:MOST_PEOPLE])
    return Reading(table, rows, tuple(reader.faults), reader.notices())


class _PeopleReader(FormReader):
    def __init__(self, table: Table) -> None:
        super().__init__(table)
        self.units = Unit.objects.all().by_name()
        self.known = {person.email: person for person in User.objects.select_related("unit").in_order()}
        self.seen: dict[str, int] = {}

    def read(self, row: Row) -> Read[ListedPerson]:
        before = len(self.faults)
        told = {column.field: self._value(row, column.field) for column in self.table.kind.columns}
        told["email"] = (told["email"] or "").lower()
        told = {name: value for name, value in told.items() if value not in (None, "")}
        first = self.seen.setdefault(told.get("email", ""), row.number)
        if told.get("email") and first != row.number:
            self.fault(row, "email", _("This address stands in row %(row)d already.") % {"row": first})
        if known := self.known.get(told.get("email", "")):
            return self._beside(row, told, known, before)
        if "role" not in row.cells:
            told["role"] = self._usual_role(row)
        unit = told.get("unit")
        form = PersonForm({**told, "unit": unit.pk if unit else ""})
        stands = self.stands(row, form, before)
        return Read(row, _written(told), ListedPerson(form.values) if stands else None)

    def _value(self, row: Row, field: str) -> Any:
        if field == "unit":
            return self.named(row, "unit", self.units, _("There is no unit of this name."))
        if field == "telephone":
            return self.value(row, field, values.telephone)
        if field == "role":
            return self.word(row, field, ROLE_BY_WORD, [words[0] for words in ROLES.values()])
        return self.line(row, field)

    def _usual_role(self, row: Row) -> str:
        self.note(row, _("No role is given: read as “%(role)s”.") % {"role": ROLES[User.Role.LIAISON][0]})
        return User.Role.LIAISON.value

    def _beside(self, row: Row, told: dict[str, Any], known: User, before: int) -> Read[ListedPerson]:
        """The row with the account of that address; a name, role or unit that differs is a fault."""
        old = {name: getattr(known, name) for name in ("full_name", "email", "role", "unit", *_CHANGEABLE)}
        for name in ("full_name", "role", "unit"):
            if name in row.cells and name in told and told[name] != old[name]:
                sentence = _("The account of this address says “%(old)s”. Change it on the person's page.")
                self.fault(row, name, sentence % {"old": _written(old)[name] or "–"})
        if not known.is_active:
            self.fault(row, "email", _("This account is deactivated; reactivate it first."))
        changed = {name: told[name] for name in _CHANGEABLE if name in told and told[name] != old[name]}
        # A form writes what it cleans into its row; the account itself stays as it is stored.
        form = PersonForm({**old, **changed, "unit": known.unit_id or ""}, instance=copy(known))
        if not self.stands(row, form, before):
            return Read(row, _written(told), None, _written(old))
        if not changed:
            self.note(row, _("Has an account already, with nothing to change."))
        thing = ListedPerson(changed, known) if changed else None
        return Read(row, _written({**old, **changed}), thing, _written(old))


def _written(told: dict[str, Any]) -> dict[str, Any]:
    """The values as the preview shows them: a role in its words."""
    return {name: ROLES[User.Role(value)][0] if name == "role" and value else value for name, value in told.items()}


def _is_above_a_unit(person: ListedPerson) -> bool:
    return person.known is None and not needs_unit(person.values["role"])


def _told(read: Read[ListedPerson]) -> str:
    told = _("Row %(row)d: let %(full_name)s (%(email)s) in as “%(role)s”")
    return told % {"row": read.row.number, **read.values}


def _counted(new: int, asked: int) -> str:
    told = _("%(new)d people at once, %(asked)d only where ticked. Nothing is stored yet.")
    return told % {"new": new, "asked": asked}


def _check(table: Table, _by: User | None, _today: dt.date) -> Reading[ListedPerson]:
    return check_people(table)


def _store(reading: Reading[ListedPerson], storing: Storing) -> Created:
    return import_people(people=reading.things, by=storing.by, now=storing.now, origin=storing.origin)


PEOPLE_IMPORT = ImportKind(
    table=PEOPLE,
    prefix="members:person-import",
    home="members:person-list",
    home_title=gettext_lazy("People"),
    title=gettext_lazy("Import people from a file"),
    hint=gettext_lazy(
        "At most 500 people. Each new one gets an e-mail with a link to set a password. Without a role a person is "
        "a liaison."
    ),
    check=_check,
    store=_store,
    undo=undo_people,
    told=lambda count: (
        ngettext("%(count)d person was invited or changed.", "%(count)d people were invited or changed.", count)
        % {"count": count}
    ),
    example={
        "full_name": "Nguyễn Văn Mẫu",
        "email": "daumoi@example.vn",
        "role": "đầu mối",
        "unit": "Xã Mẫu 01",
        "title": "Cán bộ văn phòng",
        "telephone": "0912 345 678",
    },
    lists=lambda: {
        "role": [words[0] for words in ROLES.values()],
        "unit": [unit.name for unit in Unit.objects.in_order()],
    },
    file_name="danh-sach-nguoi-dung",
    question=Question(
        title=gettext_lazy("Roles that see the whole cluster"),
        lead=gettext_lazy("These people would see the figures and cases of all units. Tick whom you know to be right."),
        is_asked=_is_above_a_unit,
        told=_told,
        counted=_counted,
    ),
)
