"""What people do to the cluster, its units and accounts: one transaction and one trace each.

A rule that is broken is told by `Refused`, which names the field. `by` is
None only for the portal's own commands.
"""

from members.actions.cluster import change_cluster, set_up_cluster
from members.actions.lead_terms import end_lead_term, hand_over_lead, remove_lead_term
from members.actions.letterheads import begin_letterhead, change_letterhead, remove_letterhead
from members.actions.merging import Group, Preview, became, merge_units, preview_merger, undo_merger
from members.actions.people import (
    Invitation,
    change_person,
    create_person,
    deactivate_person,
    invite_person,
    print_access_letter,
    reactivate_person,
    renew_invitation,
)
from members.actions.people_lists import ListedPerson, import_people, undo_people
from members.actions.units import (
    change_unit,
    check_succession,
    create_unit,
    import_units,
    record_succession,
    remove_imported_units,
    undo_succession,
)

__all__ = [
    "Group",
    "Invitation",
    "ListedPerson",
    "Preview",
    "became",
    "begin_letterhead",
    "change_cluster",
    "change_letterhead",
    "change_person",
    "change_unit",
    "check_succession",
    "create_person",
    "create_unit",
    "deactivate_person",
    "end_lead_term",
    "hand_over_lead",
    "import_people",
    "import_units",
    "invite_person",
    "merge_units",
    "preview_merger",
    "print_access_letter",
    "reactivate_person",
    "record_succession",
    "remove_imported_units",
    "remove_lead_term",
    "remove_letterhead",
    "renew_invitation",
    "set_up_cluster",
    "undo_merger",
    "undo_people",
    "undo_succession",
]
