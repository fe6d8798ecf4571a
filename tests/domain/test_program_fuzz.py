"""Whatever is done to a program file, every mistake is named with its line."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programs.load import load_program
from domain.programs.problems import ProgramFileInvalid
from tests.domain.builders import PRESETS, many

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(PRESETS.glob("*.toml"))}
VALUES = (
    *('""', '"x"', '"10%"', '"-1%"', '"1000%"', '"1.00"', '"0"', '"first"', '"*"', '"\\u0000"'),
    *("0", "-1", "1", "99999999999999999999", "1.5", "nan", "inf", "true", "false"),
    *("2026-01-01", "2026-01-01T00:00:00Z", "00:00:00", "[]", "{}", "[1]", '["x"]', "[[]]"),
    *("{ a = 1 }", "[{}]", "[{ key = 1 }]", '[{ rate = "1%", amount = "1.00" }]'),
)
_VALUE = re.compile(r"(?m)(?<== )[^\n#,}\]]+")
_KEY = re.compile(r"[a-z_]+(?= = )")


def _replaced(text: str, pattern: re.Pattern[str], place: int, value: str) -> str:
    found = list(pattern.finditer(text))
    match = found[place % len(found)]
    return text[: match.start()] + value + text[match.end() :]


def complaints(text: str) -> list[str]:
    """Load the text; return what is said, each with its line where anything is written."""
    try:
        load_program(text, source="a.toml")
    except ProgramFileInvalid as invalid:
        for problem in invalid.problems:
            is_missing = "missing" in problem.message
            assert problem.line is not None or is_missing, str(problem)
            assert problem.line is None or 1 <= problem.line <= text.count("\n") + 1
            assert problem.message
        return [str(problem) for problem in invalid.problems]
    return []


presets = st.sampled_from(sorted(TEXTS))
places = st.integers(0, 10_000)


@many
@given(presets, places, st.sampled_from(VALUES))
def test_any_value_in_any_place_is_read_or_named(name: str, place: int, value: str) -> None:
    complaints(_replaced(TEXTS[name], _VALUE, place, value))


@many
@given(presets, places, st.sampled_from(["x", "rates", "key", "schedule", "a.b", '"ä"', "levels"]))
def test_any_key_in_any_place_is_read_or_named(name: str, place: int, key: str) -> None:
    complaints(_replaced(TEXTS[name], _KEY, place, key))


@many
@given(presets, places, places)
def test_lines_in_another_place_are_read_or_named(name: str, taken: int, put: int) -> None:
    lines = TEXTS[name].split("\n")
    line = lines.pop(taken % len(lines))
    lines.insert(put % len(lines), line)
    complaints("\n".join(lines))


@many
@given(presets, places, places)
def test_lines_that_are_gone_are_missed(name: str, start: int, count: int) -> None:
    lines = TEXTS[name].split("\n")
    at = start % len(lines)
    del lines[at : at + count % 12]
    complaints("\n".join(lines))


@many
@given(presets, places, st.text(max_size=6))
def test_any_signs_in_any_place_are_read_or_named(name: str, place: int, signs: str) -> None:
    text = TEXTS[name]
    at = place % len(text)
    complaints(text[:at] + signs + text[at:])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'minimum = "50.00"',
            'minimum = "50.00"\nday = 5',
            "payout.day: means nothing on request",
        ),
        ('schedule = "on_request"', 'schedule = "weekly"', "monthly"),
        ('schedule = "on_request"', 'schedule = "monthly"\nday = 31', "from 1 to 28"),
        ('rate = "10%"', 'rate = "10%", amount = "5.00"', "either a share or an amount"),
        ('rate = "10%"', 'amount = "5.001"', "with at most 2 decimals"),
        ('rate = "10%"', 'rate = "10%", payment = "second"', "first"),
        ('acceptance = "notice"', 'acceptance = "never"', "again"),
        ("announce_days = 14", "announce_days = 400", "from 0 to 365"),
        ("duration_months = 12", 'duration_months = 12\npayment_cap = "0"', "digits above zero"),
    ],
)
def test_the_newer_keys_say_what_is_allowed(old: str, new: str, said: str) -> None:
    text = TEXTS["saas-tiers"]
    assert old in text
    (told,) = complaints(text.replace(old, new, 1))
    assert said in told
    assert told.startswith("a.toml:")
