"""The Vietnamese sentences read back: word by word into claims, each held against the naive result.

A sentence is cut into the words it may be made of (`WORDS`); one with any other word in
it is not understood, and that is a failure too, so that new wording must be taught here.
What was cut is read from left to right by `Reader`, which knows what is being spoken of –
a row, a measure, all who reported or the units compared – and notes each claim that is
false. Nothing of the portal is imported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.truth import naive
from tests.truth.worlds import When

NUMBER = r"\d{1,3}(?:\.\d{3})+|\d+"
PERCENT = rf"(?P<percent>(?:{NUMBER}),\d\d)%"
MONEY = {"tỷ đồng": 10**9, "triệu đồng": 10**6, "đồng": 1}
#: What is counted, and the measure it can only be.
NOUNS = {
    "vụ nghiêm trọng": "serious",
    "vụ việc": "cases",
    "đối tượng": "persons",
    "tỷ đồng": "damage",
    "triệu đồng": "damage",
    "vụ": "",
    "người": "",
    "đồng": "damage",
}
#: Words that say which measure comes next.
VERBS = {
    "điều tra làm rõ": "solved",
    "số vụ nghiêm trọng": "serious",
    "số vụ": "cases",
    "số người chết": "deaths",
    "số người bị thương": "injuries",
    "làm bị thương": "injuries",
    "bị thương": "injuries",
    "làm chết": "deaths",
    "thiệt hại về tài sản": "damage",
    "thiệt hại": "damage",
    "xử lý": "persons",
    "xảy ra": "cases",
    "phát hiện": "cases",
    "nghiêm trọng": "serious",
    "đối tượng": "persons",
    "làm rõ": "solved",
}
#: “None happened”, with the measure it speaks of; empty: the one just spoken of.
NONE = {
    "không xảy ra vụ nào": "cases",
    "không xảy ra": "cases",
    "không phát hiện vụ nào": "cases",
    "không ghi nhận vụ việc nào": "cases",
    "không ghi nhận vụ nào": "cases",
    "không có vụ nghiêm trọng": "serious",
    "không có vụ được làm rõ": "solved",
    "không làm rõ vụ nào": "solved",
    "chưa làm rõ vụ nào": "solved",
    "không có đối tượng": "persons",
    "không có người chết": "deaths",
    "không có người bị thương": "injuries",
    "không có thiệt hại về tài sản": "damage",
    "không thiệt hại về tài sản": "damage",
    "không có thiệt hại": "damage",
    "không có": "",
}
PERIOD = r"(?:6 tháng (?:đầu|cuối) năm \d{4}|cùng kỳ năm \d{4}|năm \d{4}|kỳ này|cùng kỳ|kỳ so sánh)"
#: What is said of units that are named after it, and the reason it gives for their not being compared.
OF_UNITS = {
    r"chưa có báo cáo kỳ này": "wholly missing",
    r"chưa đủ báo cáo kỳ này": "missing",
    rf"chưa có báo cáo {PERIOD}": "base wholly missing",
    rf"chưa đủ báo cáo {PERIOD}": "base missing",
    r"rời cụm trong kỳ này": "left in the period",
    r"tham gia cụm sau kỳ so sánh": "joined later",
    r"tham gia cụm trong hoặc sau kỳ so sánh": "joined in a year or later",
    r"không so sánh được do có địa bàn chuyển giao một phần hoặc mới tham gia cụm": "area",
    r"không còn là thành viên (?:nhưng có số liệu kỳ so sánh|trong kỳ này)": "gone",
}
#: How the heads of columns name the measures.
LABELS = {
    "số vụ": "cases",
    "vụ nghiêm trọng": "serious",
    "điều tra làm rõ": "solved",
    "đối tượng": "persons",
    "người chết": "deaths",
    "người bị thương": "injuries",
    "thiệt hại (đồng)": "damage",
}
#: Words between; they claim nothing.
GLUE = (
    "so với",
    "với",
    "trên địa bàn cụm",
    "trong đó",
    "hậu quả",
    "cùng kỳ",
    "kỳ so sánh",
    "tổng số vụ ghi nhận",
    "tổng số vụ",
    "và",
    "tại",
    "khối",
    "có",
    "năm",
    "của",
    "các đơn vị",
    "(",
    ")",
    ",",
    ";",
    ":",
    ".",
    "-",
)


@dataclass(frozen=True)
class Word:
    kind: str
    text: str
    found: re.Match[str] | None = None


@dataclass(frozen=True)
class Falsehood:
    """A claim that is not so; `sentence` is the whole it stands in."""

    sentence: str
    claim: str
    truth: str

    def __str__(self) -> str:
        return f"“{self.sentence}” says {self.claim}; true is {self.truth}"


class Vocabulary:
    """The words of one cluster: those of every sentence, and its own names."""

    def __init__(self, names: Iterable[tuple[str, str]], nouns: Iterable[str]) -> None:
        """`names`: what is written, and the address of a row it may name; `nouns`: what indicators count."""
        self.names: dict[str, list[str]] = {}
        for name, address in names:
            self.names.setdefault(name.casefold(), []).append(address)
        self.nouns = [*nouns, *NOUNS]
        noun = "|".join(re.escape(one) for one in sorted(self.nouns, key=len, reverse=True))
        whole = "|".join(re.escape(one) for one in sorted(self.names, key=len, reverse=True))
        label = _any(LABELS)
        patterns = [
            ("name", rf"(?:{whole})(?!\w)" if whole else r"(?!)"),
            ("when", r"6 tháng (?:đầu|cuối) năm \d{4}|cùng kỳ năm \d{4}|năm \d{4}"),
            (
                "compared",
                rf"trong (?P<over>{NUMBER}) đơn vị"
                r"(?: (?P<both>có (?P<all>đủ )?số liệu cả hai kỳ)|(?: và các loại vụ việc)? so sánh được)",
            ),
            ("kind_coverage", rf"\((?P<part>{NUMBER})/(?P<whole>{NUMBER}) đơn vị có đủ báo cáo\)"),
            (
                "left_out",
                rf"(?P<labels>{label}(?:, {label})*): không so sánh (?P<units>{NUMBER}) đơn vị để trống số liệu",
            ),
            (
                "one_period",
                rf"(?:(?P<labels>{label}(?:, {label})*): )?không so sánh các loại vụ việc "
                r"(?P<how>chỉ có số liệu một kỳ|chưa đủ số liệu cả hai kỳ):",
            ),
            (
                "half_unasked",
                rf"(?:(?P<labels>{label}(?:, {label})*): )?các loại vụ việc không có số liệu "
                rf"(?P<halves>{PERIOD}(?:, {PERIOD})*):",
            ),
            (
                "unopened",
                rf"chưa mở đợt báo cáo (?P<halves>{PERIOD}(?:, {PERIOD})*), các đơn vị chưa được đề nghị báo cáo",
            ),
            ("no_base", rf"chưa (?:có số liệu|đủ số liệu cả hai kỳ) (?P<when>{PERIOD}) để so sánh"),
            ("lacking", rf"chưa đủ số liệu {PERIOD}: chưa có số liệu (?P<halves>{PERIOD}(?:, {PERIOD})*)"),
            ("unasked", rf"chưa đủ số liệu (?P<halves>{PERIOD}(?:, {PERIOD})*)"),
            ("because", r"lý do sử dụng số liệu khi chưa đủ báo cáo: còn thiếu báo cáo"),
            ("base_not_asked", rf"{PERIOD} không thống kê"),
            ("not_asked", r"không thống kê"),
            ("base_partly", rf"chưa có đủ số liệu {PERIOD}"),
            ("partly", r"chưa có đủ số liệu"),
            ("both", rf"(?P<part>{NUMBER})/(?P<whole>{NUMBER}) đơn vị có đủ báo cáo cả hai kỳ"),
            ("reporting", rf"(?P<part>{NUMBER})(?:/(?P<whole>{NUMBER}))? đơn vị có đủ báo cáo (?P<when>{PERIOD})"),
            (
                "coverage",
                rf"(?P<part>{NUMBER})/(?P<whole>{NUMBER}) đơn vị(?P<all> có đủ số liệu(?: được yêu cầu)?)?",
            ),
            ("base_none", rf"\({PERIOD} (?P<none>{_any(NONE)})\)"),
            ("none", _any(NONE)),
            (
                "unknown",
                r"chưa có số liệu(?: (?:cùng kỳ|kỳ so sánh)(?: năm \d{4})?| năm \d{4}| 6 tháng \w+ năm \d{4})?",
            ),
            ("not_comparable", rf"không so sánh được(?: với {PERIOD})?|chưa so sánh được"),
            ("comparable", r"so sánh được"),
            ("recorded", r"ghi nhận"),
            ("same", r"bằng|không thay đổi|không đổi"),
            ("moved", r"(?P<direction>tăng|giảm)"),
            (
                "criteria",
                r"(?P<all>tăng|giảm|không thay đổi) cả ba tiêu chí|"
                r"(?:giảm (?P<falls>\d\d) tiêu chí(?:, )?)?(?:tăng (?P<rises>\d\d) tiêu chí)?(?!\w)",
            ),
            ("share", r"chiếm " + PERCENT),
            (
                "rate",
                rf"tỷ lệ làm rõ đạt {PERCENT} \((?P<solved>{NUMBER})/(?P<cases>{NUMBER}) vụ "
                r"thuộc diện điều tra, đã có số liệu làm rõ\)",
            ),
            ("percent", r"\(" + PERCENT + r"\)"),
            ("amount", rf"(?P<least>ít nhất )?(?P<number>{NUMBER})(?:,(?P<decimals>\d\d?))? (?P<noun>{noun})(?!\w)"),
            ("units", rf"(?P<units>{NUMBER}) đơn vị (?P<what>{'|'.join(OF_UNITS)})"),
            ("verb", _any(VERBS)),
            ("glue", "|".join(re.escape(one) for one in sorted(GLUE, key=len, reverse=True))),
        ]
        # Longer wordings first: what says most is tried before its parts.
        order = (
            *(
                "kind_coverage",
                "left_out",
                "one_period",
                "half_unasked",
                "unopened",
                "no_base",
                "because",
                "base_not_asked",
                "not_asked",
                "base_partly",
                "partly",
                "not_comparable",
            ),
            *("both", "reporting", "base_none", "criteria", "unknown", "compared", "coverage", "when", "share", "rate"),
            *("percent", "amount", "units"),
        )
        patterns.sort(key=lambda pattern: order.index(pattern[0]) if pattern[0] in order else len(order))
        self.patterns = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in patterns]

    def cut(self, sentence: str) -> Iterator[Word]:
        """The words; the last is of the kind ``?`` where the rest is not understood."""
        text, place = sentence.replace("\u00a0", " "), 0
        while place < len(text):
            if text[place] == " ":
                place += 1
                continue
            for kind, pattern in self.patterns:
                found = pattern.match(text, place)
                if found and found.end() > place:
                    yield Word(kind, found[0], found)
                    place = found.end()
                    break
            else:
                yield Word("?", text[place:])
                return


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + r")(?!\w)"


def number(text: str) -> int:
    """``1.250`` → 1250, ``03`` → 3."""
    return int(text.replace(".", ""))


def hundredths(text: str) -> int:
    """``14,58`` → 1458."""
    return int(text.replace(".", "").replace(",", ""))


def reads_as(value: int, amount: re.Match[str]) -> bool:
    """Whether the amount is how the value is written: exactly, or rounded to the decimals of its money."""
    size, noun = MONEY.get(amount["noun"].casefold(), 1), amount["noun"].casefold()
    if noun not in MONEY or size == 1:
        return not amount["decimals"] and value == number(amount["number"])
    written = number(amount["number"]) * 100 + int((amount["decimals"] or "0").ljust(2, "0"))
    return naive.half_up(value * 100, size) == written


class Reader:
    """One sentence, read with what it is known to speak of at its beginning."""

    def __init__(self, teller: Teller, address: str, measure: str = "cases") -> None:
        self.teller, self.address, self.measure = teller, address, measure
        self.faults: list[Falsehood] = []
        self.basis = ""
        self.over: int | None = None
        self.direction = 0
        self.is_within = False
        self.is_listing = False
        self.sentence, self.words, self.place = "", list[Word](), 0
        self.stated: tuple[str, str] | None = None

    def read(self, sentence: str) -> list[Falsehood]:
        self.sentence, self.words = sentence, list(self.teller.vocabulary.cut(sentence))
        for place, word in enumerate(self.words):
            self.place = place
            if self.is_listing and word.kind == "name":
                continue
            getattr(self, "_" + {"?": "lost"}.get(word.kind, word.kind))(word)
        return self.faults

    # -- what the sentence speaks of

    def _name(self, word: Word) -> None:
        """A group and its only category may share their name: within a group it is the category's."""
        meant = self.teller.vocabulary.names[word.text.casefold()]
        within = [address for address in meant if self.is_within and address.startswith("category.")]
        self.address = (within or meant)[0]
        self.basis = self.basis if self.basis == "compared" else ""
        self.measure = "" if self.address.startswith("indicator.") else "cases"

    def _verb(self, word: Word) -> None:
        self.measure = VERBS[word.text.casefold()]

    def _recorded(self, word: Word) -> None:
        self.basis, self.measure = "recorded", self.measure if self._is_indicator() else "cases"

    def _compared(self, word: Word) -> None:
        self.basis, self.over = "compared", number(word.found["over"])
        if self.over != len(self._truth()[1].units):
            self._false(word.text, f"{len(self._truth()[1].units)} units compared")
        if word.found["both"] and (told := self.teller.with_both(self.address, self.measure)) != self._truth()[1].units:
            self._false(word.text, f"{told} have told both")
        if word.found["both"] and bool(word.found["all"]) != self._others_told_a_part():
            self._false(word.text, f"others told a part: {self._others_told_a_part()}")

    def _others_told_a_part(self) -> bool:
        return self._truth()[0].holds_others or self._truth_of_base().holds_others

    def _comparable(self, word: Word) -> None:
        """Of the units compared in all, which were named before."""
        self.basis, all_compared = "compared", self.teller.truth("total", "cases")[1].units
        if self._truth()[1].units != all_compared:
            self._false(word.text, f"not of the {len(all_compared)} units compared, but of {self._truth()[1].units}")

    def _glue(self, word: Word) -> None:
        if word.text in ".;" or (word.text == ":" and self.words[self.place - 1].text == ")"):
            self.basis, self.direction = "", 0
        if word.text == ".":
            self.is_listing = False
        self.is_within = self.is_within or word.text.casefold() == "trong đó"

    def _when(self, word: Word) -> None:
        allowed = self.teller.names_of_periods
        if word.text.casefold() not in allowed:
            self._false(word.text, " or ".join(sorted(allowed)))

    def _lost(self, word: Word) -> None:
        self._false(f"something not understood from “{word.text}” on", "unknown: teach tests/truth/sentences.py")

    # -- claims

    def _amount(self, word: Word) -> None:
        noun = word.found["noun"].casefold()
        self.measure = NOUNS.get(noun) or self.measure
        if self.direction:
            self._amount_of_change(word)
            return
        compared = self._truth()[1]
        if word.found["least"] or self.basis != "compared":
            self._amount_recorded(word)
        elif compared.current is None or not reads_as(compared.current, word.found):
            self._false(f"{word.text} compared", f"{compared.current}")
        self.stated = (self.address, self.measure)

    def _amount_of_change(self, word: Word) -> None:
        direction, self.direction, change = self.direction, 0, self._truth()[1].change
        if change is None or change * direction <= 0 or not reads_as(abs(change), word.found):
            self._false(f"a change by {word.text}", f"{change}")

    def _amount_recorded(self, word: Word) -> None:
        """“At least” is of an incomplete sum, all else of a whole one, or of the units told in brackets."""
        recorded = self._truth()[0]
        if recorded.value is None or not reads_as(recorded.value, word.found):
            self._false(word.text, f"{recorded.value}")
        elif bool(word.found["least"]) and recorded.complete:
            self._false(word.text, f"{recorded}")
        elif not word.found["least"] and not recorded.complete:
            if not self._ahead("coverage"):
                self._false(f"{word.text} as if it were all", f"at least that; missing {sorted(recorded.missing)}")
            elif recorded.value != recorded.of_whole:
                self._false(f"{word.text} of those who reported all of it", f"{recorded.of_whole}")

    def _moved(self, word: Word) -> None:
        self.direction = 1 if word.text.casefold() == "tăng" else -1
        self._stand_together(word)

    def _same(self, word: Word) -> None:
        change = self._truth()[1].change
        if change != 0:
            self._false(word.text, f"a change of {change}")
        self._stand_together(word)

    def _percent(self, word: Word) -> None:
        percent = self._truth()[1].percent
        if percent != hundredths(word.found["percent"]):
            self._false(word.text, f"{percent} hundredths of a per cent")

    def _none(self, word: Word) -> None:
        self.measure = NONE[word.text.casefold()] or self.measure
        recorded, compared = self._truth()
        if self.basis == "compared":
            if compared.current != 0:
                self._false(f"{word.text} (compared)", f"{compared.current}")
        elif recorded.value != 0 or not recorded.complete:
            self._false(word.text, f"{recorded}")

    def _base_none(self, word: Word) -> None:
        """“(cùng kỳ không có …)”: why a change has no percentage."""
        if self._truth()[1].base != 0:
            self._false(word.text, f"a base of {self._truth()[1].base}")

    def _unknown(self, word: Word) -> None:
        recorded, _compared = self._truth()
        if word.text.casefold() == "chưa có số liệu" or self.teller.names_period(word.text):
            if recorded.value is not None:
                self._false(word.text, f"{recorded.value}")
        elif self._truth_of_base().value is not None or not self._truth_of_base().is_asked or self._is_base_told():
            self._false(word.text, f"{self._truth_of_base()}")

    def _is_base_told(self) -> bool:
        """Whether somebody told of the base, be it a nought that is not all."""
        return self._truth_of_base().told

    def _base_partly(self, word: Word) -> None:
        base = self._truth_of_base()
        if base.value is not None or not base.told:
            self._false(word.text, f"{base}")

    def _not_comparable(self, word: Word) -> None:
        if self._truth()[1].change is not None:
            self._false(word.text, f"a change of {self._truth()[1].change}")

    def _coverage(self, word: Word) -> None:
        part, whole = number(word.found["part"]), number(word.found["whole"])
        reported, expected = self.teller.coverage(self.address, self.measure)
        if (part, whole) != (reported, expected):
            self._false(word.text, f"{reported}/{expected}")
        if bool(word.found["all"]) != (others := self._truth()[0].holds_others):
            self._false(word.text, f"it holds parts of others: {others}")

    def _both(self, word: Word) -> None:
        truth = (len(self.teller.all.reported_both), len(self.teller.all.expected))
        if (number(word.found["part"]), number(word.found["whole"])) != truth:
            self._false(word.text, f"{truth}")

    def _reporting(self, word: Word) -> None:
        truth = self.teller.all
        is_base = word.found["when"].casefold() in self.teller.names_of_base
        reporting, expected = (
            (truth.base_reporting, truth.base_expected) if is_base else (truth.reporting, truth.expected)
        )
        said = number(word.found["part"]), number(word.found["whole"] or str(len(expected)))
        if said != (len(reporting), len(expected)):
            self._false(word.text, f"{len(reporting)}/{len(expected)}")

    def _units(self, word: Word) -> None:
        """A count of units and what they have in common; their names follow."""
        reason = next(OF_UNITS[what] for what in OF_UNITS if re.fullmatch(what, word.found["what"], re.IGNORECASE))
        self.is_listing = True
        listed = [self._unit(one) for one in self._following("name")]
        if len(listed) != number(word.found["units"]):
            self._false(word.text, f"{len(listed)} units are named")
        if reason.startswith("base") and not self.teller.base_named(self.words):
            self._false(word.text, f"{sorted(self.teller.all.lacking_base)} lack the base")
        if wrong := [unit for unit in listed if reason not in self.teller.all.reasons[unit]]:
            self._false(word.text, f"units {wrong} are {[self.teller.all.reasons[unit] for unit in wrong]}")

    def _unit(self, word: Word) -> int:
        return int(self.teller.vocabulary.names[word.text.casefold()][0].removeprefix("unit."))

    def _share(self, word: Word) -> None:
        truth = self.teller.shares(self.address)
        if hundredths(word.found["percent"]) not in truth:
            self._false(word.text, f"{truth}")

    def _rate(self, word: Word) -> None:
        truth, found = self.teller.all.rate, word.found
        said = (number(found["solved"]), number(found["cases"]), hundredths(found["percent"]))
        if said != (truth.solved, truth.cases, truth.percent):
            self._false(word.text, f"{truth.solved}/{truth.cases}")

    def _kind_coverage(self, word: Word) -> None:
        truth = self.teller.reports(self.address)
        if (number(word.found["part"]), number(word.found["whole"])) != truth:
            self._false(word.text, f"{truth}")

    def _not_asked(self, word: Word) -> None:
        if self._truth()[0].is_asked:
            self._false(word.text, "it is asked")

    def _base_not_asked(self, word: Word) -> None:
        if self._truth_of_base().is_asked:
            self._false(word.text, "it was asked")

    def _partly(self, word: Word) -> None:
        recorded = self._truth()[0]
        if recorded.value or recorded.complete:
            self._false(word.text, f"{recorded}")

    def _left_out(self, word: Word) -> None:
        """Who reported both periods and is not compared in the measures."""
        self.is_listing = True
        named = {self._unit(one) for one in self._following("name")}
        if len(named) != number(word.found["units"]):
            self._false(word.text, f"{len(named)} units are named")
        for label in word.found["labels"].casefold().split(", "):
            truth = self.teller.all.comparable - self.teller.all.total.compared[LABELS[label]].units
            if named != truth:
                self._false(f"{label}: {sorted(named)}", f"{sorted(truth)}")

    def _one_period(self, word: Word) -> None:
        """Which categories have figures of one period only: of the cases, or else of the measures named."""
        self.is_listing = True
        of_cases = self.teller.one_period["cases"]
        named = {self._category(one) for one in self._following("name")}
        for label in word.found["labels"].casefold().split(", ") if word.found["labels"] else ["số vụ"]:
            truth = of_cases if label == "số vụ" else self.teller.one_period[LABELS[label]] - of_cases
            if not named or not named <= truth:
                self._false(f"{label}: {sorted(named)}", f"{sorted(truth)}")
            if word.found["how"].casefold().startswith("chỉ"):
                self._false_one_period(word, named, LABELS[label])

    def _false_one_period(self, word: Word, named: set[str], measure: str) -> None:
        for code in named:
            truths = self._truths_of(f"category.{code}", measure)
            if all(truth.told for truth in truths):
                self._false(word.text, f"{code} has figures of both periods")

    def _half_unasked(self, word: Word) -> None:
        """Of which categories there is nothing of a half of a year: of the cases, or else of the measures named.

        That nobody reported anything of a half is said elsewhere.
        """
        self.is_listing = True
        silent = {printed(half) for half in (*self.teller.all.silent, *self.teller.all.silent_base)}
        said = set(word.found["halves"].casefold().split(", "))
        for category in (self._category(one) for one in self._following("name")):
            for label in word.found["labels"].casefold().split(", ") if word.found["labels"] else ["số vụ"]:
                truths = self._truths_of(f"category.{category}", LABELS[label])
                true = {printed(half) for truth in truths for half in truth.unasked}
                if said != true - silent:
                    self._false(f"{word.text} {category}", f"{sorted(true - silent)}")

    def _unasked(self, word: Word) -> None:
        """Of a half of a year nobody told some of what is summed up: of this period, or of the base."""
        said = set(word.found["halves"].casefold().split(", "))
        true = {printed(half) for half in self._truth()[0].unasked}
        if said != true:
            self._false(word.text, f"{sorted(true)}")

    def _truths_of(self, address: str, measure: str) -> tuple[naive.Recorded, naive.Recorded]:
        return self.teller.truth(address, measure)[0], self.teller.truth_of_base(address, measure)

    def _category(self, word: Word) -> str:
        meant = self.teller.vocabulary.names[word.text.casefold()]
        return next(address for address in meant if address.startswith("category.")).removeprefix("category.")

    def _unopened(self, word: Word) -> None:
        opened = self.teller.opened
        for text in word.found["halves"].split(", "):
            if text.casefold() in opened:
                self._false(word.text, f"{text} was opened")

    def _lacking(self, word: Word) -> None:
        """Which halves of a year nobody reported: some of them, not all."""
        said = set(word.found["halves"].casefold().split(", "))
        if said != self.teller.silent:
            self._false(word.text, f"{sorted(self.teller.silent)}")

    def _because(self, word: Word) -> None:
        if len(self.teller.all.reporting) == len(self.teller.all.expected):
            self._false(word.text, "all have reported")

    def _no_base(self, word: Word) -> None:
        if self.teller.all.total.compared["cases"].change is not None:
            self._false(word.text, "there is a base")

    def _following(self, kind: str) -> list[Word]:
        """The words of the kind up to the end of this sentence."""
        found = []
        for word in self.words[self.place + 1 :]:
            if word.text == ".":
                break
            if word.kind == kind:
                found.append(word)
        return found

    def _criteria(self, word: Word) -> None:
        changes = [self.teller.truth(self.address, one)[1].change for one in ("cases", "deaths", "injuries")]
        falls, rises = (sum(1 for one in changes if one and one * sign > 0) for sign in (-1, 1))
        found = word.found
        of_all = {"giảm": (3, 0), "tăng": (0, 3), "không thay đổi": (0, 0)}
        said = of_all[found["all"].casefold()] if found["all"] else (int(found["falls"] or 0), int(found["rises"] or 0))
        if said != (falls, rises) or None in changes:
            self._false(word.text, f"{falls} fell, {rises} rose")

    # -- help

    def _stand_together(self, word: Word) -> None:
        """A change stands beside a figure of the same units, or beside none."""
        recorded, compared = self._truth()
        if self.basis != "compared" and self.stated == (self.address, self.measure):
            if compared.current != recorded.value:
                self._false(f"{word.text} beside {recorded.value}", f"the change is of units with {compared.current}")
            elif not recorded.complete:
                self._false(f"{word.text} of a sum that is incomplete", "no change of its own")

    def _truth(self) -> tuple[naive.Recorded, naive.Compared]:
        return self.teller.truth(self.address, self.measure)

    def _truth_of_base(self) -> naive.Recorded:
        return self.teller.truth_of_base(self.address, self.measure)

    def _is_indicator(self) -> bool:
        return self.address.startswith("indicator.")

    def _ahead(self, kind: str) -> bool:
        """Whether such a word follows in the bracket that is opened next."""
        following = self.words[self.place + 1 : self.place + 3]
        return [word.text for word in following[:1]] == ["("] and [word.kind for word in following[1:]] == [kind]

    def _false(self, claim: str, truth: str) -> None:
        self.faults.append(Falsehood(self.sentence, f"[{self.address} {self.measure}] {claim}", truth))


