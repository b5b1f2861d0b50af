"""Words are found through an index where there is one, and the same cases are found as by reading all."""

from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from cluster_portal import word_index
from cluster_portal.text import clean_lines, fold
from incidents.checkup import search
from incidents.models import Category, Incident
from tests.support.factories import NOW, IncidentFactory, category

TABLE, COLUMN = "incidents_incident", "search_text"
SYLLABLES = [
    "trộm",
    "trom",
    "cắp",
    "cap",
    "xe",
    "ma",
    "tuý",
    "đánh",
    "danh",
    "bạc",
    "50%",
    "giá_rẻ",
    '"',
    "o'",
    "\\",
    "*",
]
TEXTS = st.one_of(
    st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=6).map(" ".join),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30).map(
        lambda text: clean_lines(text) or "x"
    ),
)


@contextmanager
def by_reading():
    """As where no index is to be had."""
    with transaction.atomic():
        word_index.take_down(connection, TABLE)
        yield
        transaction.set_rollback(True)


@contextmanager
def by_index():
    """PostgreSQL reads a small table sooner than it asks an index."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET enable_seqscan = off; SET enable_indexscan = off")
        yield
        if connection.vendor == "postgresql":
            cursor.execute("RESET enable_seqscan; RESET enable_indexscan")


def found(words):
    return set(Incident.objects.with_words(words).values_list("pk", flat=True))


def plainly(words):
    """Two lines beside the engine."""
    cases = Incident.objects.select_related("category")
    texts = {case.pk: (case.search_text, fold(case.category.name)) for case in cases}
    return {pk for pk, told in texts.items() if all(word in told[0] or word in told[1] for word in fold(words).split())}


@pytest.fixture
def indexed(db):
    assert word_index.stands(connection, TABLE)


@pytest.mark.parametrize("few", [word_index.FEW, 2], ids=["few", "many"])
def test_index_and_reading_find_the_same(indexed, unit, monkeypatch, few):
    monkeypatch.setattr(word_index, "FEW", few)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(TEXTS, min_size=1, max_size=4), st.lists(TEXTS, max_size=3))
    def agree(texts, words):
        with transaction.atomic():
            for text in texts:
                IncidentFactory(unit=unit, narrative=text)
            for asked in [*words, *(text[:5] for text in texts), *(fold(text)[1:4] for text in texts)]:
                with by_index():
                    through = found(asked)
                with by_reading():
                    assert through == found(asked) == plainly(asked), asked
            transaction.set_rollback(True)

    agree()


@pytest.mark.parametrize(
    "words", ["trom", "trộm cắp", "mất xe", "xe", "đ", "50% gia_re", 'ngoặc "kép"', "o'clock", "%%%", "__"]
)
def test_words_of_any_length_and_signs(indexed, unit, words):
    IncidentFactory(unit=unit, narrative='Mất xe lúc 50% giá_rẻ “trộm cắp”, ngoặc "kép" o\'clock %%%')
    IncidentFactory(unit=unit, narrative="Cháy bếp", place="", category=category("chay-no"))
    with by_index():
        assert found(words) == plainly(words)
    with by_reading():
        assert found(words) == plainly(words)


def test_whatever_writes_keeps_the_index(indexed, unit):
    with by_index():
        one = IncidentFactory(unit=unit, narrative="Mất trâu")
        assert found("trau") == {one.pk}
        Incident.objects.filter(pk=one.pk).update(search_text="mat ngua")
        assert (found("trau"), found("ngua")) == (set(), {one.pk})
        many = Incident.objects.bulk_create(
            Incident(
                unit=unit, category=Category.objects.first(), happened_on=NOW, recorded_at=NOW, narrative="x",
                search_text=f"ca thu {number}",
            )
            for number in range(3)
        )  # fmt: skip
        assert len(found("thu")) == 3
        Incident.objects.filter(pk=many[0].pk).delete()
        assert len(found("thu")) == 2
        Incident.objects.bulk_update([*many[1:]], ["search_text"])
        assert len(found("thu")) == 2
    assert [finding.says for finding in search(now=NOW)] == ["words are looked for through an index"]


def test_a_rare_word_reads_few_rows(indexed, unit):
    for number in range(60):
        IncidentFactory(unit=unit, narrative=f"Mất xe {number}")
    with by_index():
        plan = Incident.objects.with_words("trau").explain()
    assert "incidents_incident_words" in plan, plan
    assert "SCAN incidents_incident\n" not in plan


def test_where_no_index_is_to_be_had_words_are_found_and_the_doctor_says_so(indexed, unit, monkeypatch):
    case = IncidentFactory(unit=unit, narrative="Mất trâu")
    connection.check_constraints()  # PostgreSQL alters no table while rows are still to be looked at
    word_index.take_down(connection, TABLE)

    with _without_the_means(monkeypatch):
        assert not word_index.put_up(connection, TABLE, COLUMN)
    assert found("trau") == {case.pk}
    [told] = search(now=NOW)
    assert told.says.startswith("words are looked for by reading every case")

    assert word_index.put_up(connection, TABLE, COLUMN)
    with by_index():
        assert found("trau") == {case.pk}


@contextmanager
def _without_the_means(monkeypatch):
    """A SQLite that knows no runs of letters; a user of PostgreSQL who may make no extension."""
    if connection.vendor == "sqlite":
        with monkeypatch.context() as patched:
            elder = [statement.replace("trigram", "nonesuch") for statement in word_index._SQLITE]
            patched.setattr(word_index, "_SQLITE", elder)
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP EXTENSION pg_trgm; CREATE ROLE without_rights; SET ROLE without_rights")
            yield
            cursor.execute("RESET ROLE; DROP ROLE without_rights")


def test_a_table_written_anew_gets_its_index_back(indexed, unit):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL alters tables in place")
    case = IncidentFactory(unit=unit, narrative="Mất trâu")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER incidents_incident_words_changed")
    Incident.objects.filter(pk=case.pk).update(search_text="mat ngua")
    assert (found("trau"), found("ngua")) == (set(), {case.pk})

    word_index.put_up_again(apps.get_app_config("incidents"))

    assert word_index.stands(connection, TABLE)
    assert (found("trau"), found("ngua")) == (set(), {case.pk})


def test_cases_past_the_index_are_told(indexed, unit):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its indexes itself")
    IncidentFactory(unit=unit)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM incidents_incident_words_docsize")

    [told] = search(now=NOW)

    assert told.says.startswith("the index of words and the register differ by 1 cases")


def test_a_dump_is_restored_without_what_another_database_may_refuse():
    listed = [
        "2; 3079 16385 EXTENSION - pg_trgm ",
        "4508; 0 0 COMMENT - EXTENSION pg_trgm ",
        "3580; 1259 17000 INDEX public incidents_incident_words portal",
        "3581; 1259 17001 INDEX public incident_by_day portal",
        "250; 1259 16900 TABLE public reports_wordsextension portal",
    ]
    assert word_index.restorable(listed) == listed[3:]


def test_the_migration_puts_it_up_and_takes_it_down_on_a_filled_register(indexed, unit):
    migration = import_module("incidents.migrations.0011_words_indexed")
    case, editor = IncidentFactory(unit=unit, narrative="Mất trâu"), SimpleNamespace(connection=connection)

    connection.check_constraints()
    migration.take_down(None, editor)
    assert not word_index.stands(connection, TABLE)
    assert found("trau") == {case.pk}

    migration.put_up(None, editor)
    assert word_index.stands(connection, TABLE)
    with by_index():
        assert found("trau") == {case.pk}
