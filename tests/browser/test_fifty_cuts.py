"""Two telephones on one report, cut off at random fifty times: no word is lost, and no "saved" is false."""

import random
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Error, expect

from reports.models import Submission
from tests.browser.test_not_one_word_lost import runs
from tests.support.factories import RoundFactory

CUTS = 50
FIELDS = [
    ["section__tasks", "section__outreach", "section__shortcomings"],
    ["section__leadership", "section__proposals", "section__difficulties"],
]
LATE = 20_000  # milliseconds after which all that was cut off must have been made up for


class Telephone:
    """A liaison's telephone, the fields they fill in on it, and what they have typed there so far."""

    def __init__(self, page, edit, fields, sign_in):
        self.page, self.edit, self.sign_in = page, edit, sign_in
        self.typed = dict.fromkeys(fields, "")
        self.open()

    def open(self):
        self.page.goto(self.edit)
        if "/accounts/login/" in self.page.url:  # a late answer to the page before took the new cookie away
            self.sign_in(self.page)
            self.page.goto(self.edit)
        runs(self.page)

    def heal(self):
        self.page.unroute_all()
        self.page.context.set_offline(False)
        self.sign_in(self.page)

    def type(self, name, word):
        self.page.evaluate("document.querySelectorAll('[data-saved]').forEach((each) => each.remove())")
        self.typed[name] += word
        self.page.locator(f"#id_{name}").press("End")
        self.page.locator(f"#id_{name}").press_sequentially(word)
        if self.page.locator(f"#id_{name}").input_value() != self.typed[name]:
            pytest.fail(f"{name}: {self.page.locator(f'#id_{name}').input_value()!r} is not {self.typed[name]!r}")

    def claims_falsely(self):
        """Whether the page says "saved" while a word of its own isn't stored."""
        if not self.page.locator("[data-saved]").count():
            return False
        draft = Submission.objects.get().typed
        return any(draft.get(name, "") != text for name, text in self.typed.items())

    # --- what cuts in ----------------------------------------------------------------

    def lose_the_line(self):
        self.page.context.set_offline(True)

    def get_the_line_back(self):
        self.page.context.set_offline(False)

    def end_of_session(self):
        Session.objects.all().delete()

    def new_session(self):
        self.sign_in(self.page)

    def server_fault(self):
        self.page.route("**/save/", lambda route: route.fulfill(status=500, body="x"), times=2)

    def answer_lost(self):
        self.page.route("**/save/", _stored_but_not_told, times=1)

    def look_away(self):
        self.page.evaluate("dispatchEvent(new Event('pagehide'))")

    def killed(self):
        context = self.page.context
        self.page.close()
        self.page = context.new_page()
        self.heal()
        self.open()


def _stored_but_not_told(route):
    try:
        route.fetch()
    finally:
        with suppress(Error):  # a page killed meanwhile has let go of its requests
            route.abort("connectionreset")


CUTTING_IN = ["lose_the_line", "get_the_line_back", "end_of_session", "new_session", "server_fault", "answer_lost"]
CUTTING_IN += ["look_away", "look_away", "killed"]


@pytest.mark.both_databases
@pytest.mark.parametrize("viewport", ["telephone"], indirect=True)
def test_fifty_cuts_lose_no_word_and_claim_no_saving(open_page, cluster, unit, liaison, live_server):
    opened, chance = RoundFactory(), random.Random(2022)
    edit = f"/rounds/{opened.period}/units/{unit.pk}/edit/?step=all"

    def sign_in(page):
        client = Client()  # of its own: signing in on one telephone ends no session of the other
        client.force_login(liaison)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
        page.context.add_cookies([cookie])

    telephones = [Telephone(open_page(liaison), edit, fields, sign_in) for fields in FIELDS]
    for telephone in telephones:
        sign_in(telephone.page)
    for number in range(CUTS):
        telephone = chance.choice(telephones)
        telephone.type(chance.choice(list(telephone.typed)), f"từ{number} ")
        getattr(telephone, chance.choice(CUTTING_IN))()
        telephone.page.wait_for_timeout(chance.choice([0, 50, 300]))
        assert not any(each.claims_falsely() for each in telephones), f"a false “saved” after cut {number}"

    for telephone in telephones:
        telephone.heal()
        telephone.open()
    for telephone in telephones:
        for name, text in telephone.typed.items():
            expect(telephone.page.locator(f"#id_{name}")).to_have_value(text)
    _wait_until_stored(telephones)
    open_page.complaints.clear()  # the console tells of each cut


def _wait_until_stored(telephones):
    page = telephones[0].page
    for _try in range(LATE // 250):
        draft = Submission.objects.get().typed
        if all(draft.get(name) == text for each in telephones for name, text in each.typed.items()):
            return
        page.wait_for_timeout(250)
    lost = {
        name: (text, draft.get(name))
        for each in telephones
        for name, text in each.typed.items()
        if draft.get(name) != text
    }
    assert lost == {}
