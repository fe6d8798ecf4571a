"""Promo codes: what lapses when, and what the program file may say (R36)."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.programs.load import load_program
from domain.programs.model_offers import PromoTerms
from domain.programs.problems import ProgramFileInvalid
from domain.rules.promos import days_left, lapses_at
from tests.domain.builders import TEXTS

AT = datetime(2026, 11, 21, 10, tzinfo=UTC)
UNIT = 'en = "a"\nru = "b"\nuk = "c"\nbg = "d"\n'


@given(st.integers(1, 3650), st.integers(0, 400_000_000))
def test_days_left_count_down_to_none(valid_days: int, seconds: int) -> None:
    terms = PromoTerms(bonuses=1, unit={"en": "x"}, valid_days=valid_days, legal_forms=())
    end, now = lapses_at(AT, terms), AT + timedelta(seconds=seconds)
    left = days_left(end, now)
    assert 0 <= left <= valid_days
    assert (left == 0) is (now >= end)


@pytest.mark.parametrize(
    ("promo", "key"),
    [
        ("[promo]\nvalid_days = 60\n[promo.unit]\n" + UNIT, "promo.bonuses"),
        ("[promo]\nbonuses = 0\nvalid_days = 60\n[promo.unit]\n" + UNIT, "promo.bonuses"),
        ("[promo]\nbonuses = 6\nvalid_days = 60\n[promo.unit]\nen = 'a'\n", "promo.unit.ru"),
        ("[promo]\nbonuses = 6\nvalid_days = 60\nmost = 1\n[promo.unit]\n" + UNIT, "promo.most"),
        (
            "[promo]\nbonuses = 6\nvalid_days = 60\nlegal_forms = ['firm']\n[promo.unit]\n" + UNIT,
            "promo.legal_forms[1]",
        ),
    ],
)
def test_mistakes_of_the_section_are_named_with_their_key(promo: str, key: str) -> None:
    head = "[program]\nkey = 'x'\ncurrency = 'USD'\n[payout]\nminimum = '1.00'\n"
    with pytest.raises(ProgramFileInvalid) as invalid:
        load_program(head + promo + TEXTS, source="x.toml")
    assert key in {problem.key for problem in invalid.value.problems}
