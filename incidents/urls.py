from django.urls import path

from incidents.views import recording, register

app_name = "incidents"

urlpatterns = [
    path("incidents/", register.incident_list, name="incident-list"),
    path("incidents/new/", recording.incident_create, name="incident-create"),
    path("incidents/<int:pk>/", register.incident_detail, name="incident-detail"),
    path("incidents/<int:pk>/edit/", recording.incident_edit, name="incident-edit"),
]
