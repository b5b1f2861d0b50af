from django.urls import path

from incidents.views import alerts, imports, insight, recording, register, tables

app_name = "incidents"

urlpatterns = [
    path("incidents/", register.incident_list, name="incident-list"),
    path("incidents/new/", recording.incident_create, name="incident-create"),
    path("incidents/insight/", insight.incident_insight, name="incident-insight"),
    path("incidents/export/xlsx/", tables.incident_export_xlsx, name="incident-export-xlsx"),
    path("incidents/export/csv/", tables.incident_export_csv, name="incident-export-csv"),
    path("incidents/import/", imports.incident_import, name="incident-import"),
    path("incidents/import/preview/", imports.incident_import_preview, name="incident-import-preview"),
    path("incidents/import/confirm/", imports.incident_import_confirm, name="incident-import-confirm"),
    path("incidents/import/template/", imports.incident_import_template, name="incident-import-template"),
    path("incidents/import/faults/", imports.incident_import_faults, name="incident-import-faults"),
    path("incidents/import/<int:import_id>/", imports.incident_import_stored, name="incident-import-stored"),
    path("incidents/import/<int:import_id>/undo/", imports.incident_import_undo, name="incident-import-undo"),
    path("incidents/<int:pk>/", register.incident_detail, name="incident-detail"),
    path("incidents/<int:pk>/edit/", recording.incident_edit, name="incident-edit"),
    path("incidents/<int:pk>/remove/", recording.incident_remove, name="incident-remove"),
    path("incidents/<int:pk>/note/", alerts.alert_note, name="incident-note"),
]
