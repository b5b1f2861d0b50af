"""Time is an argument (`now=`): only views and commands read the clock, and whoever says why beside the line."""

import ast
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent
WINGS = ("cluster_portal", "members", "meetings", "incidents", "reports")
TELLING_THE_TIME = ("views", "management")
REASON = "# the clock: "
CLOCKS = {"timezone.now", "datetime.now", "datetime.today", "date.today", "time.time"}
FROM_MODULES = {"django.utils.timezone": {"now"}, "time": {"time"}}
#: With a moment they convert it, with none they read the clock.
CONVERTERS = {"localdate", "localtime"}


def readings(source):
    """The lines that read the clock, or take the function that does, without a reason."""
    lines = source.splitlines()
    numbers = {node.lineno for node in ast.walk(ast.parse(source)) if is_clock(node)}
    return [lines[number - 1].strip() for number in sorted(numbers) if REASON not in lines[number - 1]]


def is_clock(node):
    if isinstance(node, ast.ImportFrom):
        return bool(FROM_MODULES.get(node.module, set()) & {name.name for name in node.names})
    if isinstance(node, ast.Call) and not node.args and not node.keywords:
        return ast.unparse(node.func).split(".")[-1] in CONVERTERS
    return isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCKS


def told_the_time(path):
    return not (path.stem == "views" or set(path.parts) & {*TELLING_THE_TIME, "migrations"})


@pytest.mark.parametrize("wing", WINGS)
def test_only_views_and_commands_read_the_clock(wing):
    modules = [path for path in (HOUSE / wing).rglob("*.py") if told_the_time(path.relative_to(HOUSE))]
    found = {str(path.relative_to(HOUSE)): readings(path.read_text()) for path in modules}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line",
    [
        "day = timezone.localdate()",
        "DateTimeField(default=timezone.now)",
        "timezone.localtime()",
        "dt.datetime.now(dt.UTC)",
        "today = localdate()",
        "from django.utils.timezone import localtime, now",
        "django.utils.timezone.now()",
    ],
)
def test_the_search_finds_each_way_of_reading_it(line):
    assert readings(f"x = 1\n{line}") == [line]
    assert readings(f"{line}  {REASON}nobody hands one in") == []


@pytest.mark.parametrize(
    "line", ["timezone.localtime(moment)", "localdate(now)", "self.now", "time.monotonic()", "timezone.make_aware(day)"]
)
def test_the_search_finds_nothing_else(line):
    assert readings(line) == []
