"""What is done with rounds and reports; every act in one transaction, with its audit entry."""

from reports.submissions.actions.attaching import attach, detach
from reports.submissions.actions.catalogue import add_to_catalogue, change_catalogue
from reports.submissions.actions.commenting import answer_comment, comment_on, open_comment
from reports.submissions.actions.extending import extend, take_back_extension
from reports.submissions.actions.importing import import_figures
from reports.submissions.actions.reading_in import read_in, take_out
from reports.submissions.actions.reports import no_longer_open
from reports.submissions.actions.reviewing import accept, accept_together, begin_check, reopen, return_report, withdraw
from reports.submissions.actions.rounds import (
    change_due_date,
    close_round,
    collect_on,
    open_round,
    remove_round,
    require_not_issued,
    require_waiting,
)
from reports.submissions.actions.sending import Beside, Joined, merge_typed, save_typed, submit

__all__ = [
    "Beside",
    "Joined",
    "accept",
    "accept_together",
    "add_to_catalogue",
    "answer_comment",
    "attach",
    "begin_check",
    "change_catalogue",
    "change_due_date",
    "close_round",
    "collect_on",
    "comment_on",
    "detach",
    "extend",
    "import_figures",
    "merge_typed",
    "no_longer_open",
    "open_comment",
    "open_round",
    "read_in",
    "remove_round",
    "reopen",
    "require_not_issued",
    "require_waiting",
    "return_report",
    "save_typed",
    "submit",
    "take_back_extension",
    "take_out",
    "withdraw",
]
