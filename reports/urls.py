from django.urls import path

from members.importing.addresses import import_paths
from members.infrastructure.capabilities import Can
from reports.documents.views import (
    approvals,
    archive,
    collation,
    draft_text,
    drafts,
    exchange,
    free_text,
    handover,
    pages,
    parts,
    sent,
    series,
    signed_copies,
    verification,
    word_base,
)
from reports.library import views as library
from reports.meeting_papers.views import files, numbered
from reports.proposals import views as proposals
from reports.sheets import views as sheets
from reports.submissions.figure_import_kind import FIGURE_IMPORT
from reports.submissions.views import (
    attachments,
    catalogue,
    comments,
    extensions,
    filling,
    handing_in,
    late_texts,
    reviews,
    rounds,
    workbook,
)
from reports.superior_forms import views as superior_forms
from reports.views import comparison, help_page, home, search, trend

app_name = "reports"

papers = "meetings/<int:meeting_id>/documents"
superior_form = "superior-forms/<int:superior_form_id>"
report = "rounds/<half_year:period>/units/<int:unit_id>"

urlpatterns = [
    # the first page, and a search over everything
    path("", home.home, name="home"),
    path("help/", help_page.help_page, name="help"),
    path("search/", search.search, name="search"),
    # rounds: one half-year, asked of all units
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/open/", rounds.round_open, name="round-open"),
    path("rounds/<half_year:period>/", rounds.round_board, name="round-board"),
    path("rounds/<half_year:period>/due-date/", rounds.round_due_date, name="round-due-date"),
    path("rounds/<half_year:period>/close/", rounds.round_close, name="round-close"),
    path("rounds/<half_year:period>/collect-on/", rounds.round_collect_on, name="round-collect-on"),
    path("rounds/<half_year:period>/remove/", rounds.round_remove, name="round-remove"),
    path("rounds/<half_year:period>/accept/", rounds.round_accept, name="round-accept"),
    path("rounds/<half_year:period>/remind/", rounds.round_remind, name="round-remind"),
    path("rounds/<half_year:period>/copy/<int:unit_id>/", rounds.round_reminder_copy, name="round-reminder-copy"),
    # rounds/…/units/…: the report of one unit, and its own sheet
    path(f"{report}/", reviews.submission_detail, name="submission-detail"),
    path(f"{report}/edit/", filling.submission_edit, name="submission-edit"),
    path(f"{report}/save/", filling.submission_save, name="submission-save"),
    path(f"{report}/take-over/", filling.submission_take_over, name="submission-take-over"),
    path(f"{report}/workbook/file/", workbook.submission_workbook_file, name="submission-workbook-file"),
    *import_paths(f"{report}/workbook/", name="submission-workbook", can=Can.FILL_REPORTS, kind=workbook.report_import),
    path(f"{report}/check/", handing_in.submission_check, name="submission-check"),
    path(f"{report}/attachments/", attachments.attachment_list, name="attachment-list"),
    path("rounds/attachments/<int:attachment_id>/", attachments.attachment_file, name="attachment-file"),
    path("rounds/attachments/<int:attachment_id>/picture/", attachments.attachment_picture, name="attachment-picture"),
    path("rounds/attachments/<int:attachment_id>/remove/", attachments.attachment_remove, name="attachment-remove"),
    path(f"{report}/preview.pdf", handing_in.submission_preview, name="submission-preview"),
    path(f"{report}/submit/", handing_in.submission_submit, name="submission-submit"),
    path(f"{report}/withdraw/", handing_in.submission_withdraw, name="submission-withdraw"),
    path(f"{report}/receipt.pdf", handing_in.submission_receipt, name="submission-receipt"),
    path(f"{report}/note/", late_texts.submission_note, name="submission-note"),
    path(f"{report}/report.pdf", reviews.submission_pdf, name="submission-pdf"),
    path(f"{report}/report.docx", reviews.submission_docx, name="submission-docx"),
    path(f"{report}/sheet/", sheets.sheet_detail, name="sheet-detail"),
    path(f"{report}/sheet.pdf", sheets.sheet_pdf, name="sheet-pdf"),
    path(f"{report}/sheet.docx", sheets.sheet_docx, name="sheet-docx"),
    path(f"{report}/begin-check/", reviews.submission_begin_check, name="submission-begin-check"),
    path(f"{report}/comments/add/", comments.comment_add, name="comment-add"),
    path("rounds/comments/<int:comment_id>/", comments.comment_detail, name="comment-detail"),
    path("rounds/comments/<int:comment_id>/open/", comments.comment_open, name="comment-open"),
    path(f"{report}/due-date/", extensions.extension_edit, name="extension-edit"),
    path(f"{report}/due-date/take-back/", extensions.extension_take_back, name="extension-take-back"),
    path(f"{report}/accept/", reviews.submission_accept, name="submission-accept"),
    path(f"{report}/return/", reviews.submission_return, name="submission-return"),
    path(f"{report}/reopen/", reviews.submission_reopen, name="submission-reopen"),
    # figures: taken over from earlier years
    *import_paths("figures/import/", name="figure-import", can=Can.IMPORT_FIGURES, kind=FIGURE_IMPORT),
    # catalogue: what is asked for
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<slug:kind>/add/", catalogue.catalogue_add, name="catalogue-add"),
    path("catalogue/<slug:kind>/<int:pk>/", catalogue.catalogue_edit, name="catalogue-edit"),
    # units: all reports of one
    path("units/<int:unit_id>/reports/", reviews.unit_reports, name="unit-reports"),
    # proposals: what units ask for
    path("proposals/", proposals.proposal_list, name="proposal-list"),
    path("proposals/<half_year:period>/texts/", proposals.proposal_texts, name="proposal-texts"),
    path("proposals/<half_year:period>/take/", proposals.proposal_take, name="proposal-take"),
    path("proposals/<int:proposal_id>/", proposals.proposal_detail, name="proposal-detail"),
    path("proposals/<int:proposal_id>/remove/", proposals.proposal_remove, name="proposal-remove"),
    # summaries: a period compared with another, as page and files
    path("summaries/", comparison.comparison_list, name="comparison-list"),
    path("summaries/<period:period>/", comparison.comparison_detail, name="comparison-detail"),
    path("summaries/<period:period>/units/", comparison.comparison_units, name="comparison-units"),
    path("summaries/<period:period>/activities/", comparison.comparison_activities, name="comparison-activities"),
    path("summaries/<period:period>/all-figures/", comparison.comparison_figures, name="comparison-figures"),
    path("summaries/<period:period>/text/", comparison.comparison_text, name="comparison-text"),
    path("summaries/<period:period>/figures/", comparison.figure_list, name="figure-list"),
    path("summaries/<period:period>/summary.pdf", comparison.comparison_pdf, name="comparison-pdf"),
    path("summaries/<period:period>/summary.docx", comparison.comparison_docx, name="comparison-docx"),
    path("summaries/<period:period>/summary.xlsx", comparison.comparison_xlsx, name="comparison-xlsx"),
    path("summaries/<period:period>/summary.json", comparison.comparison_json, name="comparison-json"),
    path("summaries/<period:period>/prepare/", drafts.draft_prepare, name="draft-prepare"),
    # superior-forms: of whom the office reports to, filled in with a period's figures
    path("superior-forms/", superior_forms.superior_form_list, name="superior-form-list"),
    path(f"{superior_form}/", superior_forms.superior_form_detail, name="superior-form-detail"),
    path(f"{superior_form}/original/", superior_forms.superior_form_original, name="superior-form-original"),
    path(f"{superior_form}/bind/", superior_forms.superior_form_bind, name="superior-form-bind"),
    path(f"{superior_form}/unbind/", superior_forms.superior_form_unbind, name="superior-form-unbind"),
    path(f"{superior_form}/remove/", superior_forms.superior_form_remove, name="superior-form-remove"),
    path(f"{superior_form}/fill/<period:period>/", superior_forms.superior_form_fill, name="superior-form-fill"),
    path(f"{superior_form}/fill/<period:period>/file/", superior_forms.superior_form_file, name="superior-form-file"),
    # library: papers of others
    path("library/", library.library_list, name="library-list"),
    path("library/add/", library.library_add, name="library-add"),
    path("library/<int:library_id>/", library.library_detail, name="library-detail"),
    path("library/<int:library_id>/file/", library.library_file, name="library-file"),
    path("library/<int:library_id>/edit/", library.library_edit, name="library-edit"),
    path("library/<int:library_id>/remove/", library.library_remove, name="library-remove"),
    # trend: many half-years side by side
    path("trend/", trend.trend_detail, name="trend-detail"),
    path("trend/trend.xlsx", trend.trend_xlsx_file, name="trend-xlsx"),
    # meetings/…/papers: what goes into a folder unnumbered
    path("meetings/<int:meeting_id>/papers/summary/", files.meeting_summary, name="meeting-summary"),
    path("meetings/<int:meeting_id>/papers/summary/docx/", files.meeting_summary_docx, name="meeting-summary-docx"),
    path("meetings/<int:meeting_id>/papers/invitations/docx/", files.invitations_docx, name="meeting-invitations-docx"),
    path("meetings/<int:meeting_id>/papers/agenda/docx/", files.agenda_docx, name="meeting-agenda-docx"),
    path("meetings/<int:meeting_id>/papers/minutes/docx/", files.minutes_docx, name="meeting-minutes-docx"),
    path("meetings/<int:meeting_id>/papers/conclusion/docx/", files.conclusion_docx, name="meeting-conclusion-docx"),
    path("meetings/<int:meeting_id>/papers/folder/", files.meeting_folder, name="meeting-folder"),
    path("meetings/<int:meeting_id>/awards/hints/", files.award_hints, name="award-hints"),
    # meetings/…/documents: the numbered papers of a meeting
    path("meetings/<int:meeting_id>/record/report/", exchange.record_and_report, name="record-and-report"),
    path("meetings/<int:meeting_id>/record/report/take/", exchange.record_take, name="record-take"),
    path("meetings/<int:meeting_id>/record/report/give/", exchange.report_take, name="report-take"),
    path(f"{papers}/", numbered.paper_list, name="paper-list"),
    path(f"{papers}/notice.pdf", numbered.notice, name="meeting-notice"),
    path(f"{papers}/notice/", numbered.notice_link, name="meeting-notice-link"),
    path(f"{papers}/report/begin/", numbered.meeting_report_begin, name="meeting-report-begin"),
    path(f"{papers}/<slug:kind>/prepare/", numbered.paper_prepare, name="paper-prepare"),
    # documents: the archive of what was issued
    path("documents/", archive.document_list, name="document-list"),
    path("documents/numbers/", series.series_list, name="series-list"),
    path("documents/handover/<int:handover_id>/minutes/", handover.handover_minutes, name="handover-minutes"),
    path("documents/begin/", free_text.free_begin, name="free-begin"),
    path("documents/drafts/<int:draft_id>/words/", free_text.free_write, name="free-write"),
    path("documents/<int:document_id>/", archive.document_detail, name="document-detail"),
    path("documents/<int:document_id>/files/<slug:form>/", archive.document_file, name="document-file"),
    path("documents/<int:document_id>/pages/<int:number>/", pages.document_page, name="document-page"),
    path("documents/<int:document_id>/send/", sent.document_send, name="document-send"),
    path("documents/<int:document_id>/correct/", drafts.document_correct, name="document-correct"),
    path("documents/<int:document_id>/signed/", signed_copies.copy_add, name="signed-copy-add"),
    path("documents/<int:document_id>/signed/<int:copy_id>/", signed_copies.copy_file, name="signed-copy-file"),
    path(
        "documents/<int:document_id>/signed/<int:copy_id>/withdraw/",
        signed_copies.copy_withdraw,
        name="signed-copy-withdraw",
    ),
    # documents/sent: what a unit may read of it
    path("documents/sent/", sent.sent_list, name="sent-list"),
    path("documents/sent/<int:document_id>/", sent.sent_detail, name="sent-detail"),
    path("documents/sent/<int:document_id>/files/<slug:form>/", sent.sent_file, name="sent-file"),
    path("documents/sent/<int:document_id>/pages/<int:number>/", pages.sent_page, name="sent-page"),
    path("documents/sent/<int:document_id>/signed/<int:copy_id>/", sent.sent_copy, name="sent-copy"),
    # documents/drafts: what is being written
    path("documents/drafts/<int:draft_id>/", drafts.draft_detail, name="draft-detail"),
    path("documents/drafts/<int:draft_id>/preview/", drafts.draft_preview, name="draft-preview"),
    path("documents/drafts/<int:draft_id>/pages/", pages.draft_pages, name="draft-pages"),
    path("documents/drafts/<int:draft_id>/pages/<str:of>/<int:number>/", pages.draft_page, name="draft-page"),
    path("documents/drafts/<int:draft_id>/edit/", drafts.draft_edit, name="draft-edit"),
    path("documents/drafts/<int:draft_id>/parts/", parts.draft_parts, name="draft-parts"),
    path("documents/drafts/<int:draft_id>/text/", draft_text.draft_text, name="draft-text"),
    path("documents/drafts/<int:draft_id>/collation/", collation.draft_collation, name="draft-collation"),
    path("documents/drafts/<int:draft_id>/take/", collation.draft_take, name="draft-take"),
    path("documents/drafts/<int:draft_id>/figures/", draft_text.draft_figures, name="draft-figures"),
    path("documents/drafts/<int:draft_id>/submit/", drafts.draft_submit, name="draft-submit"),
    path("documents/drafts/<int:draft_id>/take-back/", approvals.draft_take_back, name="draft-take-back"),
    path("documents/drafts/<int:draft_id>/read/", approvals.draft_read, name="draft-read"),
    path("documents/drafts/<int:draft_id>/return/", approvals.draft_return, name="draft-return"),
    path("documents/drafts/<int:draft_id>/sign-off/", approvals.draft_sign_off, name="draft-sign-off"),
    path("documents/drafts/<int:draft_id>/issue/", drafts.draft_issue, name="draft-issue"),
    path("documents/drafts/<int:draft_id>/discard/", drafts.draft_discard, name="draft-discard"),
    # documents/deputies: who approves documents in the chair's place
    path("documents/deputies/", approvals.deputy_list, name="deputy-list"),
    path("documents/deputies/<int:deputy_id>/end/", approvals.deputy_end, name="deputy-end"),
    # documents/word-base: the office's own Word template
    path("documents/word-base/", word_base.word_base, name="word-base"),
    path("documents/word-base/file/", word_base.word_base_file, name="word-base-file"),
    path("documents/word-base/remove/", word_base.word_base_remove, name="word-base-remove"),
    # verify: for anybody who holds a document
    path("verify/", verification.verify, name="verify"),
    path("verify/<slug:code>/", verification.document_verify, name="document-verify"),
]
