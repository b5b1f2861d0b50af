"""What the home pages and a meeting's summary say of a random cluster is true, and is of a complete period."""

from __future__ import annotations

import re

import pytest
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from cluster_portal.periods import Period
from meetings.models import Meeting
from members.models import Unit
from reports.meeting_papers.summary import meeting_summary
from tests.support.factories import UserFactory
from tests.support.meetings import plan_of
from tests.truth import naive
from tests.truth.cells import false_tables
from tests.truth.clusters import knobs
from tests.truth.judge import teller_of
from tests.truth.sentences import Teller, printed
from tests.truth.smallest import unshrunk
from tests.truth.stored import store
from tests.truth.test_truth import hold_true
from tests.truth.worlds import Half, When, World

pytestmark = pytest.mark.django_db

STORED = max(1, settings().max_examples // 8)
COLLECTED = re.compile(
    r"Số liệu (?P<half>6 tháng \w+ năm \d{4}) đang được tổng hợp: (?P<part>\d+)/(?P<whole>\d+) đơn vị đã có báo cáo\."
)


def false_on_home_pages(world: World, _when: When, _base: When) -> list[str]:
    with transaction.atomic():
        store(world)
        pages = {role: _home(role) for role in ("chair", "secretariat")}
        transaction.set_rollback(True)
    return [*_false_headline(world, pages["chair"]), *(f for page in pages.values() for f in _false_board(world, page))]


def _home(role: str) -> html.HtmlElement:
    client = Client()
    client.force_login(UserFactory(role=role))
    return html.fromstring(client.get("/").content.decode())


def _false_headline(world: World, page: html.HtmlElement) -> list[str]:
    """The chair sees the newest half-year that is complete, or none."""
    complete = max((one.half for one in world.rounds if naive.state(world, one.half) == "complete"), default=None)
    (title, *_none) = [*(" ".join(one.text_content().split()) for one in page.xpath("//h2[@id='comparison']")), ""]
    wanted = f"So sánh số liệu {printed(complete)}" if complete else ""
    if title != wanted:
        return [f"home: “{title}”, true is “{wanted}”"]
    if complete is None:
        return []
    teller = teller_of(world, complete, (complete[0] - 1, complete[1]))
    told = [one.text_content() for one in page.xpath("//h2[@id='comparison']/following-sibling::p[@lang='vi']")]
    return [str(fault) for sentence in told for fault in teller.read(sentence, "total")]


def _false_board(world: World, page: html.HtmlElement) -> list[str]:
    """The line under the bar tells of the newest round how many are to report, have reported and wait."""
    if not world.rounds:
        return []
    half = max(one.half for one in world.rounds)
    members = naive.members_on(world, naive.cut_off(half))
    sent = [report for report in world.reports if report.half == half]
    true = {
        "Đơn vị phải báo cáo": len(members),
        "Đã tiếp nhận": sum(report.accepted for report in sent),
        "Chờ tiếp nhận": sum(not report.accepted for report in sent),
    }
    [line] = page.xpath("//dl[@class='board-line']")
    labels, values = ([one.text_content().strip() for one in line.iter(part)] for part in ("dt", "dd"))
    said = dict(zip(labels, values, strict=True))
    return [
        f"home, {label}: says {said.get(label)}, true is {n}" for label, n in true.items() if said.get(label) != str(n)
    ]


def false_at_a_meeting(world: World, when: When, base: When) -> list[str]:
    """The summary of a meeting on the period: sentences and tables, or how far the collecting is."""
    with transaction.atomic(), translation.override("vi"):
        store(world)
        host = Unit.objects.in_order()[0]
        meeting = Meeting.objects.create(**plan_of(host, period=Period(*when)))
        found = meeting_summary(meeting)
        told, tables, heading = found.paragraphs, found.tables, found.figures_heading
        transaction.set_rollback(True)
    teller = teller_of(world, when, (when[0] - 1, when[1]))
    faults = [fault for sentence in told for fault in _false_sentence(sentence, world, when, teller)]
    is_complete = naive.state(world, when) == "complete"
    if not is_complete and (tables or "so với" in heading):
        faults.append(f"meeting: {when} is {naive.state(world, when)} and is compared")
    if is_complete and not tables and naive.reporting(world, when):
        faults.append(f"meeting: {when} is complete and is not shown: {told}")
    return [*faults, *false_tables(tables, teller, world)]


def _false_sentence(sentence: str, world: World, when: When, teller: Teller) -> list[str]:
    found = COLLECTED.fullmatch(sentence)
    if not found:
        return [str(fault) for fault in teller.read(sentence, "total")]
    halves: dict[str, Half] = {printed(half): half for half in naive.halves(when)}
    half = halves[found["half"]]
    members = naive.members_on(world, naive.cut_off(half))
    true = (sum(naive.accepted_report(world, unit, half) is not None for unit in members), len(members))
    said = (int(found["part"]), int(found["whole"]))
    return [] if said == true and naive.state(world, half) != "complete" else [f"{sentence} – true is {true}"]


@settings(unshrunk, max_examples=STORED)
@given(knobs, st.data())
def test_every_figure_on_the_home_pages_is_true(knobs, data):
    hold_true(false_on_home_pages, knobs, data)


@settings(unshrunk, max_examples=STORED)
@given(knobs, st.data())
def test_every_figure_a_meeting_is_told_is_true(knobs, data):
    hold_true(false_at_a_meeting, knobs, data)
