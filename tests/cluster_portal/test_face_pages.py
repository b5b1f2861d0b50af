"""What every page keeps: language, protection, and errors that help."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client

LOGIN = "/accounts/login/"


def test_vietnamese_comes_first_whatever_the_browser_prefers(client, cluster):
    answer = client.get(LOGIN, headers={"accept-language": "en-GB,en"})
    assert '<html lang="vi">' in answer.content.decode()


def test_the_chosen_language_is_remembered(client, cluster):
    client.post("/language/", {"language": "en", "next": LOGIN})
    assert '<html lang="en">' in client.get(LOGIN).content.decode()


def test_a_made_up_language_is_ignored(client, cluster):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "xx"
    assert '<html lang="vi">' in client.get(LOGIN).content.decode()


def test_the_security_policy_allows_nothing_inline(client, cluster):
    answer = client.get(LOGIN)
    assert "unsafe" not in answer.headers["Content-Security-Policy"]
    assert "style=" not in answer.content.decode()


def test_sample_data_is_marked_on_every_page(client, cluster):
    assert "Dữ liệu mẫu" not in client.get(LOGIN).content.decode()
    cluster.is_sample = True
    cluster.save()
    assert "Dữ liệu mẫu" in client.get(LOGIN).content.decode()


def test_a_page_that_does_not_exist_says_so(as_user, liaison, cluster):
    answer = as_user(liaison).get("/khong-co-trang-nay/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


def test_a_form_from_an_old_page_is_explained():
    answer = Client(enforce_csrf_checks=True).post(LOGIN, {"login": "a"})
    assert answer.status_code == 403
    assert "Trang đã mở quá lâu" in answer.content.decode()


@pytest.mark.parametrize("template", ["400.html", "500.html", "403_csrf.html"])
def test_the_pages_for_the_worst_case_need_no_database_and_no_context(template):
    assert 'href="/"' in render_to_string(template)


def test_the_error_page_for_a_missing_right_names_the_role(rf, liaison, cluster):
    request = rf.get("/")
    request.user = liaison
    assert "vai trò “đầu mối”" in render_to_string("403.html", request=request)
