from django.urls import path

from meetings.views import planning

app_name = "meetings"

urlpatterns = [
    path("meetings/", planning.meeting_list, name="meeting-list"),
    path("meetings/plan/", planning.meeting_plan, name="meeting-plan"),
    path("meetings/<int:pk>/", planning.meeting_detail, name="meeting-detail"),
    path("meetings/<int:pk>/edit/", planning.meeting_edit, name="meeting-edit"),
    path("meetings/<int:pk>/hold/", planning.meeting_hold, name="meeting-hold"),
    path("meetings/<int:pk>/close/", planning.meeting_close, name="meeting-close"),
    path("meetings/<int:pk>/reopen/", planning.meeting_reopen, name="meeting-reopen"),
]
