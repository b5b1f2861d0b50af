from django.urls import path

from meetings.guest_import import guest_import
from meetings.views import (
    announcing,
    awards,
    hall,
    invitations,
    ordering,
    papers,
    photos,
    planning,
    record,
    replies,
    speeches,
    tasks,
)
from members.importing.addresses import import_paths
from members.infrastructure.capabilities import Can

app_name = "meetings"

meeting = "meetings/<int:meeting_id>"

urlpatterns = [
    path("meetings/", planning.meeting_list, name="meeting-list"),
    path("meetings/plan/", planning.meeting_plan, name="meeting-plan"),
    path("meetings/tasks/", tasks.task_list, name="task-list"),
    path("meetings/tasks/new/", tasks.task_between, name="task-between"),
    path("meetings/tasks/tasks.xlsx", tasks.task_export, name="task-export"),
    path(f"{meeting}/", planning.meeting_detail, name="meeting-detail"),
    path(f"{meeting}/edit/", planning.meeting_edit, name="meeting-edit"),
    path(f"{meeting}/discard/", planning.meeting_discard, name="meeting-discard"),
    path(f"{meeting}/hold/", planning.meeting_hold, name="meeting-hold"),
    path(f"{meeting}/unhold/", planning.meeting_unhold, name="meeting-unhold"),
    path(f"{meeting}/close/", planning.meeting_close, name="meeting-close"),
    path(f"{meeting}/reopen/", planning.meeting_reopen, name="meeting-reopen"),
    path(f"{meeting}/order/<slug:what>/", ordering.list_order, name="list-order"),
    # inviting
    path(f"{meeting}/invitees/", invitations.invitee_list, name="invitee-list"),
    path(f"{meeting}/invitees/add-units/", invitations.invitee_add_units, name="invitee-add-units"),
    path(f"{meeting}/invitees/add-guest/", invitations.guest_add, name="guest-add"),
    *import_paths(f"{meeting}/invitees/import/", name="guest-import", can=Can.MANAGE_MEETINGS, kind=guest_import),
    path(f"{meeting}/announce/", announcing.meeting_announce, name="meeting-announce"),
    path(f"{meeting}/announce-change/", announcing.meeting_announce_change, name="meeting-announce-change"),
    path(f"{meeting}/call-off/", announcing.meeting_call_off, name="meeting-call-off"),
    path(f"{meeting}/mail/", announcing.meeting_mail, name="meeting-mail"),
    path("meetings/invitees/<int:invitee_id>/edit/", invitations.invitee_edit, name="invitee-edit"),
    path("meetings/invitees/<int:invitee_id>/remove/", invitations.invitee_remove, name="invitee-remove"),
    path("meetings/invitees/<int:invitee_id>/copy/", announcing.invitation_copy, name="invitation-copy"),
    path("meetings/invitees/<int:invitee_id>/invitation/", papers.invitation, name="invitation"),
    path(f"{meeting}/reply/", replies.invitation_reply, name="invitation-reply"),
    # speeches and awards
    path(f"{meeting}/speeches/", speeches.speech_list, name="speech-list"),
    path(f"{meeting}/speeches/register/", speeches.speech_register, name="speech-register"),
    path("meetings/speeches/<int:speech_id>/edit/", speeches.speech_edit, name="speech-edit"),
    path("meetings/speeches/<int:speech_id>/points/", speeches.speech_points, name="speech-points"),
    path("meetings/speeches/<int:speech_id>/withdraw/", speeches.speech_withdraw, name="speech-withdraw"),
    path("meetings/speeches/<int:speech_id>/file/", speeches.speech_file, name="speech-file"),
    path(f"{meeting}/awards/", awards.award_list, name="award-list"),
    path(f"{meeting}/awards/propose/", awards.award_propose, name="award-propose"),
    path("meetings/awards/<int:award_id>/edit/", awards.award_edit, name="award-edit"),
    path("meetings/awards/<int:award_id>/withdraw/", awards.award_withdraw, name="award-withdraw"),
    # in the hall
    path(f"{meeting}/hall/", hall.hall, name="hall"),
    path(f"{meeting}/hall/all-present/", hall.all_present, name="all-present"),
    path("meetings/invitees/<int:invitee_id>/mark/", hall.attendance_mark, name="attendance-mark"),
    # the record
    path(f"{meeting}/record/", record.record, name="record"),
    path(f"{meeting}/tasks/set/", record.task_add, name="task-add"),
    path("meetings/tasks/<int:task_id>/edit/", record.task_edit, name="task-edit"),
    path("meetings/tasks/<int:task_id>/remove/", record.task_remove, name="task-remove"),
    path("meetings/tasks/<int:task_id>/progress/", tasks.task_progress, name="task-progress"),
    path(f"{meeting}/questions/note/", record.question_note, name="question-note"),
    path("meetings/questions/<int:question_id>/settle/", record.question_settle, name="question-settle"),
    # photos
    path(f"{meeting}/photos/", photos.photo_list, name="photo-list"),
    path(f"{meeting}/photos/add/", photos.photo_add, name="photo-add"),
    path("meetings/photos/<int:photo_id>/edit/", photos.photo_edit, name="photo-edit"),
    path("meetings/photos/<int:photo_id>/remove/", photos.photo_remove, name="photo-remove"),
    path("meetings/photos/<int:photo_id>/image/", photos.photo_image, name="photo-image"),
    path("meetings/photos/<int:photo_id>/thumbnail/", photos.photo_thumbnail, name="photo-thumbnail"),
    # papers
    path(f"{meeting}/papers/invitations/", papers.invitations, name="paper-invitations"),
    path(f"{meeting}/papers/calendar/", papers.calendar, name="paper-calendar"),
    path(f"{meeting}/papers/agenda/", papers.agenda, name="paper-agenda"),
    path(f"{meeting}/papers/sign-in-sheet/", papers.sign_in_sheet, name="paper-sign-in-sheet"),
    path(f"{meeting}/papers/awards/", papers.awards, name="paper-awards"),
    path(f"{meeting}/papers/minutes/", papers.minutes, name="paper-minutes"),
    path(f"{meeting}/papers/conclusion/", papers.conclusion, name="paper-conclusion"),
    path(f"{meeting}/papers/news/", papers.news, name="paper-news"),
    path(f"{meeting}/papers/news/docx/", papers.news_docx, name="paper-news-docx"),
]
