"""The server's half of keeping what is typed: every answer says what it is, and addresses lead somewhere."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from cluster_portal.keeping import acknowledged
from reports.models import Submission
from tests.support.factories import RoundFactory
from tests.support.meetings import planned_meeting


@pytest.fixture
def opened(cluster):
    return RoundFactory()


@pytest.fixture
def report(opened, unit):
    """`report("save")`: an address of the unit's report."""
    return lambda name: reverse(f"reports:submission-{name}", args=[opened.period, unit.pk])


def test_a_script_is_told_that_the_session_is_over(client, report):
    response = client.post(report("save"), headers={"HX-Request": "true"})
    assert (response.status_code, response.headers["X-Refusal"]) == (401, "signed-out")


def test_signing_in_leads_back_to_the_page_a_form_was_sent_from(client, report):
    response = client.post(report("save"), headers={"Referer": f"http://testserver{report('edit')}"})
    assert response.url == f"{reverse('account_login')}?next={report('edit')}"


def test_the_page_of_another_host_is_no_page_to_go_back_to(client, report):
    response = client.post(report("save"), headers={"Referer": "http://elsewhere.example/rounds/"})
    assert response.url == f"{reverse('account_login')}?next={report('save')}"


@pytest.mark.parametrize(
    ("name", "leads_to"),
    [("save", "edit"), ("submit", "edit"), ("take-over", "edit"), ("note", "detail"), ("return", "detail")],
)
def test_an_address_that_takes_a_post_leads_to_its_page(as_user, secretariat, report, name, leads_to):
    response = as_user(secretariat).get(report(name))
    assert response.url == report(leads_to)


def test_an_address_below_none_that_is_a_page_leads_to_the_nearest_above(as_user, secretariat, cluster, unit):
    row = planned_meeting(unit, secretariat).attendances.get(unit=unit)
    response = as_user(secretariat).get(reverse("meetings:attendance-mark", args=[row.pk]), follow=True)
    assert (response.status_code, response.wsgi_request.path) == (200, reverse("meetings:meeting-list"))


def test_a_form_that_was_taken_is_acknowledged(as_user, liaison, report):
    response = as_user(liaison).post(report("save"), {"revision": "0", "kept": "abc1"})
    assert response.cookies["kept"].value == "abc1"


def test_a_form_that_came_back_is_not_acknowledged(as_user, liaison, report):
    posted = {"revision": "0", "kept": "abc1", "section__tasks": "Số 001099012345"}
    assert "kept" not in as_user(liaison).post(report("save"), posted).cookies


def test_a_form_that_led_on_with_an_error_is_not_acknowledged(as_user, secretariat, liaison, report):
    client = as_user(liaison)
    client.post(report("save"), {"revision": "0"})
    refused = as_user(secretariat).post(report("accept"), {"revision": "0", "kept": "abc1"})
    assert refused.status_code == 302
    assert "kept" not in refused.cookies


def test_what_one_person_typed_is_not_saved_by_another(as_user, liaison, secretariat, report):
    posted = {"revision": "0", "section__tasks": "Của đầu mối.", "kept_by": str(liaison.pk)}
    client = as_user(secretariat)
    told = client.post(report("save"), posted, headers={"HX-Request": "true"})
    assert (told.status_code, told.headers["X-Refusal"]) == (401, "somebody-else")
    assert client.post(report("save"), posted).status_code == 403
    assert not Submission.objects.exists()


def test_presence_tells_who_is_signed_in(client, as_user, liaison):
    assert client.get(reverse("presence")).json()["user"] == ""
    response = as_user(liaison).get(reverse("presence"))
    assert response.json()["user"] == str(liaison.pk)
    assert "no-store" in response.headers["Cache-Control"]


def test_only_the_reports_form_opens_without_a_line(as_user, liaison, report):
    client = as_user(liaison)
    assert client.get(report("edit")).headers["X-Keep-Offline"] == str(liaison.pk)
    assert "X-Keep-Offline" not in client.get(report("detail")).headers


def test_the_cookie_holds_ids_only_and_few():
    assert acknowledged("a.b", "c") == "a.b.c"
    assert acknowledged("a;b.<x>", "no id") == ""
    assert acknowledged(".".join("abcdefghij"), "k") == "d.e.f.g.h.i.j.k"


def test_a_wrong_token_is_told_apart_from_other_refusals(liaison, report):
    client = Client(enforce_csrf_checks=True)
    client.force_login(liaison)
    response = client.post(report("save"), {"revision": "0"})
    assert (response.status_code, response.headers["X-Refusal"]) == (403, "csrf")


# without scripts: what nobody took is given back

WORDS = "Tăng cường tuần tra,\r\nphối hợp “chặt chẽ” <b>."


def hidden(page):
    """What the page would send again, as a browser reads it."""
    fields = [each for each in page.context["fields"] if each[0] != "kept_by"]
    assert all(f'name="{name}" value="{escape(value)}"' in page.text for name, value in fields)
    return fields


def send(client, address, posted, page=""):
    return client.post(address, posted, headers={"Referer": f"http://testserver{page}", "Origin": "http://testserver"})


def test_what_a_page_without_scripts_sends_after_the_session_is_given_back(client, report):
    posted = {"revision": "0", "step": "tasks", "section__tasks": WORDS, "to": "check"}
    page = send(client, report("save"), posted, f"{report('edit')}?step=tasks")
    assert page.status_code == 401
    assert dict(hidden(page)) == posted
    assert f'action="{report("save")}"' in page.text
    assert f"{reverse('account_login')}?next={report('edit')}%3Fstep%3Dtasks" in page.text
    assert "Phiên đăng nhập đã hết." in page.text


@pytest.mark.parametrize("name", ["incidents:incident-create", "meetings:meeting-list"])
def test_so_is_what_was_typed_into_any_other_form(client, cluster, name):
    posted = {"title": "Hội nghị", "units": ["1", "2"], "narrative": WORDS}
    page = send(client, reverse(name), posted)
    assert hidden(page) == [("title", "Hội nghị"), ("units", "1"), ("units", "2"), ("narrative", WORDS)]


def test_after_signing_in_again_it_is_sent_with_a_token_that_fits(liaison, report):
    client = Client(enforce_csrf_checks=True)
    page = send(client, report("save"), {"revision": "0", "section__tasks": "Tuần tra đêm."})
    client.force_login(liaison)
    page = send(client, report("save"), dict(hidden(page)), report("edit"))
    assert (page.status_code, page.headers["X-Refusal"]) == (403, "csrf")
    token = page.context["csrf_token"]
    answer = send(client, report("save"), {**dict(hidden(page)), "csrfmiddlewaretoken": str(token)}, report("edit"))
    assert answer.status_code == 302
    assert Submission.objects.get().typed["section__tasks"] == "Tuần tra đêm."


def test_what_another_host_sends_is_not_given_back(client, report):
    headers = {"Origin": "http://elsewhere.example", "Referer": "http://testserver/"}
    answer = client.post(report("save"), {"section__tasks": WORDS}, headers=headers)
    assert answer.status_code == 302


def test_passwords_are_never_given_back(liaison):
    for client in (Client(enforce_csrf_checks=True), Client()):
        for name in ("account_login", "account_change_password"):
            answer = send(client, reverse(name), {"login": "a b", "password": "mật khẩu thử"})
            assert "mật khẩu thử" not in answer.content.decode()


def test_files_are_named_to_be_chosen_anew(client, report):
    file = SimpleUploadedFile("ảnh.png", b"x")
    page = send(client, report("workbook"), {"note": "Kèm theo", "upload": file})
    assert "ảnh.png" in page.text
