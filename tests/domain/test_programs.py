"""The program file: what is read, and that every mistake is named with key, line and way out."""

from datetime import date
from pathlib import Path

import pytest

import domain.programs
from domain.money import Money, Rate
from domain.programs.load import load_program
from domain.programs.model import LANGUAGES, AttributionModel, JoiningMode, Program
from domain.programs.model_rates import Conversion, RateRow, Settlement, TierBasis, TierLevel
from tests.domain.program_files import LEAST, WHOLE

PRESETS = Path(domain.programs.__file__).parent / "presets"


def test_everything_written_is_read() -> None:
    program = load_program(WHOLE, source="acme.toml")

    assert program.key == "acme"
    assert program.currency == "USD"
    assert program.version == 3
    assert program.version_date == date(2026, 1, 31)
    assert program.landing_url == "https://shop.example/start"
    assert program.joining is JoiningMode.APPLICATION
    assert program.window_days == 30
    assert program.model is AttributionModel.LAST_CLICK
    assert program.tier_basis is TierBasis.ACTIVE_CLIENTS
    assert program.tiers == (
        TierLevel(key="bronze", from_clients=3),
        TierLevel(key="silver", from_clients=6),
    )
    assert program.duration_months == 12
    assert program.hold_days == 14
    assert program.payout_minimum == Money(5000, "USD")
    assert program.conversion == Conversion(bonus=Rate(2000), bonus_base="amount")
    assert program.text("uk").title == "Title uk"
    assert program.text("uk").summary == "Summary uk"
    assert program.text("uk").rules == "Rules uk"
    assert program.text("uk").client_offer == "Offer uk"
    assert program.text("uk").excluded_promotion == "Spam uk"
    assert program.tier_name("silver", "bg") == "Silver bg"


def test_rows_of_the_rate_table_match_anything_they_do_not_name() -> None:
    program = load_program(WHOLE, source="acme.toml")

    assert program.rates == (
        RateRow(rate=Rate(500)),
        RateRow(category="domains", rate=Rate(250)),
        RateRow(tier="silver", rate=Rate(1000)),
        RateRow(tier="silver", settlement=Settlement.VIA_PARTNER, rate=Rate(5000)),
        RateRow(tier="silver", from_month=6, rate=Rate(700)),
    )


def test_the_least_program_has_no_limits_and_earns_nothing() -> None:
    program = load_program(LEAST, source="least.toml")

    assert program == Program(
        key="least",
        currency="JPY",
        payout_minimum=Money(50, "JPY"),
        texts=program.texts,
    )
    assert tuple(program.texts) == LANGUAGES


@pytest.fixture
def preset() -> Program:
    return load_program((PRESETS / "saas-tiers.toml").read_text("utf-8"), source="saas-tiers.toml")


def test_the_referral_program_has_the_numbers_of_its_terms(preset: Program) -> None:
    assert preset.key == "saas-tiers"
    assert preset.currency == "USD"
    assert preset.joining is JoiningMode.ACCEPT_RULES
    assert preset.window_days == 7
    assert preset.model is AttributionModel.FIRST_CLICK
    assert preset.tier_basis is TierBasis.PAYING_CLIENTS
    assert [(tier.key, tier.from_clients) for tier in preset.tiers] == [
        ("start", 1),
        ("plus", 6),
        ("pro", 21),
    ]
    assert preset.duration_months == 12
    assert preset.hold_days == 0
    assert [(row.tier, str(row.rate)) for row in preset.rates] == [
        ("start", "10%"),
        ("plus", "20%"),
        ("pro", "30%"),
    ]
    assert preset.payout_minimum == Money(5000, "USD")
    assert preset.conversion == Conversion(bonus=Rate(2000), bonus_base="payment")
    assert preset.landing_url is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rules_state_what_the_program_does(preset: Program, language: str) -> None:
    texts = preset.text(language)

    for number in ("7", "12", "10%", "20%", "30%", "50 USD", "21"):
        assert number in texts.rules
    assert set(texts.tiers) == {"start", "plus", "pro"}
    assert texts.client_offer
    assert len(texts.excluded_promotion.splitlines()) == 3
    for text in (texts.title, texts.summary, texts.rules, texts.client_offer):
        assert not set("<>*_`&") & set(text)