class Teller:
    """What is true, asked for by the address of a row and a measure."""

    def __init__(
        self, truth: naive.Truth, vocabulary: Vocabulary, when: When, base: When, opened: Iterable[When]
    ) -> None:
        self.all, self.vocabulary, self.when, self.base = truth, vocabulary, when, base
        self.opened = {printed(half) for half in opened}
        self.silent = {printed(half) for half in truth.silent}
        self.names_of_base = {printed(base), f"cùng kỳ năm {base[0]}", "cùng kỳ", "kỳ so sánh"}
        self.names_of_periods = {printed(when), printed(base), f"cùng kỳ năm {base[0]}"}
        #: Whether some category that has figures is not compared.
        self.has_fewer_categories = False
        #: Which, measure by measure.
        self.one_period: dict[str, set[str]] = {}
        #: The last half-years by their names: how many told their cases, of how many, and the sum.
        self.half_years: dict[str, tuple[int, int, naive.Recorded]] = {}

    def read(self, sentence: str, address: str, measure: str = "cases") -> list[Falsehood]:
        """What is false in the sentence that speaks of the row."""
        return Reader(self, address, measure).read(sentence)

    def base_named(self, words: list[Word]) -> bool:
        """Whether all who lack the base are named where some are."""
        named = {
            int(address.removeprefix("unit."))
            for word in words
            if word.kind == "name"
            for address in self.vocabulary.names[word.text.casefold()]
            if address.startswith("unit.")
        }
        return self.all.lacking_base <= named

    def names_period(self, text: str) -> bool:
        return text.casefold().endswith(printed(self.when))

    def row(self, address: str) -> naive.Row:
        kind, _dot, code = address.partition(".")
        if kind == "total":
            return self.all.total
        rows = {"group": self.all.groups, "category": self.all.categories, "kind": self.all.kinds}
        return self.all.units[int(code)] if kind == "unit" else rows[kind][code]

    def truth(self, address: str, measure: str) -> tuple[naive.Recorded, naive.Compared]:
        if address.startswith("indicator."):
            recorded, _base, compared = self.all.indicators[address.partition(".")[2]]
            return recorded, compared
        row = self.row(address)
        return row.recorded[measure or "cases"], row.compared[measure or "cases"]

    def truth_of_base(self, address: str, measure: str) -> naive.Recorded:
        if address.startswith("indicator."):
            return self.all.indicators[address.partition(".")[2]][1]
        return self.row(address).base_recorded[measure or "cases"]

    def coverage(self, address: str, measure: str) -> tuple[int, int]:
        """How many of the units expected have the figure."""
        recorded, _compared = self.truth(address, measure)
        expected = self.all.expected
        if address.startswith("kind."):
            expected = self.all.kinds_expected[address.partition(".")[2]]
        return len(expected - recorded.missing) if recorded.told else 0, len(expected)

    def shares(self, address: str) -> set[int | None]:
        """Of the group it stands under, or of the total."""
        kind, _dot, code = address.partition(".")
        whole = self.all.total if kind == "group" else self.all.groups[self.all.group_of[code]]
        return {naive.share(self.row(address).recorded["cases"].value, whole.recorded["cases"].value)}

    def with_both(self, address: str, measure: str) -> set[int]:
        """The units that told all of both periods: those compared, and who reported both and left nothing blank."""
        kind, _dot, code = address.partition(".")
        units = self.all.reported_both
        if kind == "kind":
            units = units & self.all.kinds_expected[code]
        elif kind == "unit":
            units = units & {int(code)}
        recorded, compared = self.truth(address, measure)
        return compared.units | (units - recorded.missing - self.truth_of_base(address, measure).missing)

    def reports(self, address: str) -> tuple[int, int]:
        """How many of the units expected have reported, whatever they left blank."""
        expected = self.all.expected
        if address.startswith("kind."):
            expected = self.all.kinds_expected[address.partition(".")[2]]
        return len(expected & self.all.reporting), len(expected)


