from django.urls import path

from members.importing.addresses import import_paths
from members.infrastructure.capabilities import Can
from members.people_import import PEOPLE_IMPORT
from members.unit_import import UNIT_IMPORT
from members.views import (
    audit,
    cluster,
    finished_files,
    handing_over,
    lead_terms,
    letterheads,
    merging,
    notices,
    outbox,
    people,
    second_factor,
    units,
)

app_name = "members"

urlpatterns = [
    path("units/", units.unit_list, name="unit-list"),
    path("units/new/", units.unit_create, name="unit-create"),
    *import_paths("units/import/", name="unit-import", can=Can.MANAGE_UNITS, kind=UNIT_IMPORT),
    path("units/succession/", units.succession_create, name="succession-create"),
    path("units/succession/<int:succession_id>/undo/", units.succession_undo, name="succession-undo"),
    path("units/merge/", merging.merger_create, name="merger-create"),
    path("units/merge/<int:merger_id>/", merging.merger_detail, name="merger-detail"),
    path("units/merge/<int:merger_id>/undo/", merging.merger_undo, name="merger-undo"),
    path("units/<int:unit_id>/", units.unit_detail, name="unit-detail"),
    path("units/<int:unit_id>/edit/", units.unit_edit, name="unit-edit"),
    path("lead-terms/", lead_terms.lead_term_list, name="lead-term-list"),
    path("lead-terms/hand-over/", lead_terms.lead_term_hand_over, name="lead-term-hand-over"),
    path("lead-terms/<int:term_id>/end/", lead_terms.lead_term_end, name="lead-term-end"),
    path("lead-terms/<int:term_id>/remove/", lead_terms.lead_term_remove, name="lead-term-remove"),
    path("handover/", handing_over.handover_begin, name="handover-begin"),
    path("handover/<int:handover_id>/", handing_over.handover_detail, name="handover-detail"),
    path("handover/<int:handover_id>/account/", handing_over.handover_person, name="handover-person"),
    path("handover/<int:handover_id>/take-back/", handing_over.handover_take_back, name="handover-take-back"),
    path("account-changes/<int:change_id>/cancel/", handing_over.account_change_cancel, name="account-change-cancel"),
    path("people/", people.person_list, name="person-list"),
    path("people/invite/", people.person_invite, name="person-invite"),
    path("people/of-units/", people.people_of_units, name="people-of-units"),
    *import_paths("people/import/", name="person-import", can=Can.MANAGE_PEOPLE, kind=PEOPLE_IMPORT),
    path("people/<int:person_id>/", people.person_edit, name="person-edit"),
    path("people/<int:person_id>/invitation/", people.person_invitation, name="person-invitation"),
    path("people/<int:person_id>/invitation/renew/", people.person_invitation_renew, name="person-invitation-renew"),
    path("people/<int:person_id>/letter/", people.person_letter, name="person-letter"),
    path("people/<int:person_id>/deactivate/", people.person_deactivate, name="person-deactivate"),
    path("people/<int:person_id>/reactivate/", people.person_reactivate, name="person-reactivate"),
    path("lost-factor/", second_factor.reset_list, name="factor-resets"),
    path("lost-factor/<int:reset_id>/carry-out/", second_factor.reset_carry_out, name="factor-reset-carry-out"),
    path("lost-factor/<int:reset_id>/turn-down/", second_factor.reset_turn_down, name="factor-reset-turn-down"),
    path("cluster/", cluster.cluster_edit, name="cluster-edit"),
    path("cluster/letterheads/new/", letterheads.letterhead_create, name="letterhead-create"),
    path("cluster/letterheads/<int:letterhead_id>/", letterheads.letterhead_edit, name="letterhead-edit"),
    path("cluster/letterheads/<int:letterhead_id>/remove/", letterheads.letterhead_remove, name="letterhead-remove"),
    path("files/being-made/", finished_files.file_progress, name="file-progress"),
    path("notices/", notices.notices, name="notices"),
    path("mail/", outbox.letter_list, name="letter-list"),
    path("mail/send-again/", outbox.letters_send_again, name="letters-send-again"),
    path("mail/<int:letter_id>/send-again/", outbox.letter_send_again, name="letter-send-again"),
    path("mail/<int:letter_id>/arrived/", outbox.letter_note_arrival, name="letter-note-arrival"),
    path("audit/", audit.audit_list, name="audit-list"),
]
