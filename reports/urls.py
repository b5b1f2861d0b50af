from django.urls import path

from reports.views import catalogue, figure_imports, home, meetings, reviews, rounds, submissions, summary

app_name = "reports"

report = "rounds/<half_year:period>/units/<int:unit_id>"

urlpatterns = [
    path("", home.home, name="home"),
    path("rounds/", rounds.round_list, name="round-list"),
    path("rounds/open/", rounds.round_open, name="round-open"),
    path("rounds/<half_year:period>/", rounds.round_board, name="round-board"),
    path("rounds/<half_year:period>/due-date/", rounds.round_due_date, name="round-due-date"),
    path("rounds/<half_year:period>/remind/", rounds.round_remind, name="round-remind"),
    path(f"{report}/", reviews.submission_detail, name="submission-detail"),
    path(f"{report}/edit/", submissions.submission_edit, name="submission-edit"),
    path(f"{report}/save/", submissions.submission_save, name="submission-save"),
    path(f"{report}/take-over/", submissions.submission_take_over, name="submission-take-over"),
    path(f"{report}/submit/", submissions.submission_submit, name="submission-submit"),
    path(f"{report}/report.pdf", reviews.submission_pdf, name="submission-pdf"),
    path(f"{report}/accept/", reviews.submission_accept, name="submission-accept"),
    path(f"{report}/return/", reviews.submission_return, name="submission-return"),
    path(f"{report}/reopen/", reviews.submission_reopen, name="submission-reopen"),
    path("figures/import/", figure_imports.figure_import, name="figure-import"),
    path("figures/import/preview/", figure_imports.figure_import_preview, name="figure-import-preview"),
    path("figures/import/confirm/", figure_imports.figure_import_confirm, name="figure-import-confirm"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/<slug:kind>/add/", catalogue.catalogue_add, name="catalogue-add"),
    path("catalogue/<slug:kind>/<int:pk>/", catalogue.catalogue_edit, name="catalogue-edit"),
    path("units/<int:unit_id>/reports/", reviews.unit_reports, name="unit-reports"),
    path("summaries/", summary.summary_list, name="summary-list"),
    path("summaries/<period:period>/", summary.summary_detail, name="summary-detail"),
    path("summaries/<period:period>/figures/", summary.figure_list, name="figure-list"),
    path("summaries/<period:period>/summary.pdf", summary.summary_pdf, name="summary-pdf"),
    path("summaries/<period:period>/summary.docx", summary.summary_docx, name="summary-docx"),
    path("summaries/<period:period>/summary.xlsx", summary.summary_xlsx, name="summary-xlsx"),
    path("summaries/<period:period>/summary.json", summary.summary_json, name="summary-json"),
    path("meetings/<int:meeting_id>/papers/summary/", meetings.summary, name="meeting-summary"),
    path("meetings/<int:meeting_id>/papers/folder/", meetings.folder, name="meeting-folder"),
    path("meetings/<int:meeting_id>/awards/hints/", meetings.award_hints, name="award-hints"),
]
