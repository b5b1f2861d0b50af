"""The lead handed over as one act, ahead of its day; accounts that open, move and close when the day has come."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from members.actions import Group, merge_units
from members.actions.account_changes import cancel_account_change, carry_out, carry_out_due, plan_account_change
from members.actions.handing_over import begin_handover, choose_who_leaves, prepare_person, take_back_handover
from members.actions.lead_terms import remove_lead_term
from members.actions.people import deactivate_person
from members.infrastructure.refusals import Refused
from members.models import AccountChange, AuditEntry, Handover, LeadTerm, Letter, User
from tests.support.factories import NOW, UnitFactory, UserFactory

ON = dt.date(2023, 1, 1)
THAT_DAY = dt.datetime(2023, 1, 1, 8, tzinfo=NOW.tzinfo)
Act, Role = AccountChange.Act, LeadTerm.Role
NEW = {"full_name": "Lê Thị Mới", "email": "moi@example.vn", "role": "secretariat", "unit": None}


@pytest.fixture
def lead(unit):
    """`unit` leads until now."""
    LeadTerm.objects.create(unit=unit, role=Role.LEAD, starts_on=dt.date(2022, 1, 1))
    return unit


@pytest.fixture
def handover(lead, other_unit, secretariat):
    return begin_handover(on=ON, lead=other_unit, deputy=lead, by=secretariat, now=NOW)


def who_on(day):
    return dict(LeadTerm.objects.current_on(day).values_list("role", "unit__name"))


def test_the_next_unit_leads_from_the_day_on_and_the_old_one_until_the_day_before(handover, lead, other_unit):
    assert who_on(dt.date(2022, 12, 31)) == {"lead": lead.name}
    assert who_on(ON) == {"lead": other_unit.name, "deputy": lead.name}


def test_without_another_deputy_the_one_there_is_stays(lead, other_unit):
    deputy = UnitFactory()
    LeadTerm.objects.create(unit=deputy, role=Role.DEPUTY, starts_on=dt.date(2022, 1, 1))

    handovers = [begin_handover(on=ON, lead=other_unit, deputy=None, by=None, now=NOW)]

    assert who_on(ON) == {"lead": other_unit.name, "deputy": deputy.name}
    assert handovers[0].deputy is None


def test_the_deputy_that_is_named_may_be_the_one_there_is(lead, other_unit):
    deputy = UnitFactory()
    LeadTerm.objects.create(unit=deputy, role=Role.DEPUTY, starts_on=dt.date(2022, 1, 1))

    assert begin_handover(on=ON, lead=other_unit, deputy=deputy, by=None, now=NOW).deputy is None


def test_a_unit_is_not_lead_and_deputy_at_once(lead, other_unit):
    LeadTerm.objects.create(unit=other_unit, role=Role.DEPUTY, starts_on=dt.date(2022, 1, 1))

    for deputy in (other_unit, None):
        with pytest.raises(Refused) as refused:
            begin_handover(on=ON, lead=other_unit, deputy=deputy, by=None, now=NOW)
        assert refused.value.fields == ("deputy",)


@pytest.mark.parametrize(("role", "field"), [("lead", "lead"), ("deputy", "deputy")])
def test_what_can_not_be_is_told_beside_the_unit(lead, other_unit, role, field):
    late = UnitFactory(joined_on=dt.date(2024, 1, 1))
    units = {"lead": other_unit, "deputy": None} | {role: late}

    with pytest.raises(Refused) as refused:
        begin_handover(on=ON, **units, by=None, now=NOW)

    assert refused.value.fields == (field,)
    assert not Handover.objects.exists()
    assert who_on(ON) == {"lead": lead.name}


def test_accounts_close_on_the_day_and_not_before(handover, chair, secretariat):
    choose_who_leaves(handover=handover, people=[chair], by=secretariat, now=NOW)

    assert carry_out_due(now=NOW) == 0
    assert User.objects.get(pk=chair.pk).is_active
    assert carry_out_due(now=THAT_DAY) == 1
    assert not User.objects.get(pk=chair.pk).is_active


def test_chosen_anew_who_is_not_among_them_stays(handover, chair, secretariat):
    other = UserFactory(role="secretariat")
    choose_who_leaves(handover=handover, people=[chair], by=secretariat, now=NOW)
    choose_who_leaves(handover=handover, people=[other, secretariat], by=secretariat, now=NOW)
    choose_who_leaves(handover=handover, people=[other], by=secretariat, now=NOW)

    assert [change.person for change in handover.planned.all()] == [other]


def test_a_new_account_opens_on_the_day_with_its_link(handover, secretariat):
    person = prepare_person(handover=handover, values=NEW, by=secretariat, now=NOW)

    assert not User.objects.get(pk=person.pk).is_active
    assert not Letter.objects.exists()
    carry_out_due(now=THAT_DAY)
    assert User.objects.get(pk=person.pk).is_active
    assert [letter.address for letter in Letter.objects.all()] == ["moi@example.vn"]


def test_who_has_a_password_gets_no_new_link(handover, liaison):
    liaison.set_password("mot-mat-khau-mau")
    liaison.is_active = False
    liaison.save()
    plan_account_change(person=liaison, act=Act.OPEN, on=ON, by=None, now=NOW)

    carry_out_due(now=THAT_DAY)

    assert User.objects.get(pk=liaison.pk).is_active
    assert not Letter.objects.exists()


def test_the_last_secretary_leaves_when_the_next_one_is_there(handover, secretariat):
    choose_who_leaves(handover=handover, people=[secretariat], by=secretariat, now=NOW)
    prepare_person(handover=handover, values=NEW, by=secretariat, now=NOW)

    assert carry_out_due(now=THAT_DAY) == 2
    assert list(User.objects.active().secretariat().values_list("email", flat=True)) == ["moi@example.vn"]


def test_the_last_secretary_does_not_leave_and_the_page_says_why(handover, secretariat, as_user):
    choose_who_leaves(handover=handover, people=[secretariat], by=secretariat, now=NOW)

    assert carry_out_due(now=THAT_DAY) == 0
    assert carry_out_due(now=THAT_DAY + dt.timedelta(minutes=5)) == 0
    hindrance = AccountChange.objects.get().hindrance
    assert hindrance in as_user(secretariat).get(handover.get_absolute_url()).content.decode()

    UserFactory(role="secretariat")
    assert carry_out_due(now=THAT_DAY + dt.timedelta(hours=1)) == 1


def test_an_error_of_the_portal_is_no_hindrance(handover, chair, secretariat, monkeypatch):
    choose_who_leaves(handover=handover, people=[chair], by=secretariat, now=NOW)
    monkeypatch.setattr("members.actions.account_changes.deactivate_person", lambda *_args, **_more: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        carry_out_due(now=THAT_DAY)


def test_an_error_with_one_account_keeps_no_other_waiting_and_is_told(
    handover, chair, liaison, secretariat, monkeypatch
):
    choose_who_leaves(handover=handover, people=[chair, liaison], by=secretariat, now=NOW)

    def close(person, **more):
        return 1 // 0 if person == chair else deactivate_person(person, **more)

    monkeypatch.setattr("members.actions.account_changes.deactivate_person", close)
    with pytest.raises(ZeroDivisionError):
        carry_out_due(now=THAT_DAY)

    assert [User.objects.get(pk=person.pk).is_active for person in (chair, liaison)] == [True, False]
    assert "lỗi" in AccountChange.objects.get(person=chair).hindrance
    assert carry_out_due(now=THAT_DAY + dt.timedelta(minutes=5)) == 0
    monkeypatch.undo()
    assert carry_out_due(now=THAT_DAY + dt.timedelta(hours=1)) == 1
    assert not User.objects.get(pk=chair.pk).is_active


def test_where_the_day_has_come_it_is_done_at_once(liaison):
    plan_account_change(person=liaison, act=Act.CLOSE, on=NOW.date(), by=None, now=NOW)

    assert not User.objects.get(pk=liaison.pk).is_active


def test_what_was_done_is_not_done_again_nor_given_up(liaison):
    done = plan_account_change(person=liaison, act=Act.CLOSE, on=NOW.date(), by=None, now=NOW)
    User.objects.filter(pk=liaison.pk).update(is_active=True)

    carry_out(done, by=None, now=NOW)

    assert User.objects.get(pk=liaison.pk).is_active
    with pytest.raises(Refused):
        cancel_account_change(done, by=None, now=NOW)


def test_the_same_is_planned_once(liaison):
    plan_account_change(person=liaison, act=Act.CLOSE, on=ON, by=None, now=NOW)
    with pytest.raises(Refused):
        plan_account_change(person=liaison, act=Act.CLOSE, on=ON, by=None, now=NOW)


def test_the_database_keeps_no_move_without_a_unit(liaison):
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountChange.objects.create(person=liaison, act=Act.MOVE, on=ON)


def test_taken_back_the_lead_stays_where_it_is(handover, lead, chair, secretariat):
    choose_who_leaves(handover=handover, people=[chair], by=secretariat, now=NOW)

    take_back_handover(handover, by=secretariat, now=NOW)

    assert who_on(ON) == {"lead": lead.name}
    assert LeadTerm.objects.get().ends_on is None
    assert not AccountChange.objects.exists()
    assert AuditEntry.objects.filter(verb="handover.taken_back").exists()


def test_once_accounts_were_closed_it_is_not_taken_back(handover, chair, secretariat):
    choose_who_leaves(handover=handover, people=[chair], by=secretariat, now=NOW)
    carry_out_due(now=THAT_DAY)
    with pytest.raises(Refused):
        take_back_handover(handover, by=secretariat, now=THAT_DAY)


def test_its_terms_are_taken_back_with_it_alone(handover):
    for term in (handover.lead, handover.deputy):
        with pytest.raises(Refused, match="01/01/2023"):
            remove_lead_term(term, by=None, now=NOW)


def test_it_is_begun_on_its_page_and_gone_through(as_user, secretariat, lead, other_unit, chair, cluster):
    client = as_user(secretariat)
    assert client.get("/handover/?on=2026-12-31").context["form"].initial["on"] == dt.date(2026, 12, 31)

    ahead = timezone.localdate() + dt.timedelta(days=40)
    client.post("/handover/", {"on": f"{ahead:%d/%m/%Y}", "lead": other_unit.pk, "deputy": ""})
    handover = Handover.objects.get()
    page = handover.get_absolute_url()
    assert client.post(page, {"people": [chair.pk]}).status_code == 302
    assert client.post(page, {"people": ["x"]}).status_code == 422
    client.post(f"{page}account/", {**NEW, "unit": ""})

    told = client.get(page).content.decode()
    assert str(chair) in told
    assert "Lê Thị Mới" in told
    assert f"bắt đầu sử dụng từ ngày {ahead:%d/%m/%Y}" in told

    closing = AccountChange.objects.get(act=Act.CLOSE)
    client.post(f"/account-changes/{closing.pk}/cancel/")
    assert list(AccountChange.objects.values_list("act", flat=True)) == [Act.OPEN]


def test_the_letterhead_of_the_day_begins_with_the_next_head(as_user, secretariat, handover, other_unit, cluster):
    type(other_unit).objects.filter(pk=other_unit.pk).update(leader="Trần Văn Sau", leader_title="Chủ tịch")
    address = f"/cluster/letterheads/new/?handover={handover.pk}"
    client = as_user(secretariat)

    initial = client.get(address).context["form"].initial

    assert (initial["signer_name"], initial["signer_post"], initial["starts_on"]) == ("Trần Văn Sau", "Chủ tịch", ON)
    sent = {"starts_on": "01/01/2023", "issuer_line": "CỤM", "place": "Sóc Sơn", "signer_capacity": "CỤM TRƯỞNG"}
    assert client.post(address, sent)["Location"] == handover.get_absolute_url()
    assert "phần đầu văn bản từ ngày 01/01/2023" in client.get(handover.get_absolute_url()).content.decode().lower()


def test_it_is_taken_back_after_a_question(as_user, secretariat, handover):
    client = as_user(secretariat)
    address = f"{handover.get_absolute_url()}take-back/"

    assert client.get(address).status_code == 200
    assert Handover.objects.exists()
    client.post(address)
    assert not Handover.objects.exists()


def test_a_unit_that_can_not_lead_is_told_beside_it(as_user, secretariat, lead, other_unit):
    response = as_user(secretariat).post("/handover/", {"on": "01/01/2026", "lead": lead.pk, "deputy": ""})

    assert list(response.context["form"].errors) == ["lead"]


def test_a_change_that_belongs_to_nothing_leads_back_to_the_person(as_user, secretariat, liaison):
    change = plan_account_change(person=liaison, act=Act.CLOSE, on=ON, by=None, now=NOW)

    done = as_user(secretariat).post(f"/account-changes/{change.pk}/cancel/")

    assert done.url == f"/people/{liaison.pk}/"


def test_the_page_of_a_merger_ahead_names_whose_account_moves(as_user, secretariat, liaison, other_unit):
    merger = merge_units(on=ON, groups=[Group((liaison.unit,), other_unit)], people_move=True, by=None, now=NOW)
    client = as_user(secretariat)
    assert f"/account-changes/{merger.planned.get().pk}/cancel/" in client.get(merger.get_absolute_url()).text

    done = client.post(f"/account-changes/{merger.planned.get().pk}/cancel/")

    assert done.url == merger.get_absolute_url()
    carry_out_due(now=THAT_DAY)
    assert User.objects.get(pk=liaison.pk).unit == liaison.unit
