from django.urls import path

from incidents.case_import import CASE_IMPORT
from incidents.views import alerts, insight, recording, register, tables
from members.importing.addresses import import_paths
from members.infrastructure.capabilities import Can

app_name = "incidents"

urlpatterns = [
    path("incidents/", register.incident_list, name="incident-list"),
    path("incidents/new/", recording.incident_create, name="incident-create"),
    path("incidents/insight/", insight.incident_insight, name="incident-insight"),
    path("incidents/export/xlsx/", tables.incident_export_xlsx, name="incident-export-xlsx"),
    path("incidents/export/csv/", tables.incident_export_csv, name="incident-export-csv"),
    *import_paths("incidents/import/", name="incident-import", can=Can.RECORD_INCIDENTS, kind=CASE_IMPORT),
    path("incidents/<int:pk>/", register.incident_detail, name="incident-detail"),
    path("incidents/<int:pk>/edit/", recording.incident_edit, name="incident-edit"),
    path("incidents/<int:pk>/remove/", recording.incident_remove, name="incident-remove"),
    path("incidents/<int:pk>/note/", alerts.alert_note, name="incident-note"),
]