def printed(when: When) -> str:
    year, number = when
    return {1: "6 tháng đầu ", 2: "6 tháng cuối ", 0: ""}[number] + f"năm {year}"


ATTENDANCE = re.compile(
    r"(?P<came>\d+)/(?P<invited>\d+) đơn vị(?: thành viên)? dự họp"
    r"(?:,? (?P<within>trong đó )?(?P<represented>\d+) đơn vị cử người dự thay)?"
    r"(?:[,;] (?P<absent_with_notice>\d+) đơn vị vắng có lý do)?"
    r"(?:[,;] (?P<absent_without>\d+) đơn vị vắng(?: không lý do)?)?"
)


def false_attendance(sentence: str, truth: naive.Attendance) -> list[Falsehood]:
    """What is false in the sentence on who came to a meeting, whose parts add up to those invited.

    Who sent somebody else is a part of its own, unless it is said to be one of those who came.
    """
    found = ATTENDANCE.fullmatch(sentence)
    if found is None:
        return [Falsehood(sentence, "something not understood", "unknown: teach tests/truth/sentences.py")]
    said = {name: int(value or 0) for name, value in found.groupdict().items() if name != "within"}
    parts = {
        "represented": truth.represented,
        "absent_with_notice": truth.absent_with_notice,
        "absent_without": truth.absent_without,
        "came": truth.in_person + (truth.represented if found["within"] else 0),
        "invited": truth.in_person + truth.represented + truth.absent_with_notice + truth.absent_without,
    }
    return [
        Falsehood(sentence, f"{name} {said[name]}", str(value)) for name, value in parts.items() if said[name] != value
    ]
