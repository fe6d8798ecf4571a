"""What may change under a version of terms, and when a new one may begin."""

from datetime import UTC, date, datetime, timedelta

import pytest

from domain.entities.terms import PublishedTerms
from domain.programs.load import load_program
from domain.programs.problems import ProgramFileInvalid
from domain.programs.publishing import ProgramFile, changed_keys, is_to_publish, timeline
from domain.programs.terms_book import TermsBook
from tests.domain.builders import TEXTS

TODAY = date(2026, 3, 2)
FIRST = """\
[program]
key = "acme"
currency = "EUR"
version = 1
version_date = 2026-01-01
[terms]
announce_days = 14
[fraud]
hold = []
[commission]
rates = [{ rate = "10%" }]
[payout]
minimum = "50.00"
"""
SECOND = FIRST.replace("version = 1", "version = 2").replace("10%", "12%")


def file_of(text: str) -> ProgramFile:
    text += TEXTS
    return ProgramFile(program=load_program(text, source="a.toml"), text=text, source="a.toml")


def kept(*files: ProgramFile) -> list[PublishedTerms]:
    return [
        PublishedTerms(
            program=file.program.key,
            version=file.program.version,
            version_date=file.program.version_date,
            text=file.text,
            published_at=datetime(2026, 1, 1, tzinfo=UTC),
        )
        for file in files
    ]


def second(on: str) -> ProgramFile:
    return file_of(SECOND.replace("2026-01-01", on))


def judged(file: ProgramFile, *before: ProgramFile, has_partners: bool = True) -> bool | str:
    """Return whether the file is published, or the one thing that is wrong with it."""
    try:
        return is_to_publish(file, kept(*before), today=TODAY, has_partners=has_partners)
    except ProgramFileInvalid as invalid:
        (problem,) = invalid.problems
        assert problem.line is not None
        return f"{problem.key}: {problem.message}"


def test_first_terms_are_published_and_the_same_file_is_not_published_twice() -> None:
    assert judged(file_of(FIRST)) is True
    assert judged(file_of(FIRST), file_of(FIRST)) is False


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('"10%"', '"11%"', "commission.rates"),
        ('minimum = "50.00"', 'minimum = "40.00"', "payout.minimum"),
        ("2026-01-01", "2026-01-02", "program.version_date"),
        ("announce_days = 14", "announce_days = 0", "terms.announce_days"),
        ('rules = "R"', 'rules = "S"', "texts.en.rules, texts.ru.rules"),
        ("rates =", "hold_days = 3\nrates =", "commission.hold_days"),
    ],
)
def test_published_terms_are_not_edited_without_a_new_version(
    old: str, new: str, key: str
) -> None:
    edited = (FIRST + TEXTS).replace(old, new)
    file = ProgramFile(program=load_program(edited, source="a.toml"), text=edited, source="a.toml")
    told = judged(file, file_of(FIRST))
    assert str(told).startswith("program.version: 1 is published since 2026-01-01")
    assert key in str(told)
    assert "write version 2" in str(told)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("hold = []", 'hold = ["velocity"]'),
        ("[payout]", "# a comment\n[payout]"),
        ('title = "T"', 'title = "Better"'),
        ("[program]", "[claims]\ndays = 3\n[program]"),
        ('currency = "EUR"', 'currency = "EUR"\nlanding_url = "https://shop.example"'),
    ],
)
def test_how_the_vendor_runs_the_program_may_change_at_any_time(old: str, new: str) -> None:
    edited = (FIRST + TEXTS).replace(old, new)
    file = ProgramFile(program=load_program(edited, source="a.toml"), text=edited, source="a.toml")
    assert judged(file, file_of(FIRST)) is False
    assert changed_keys(file_of(FIRST).program, file.program) == []


@pytest.mark.parametrize(
    ("on", "has_partners", "first_day"),
    [
        ("2026-03-16", True, None),
        ("2026-03-15", True, "2026-03-16"),
        ("2026-03-02", False, None),
        ("2026-03-01", False, "2026-03-02"),
        ("2025-12-31", False, "2026-03-02"),
    ],
)
def test_a_new_version_is_told_ahead_and_never_begins_in_the_past(
    on: str, *, has_partners: bool, first_day: str | None
) -> None:
    told = judged(second(on), file_of(FIRST), has_partners=has_partners)
    if first_day is None:
        assert told is True
    else:
        assert str(told).startswith("program.version_date: ")
        assert f"so {first_day} is the first day" in str(told)


def test_the_terms_that_hold_decide_how_early_their_change_is_told() -> None:
    hasty = file_of(
        SECOND.replace("announce_days = 14", "announce_days = 0").replace(
            "2026-01-01", "2026-03-03"
        )
    )
    assert "14 days ahead" in str(judged(hasty, file_of(FIRST)))


def test_a_version_begins_after_the_one_before() -> None:
    third = file_of(
        FIRST.replace("version = 1", "version = 3").replace("2026-01-01", "2026-04-01")
    )
    assert "so 2026-04-02 is" in str(judged(third, file_of(FIRST), second("2026-04-01")))


def test_versions_never_go_back() -> None:
    current = second("2026-04-01")
    assert "version 2 is" not in str(judged(file_of(FIRST)))
    assert "so is version 2" in str(judged(file_of(FIRST), file_of(FIRST), current))
    older = file_of(FIRST.replace("version = 1\n", ""))
    assert "is older than version 2" in str(judged(older, *[current]))


def test_a_version_needs_a_day_and_keeps_the_currency() -> None:
    dateless = file_of(SECOND.replace("version_date = 2026-01-01\n", ""))
    assert "from which day does version 2 hold?" in str(judged(dateless, file_of(FIRST)))
    other = file_of(SECOND.replace("2026-01-01", "2026-05-01").replace("EUR", "USD"))
    assert "was EUR" in str(judged(other, file_of(FIRST)))


def test_a_version_takes_over_at_its_first_instant() -> None:
    now = datetime(2026, 3, 31, 23, 59, 59, tzinfo=UTC)
    first, changed = file_of(FIRST), second("2026-04-01")
    book = TermsBook({"acme": timeline(changed, kept(first, changed))}, lambda: now)
    before = book["acme"]
    assert (before.version, before.at(now).version) == (1, 1)
    now += timedelta(seconds=1)
    assert book["acme"].version == 2
    assert before.at(now).version == 2
    assert book["acme"].at(datetime(2020, 1, 1, tzinfo=UTC)).version == 1
    assert (list(book), len(book), "other" in book) == (["acme"], 1, False)


def test_old_terms_run_as_the_vendor_runs_the_program_today() -> None:
    changed = file_of(
        SECOND.replace("2026-01-01", "2026-04-01").replace("hold = []", 'hold = ["velocity"]')
    )
    first, _ = timeline(changed, kept(file_of(FIRST), changed))
    assert first.fraud_holds == frozenset({"velocity"})
    assert [str(row.rate) for row in first.rates] == ["10%"]
