"""Texts, plurals, money and dates as each reader expects them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.money import Money, Rate
from handlers.ui.html import Html, bold, lines, safe
from handlers.ui.language import Language, Languages

KYIV = ZoneInfo("Europe/Kyiv")
AT = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)


def lang(code: str) -> Language:
    return Language(code, UTC)


@pytest.mark.parametrize(
    ("code", "one", "two", "five", "eleven", "twenty_one"),
    [
        ("en", "1 client", "2 clients", "5 clients", "11 clients", "21 clients"),
    ],
)
def test_plurals_in_english(
    code: str, one: str, two: str, five: str, eleven: str, twenty_one: str
) -> None:
    language = lang(code)
    said = [language.say_many("{count} client", "{count} clients", n) for n in (1, 2, 5, 11, 21)]
    assert said == [one, two, five, eleven, twenty_one]


@pytest.mark.parametrize("code", ["ru", "uk"])
def test_slavic_plurals_have_three_forms_in_the_right_places(code: str) -> None:
    def form(n: int) -> str:
        text = lang(code).say_many("{count} pay-out", "{count} pay-outs", n)
        return text.replace(str(n), "").strip()

    one, two, five, eleven, twenty_one = (form(n) for n in (1, 2, 5, 11, 21))
    assert one == twenty_one
    assert five == eleven
    assert len({one, two, five}) == 3


def test_bulgarian_has_two_forms() -> None:
    def form(n: int) -> str:
        text = lang("bg").say_many("{count} pay-out", "{count} pay-outs", n)
        return text.replace(str(n), "").strip()

    assert form(1) != form(2)
    assert form(2) == form(5) == form(11) == form(21)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "1,234.50 USD"),
        ("ru", "1\xa0234,50\xa0USD"),
        ("uk", "1\xa0234,50\xa0USD"),
        ("bg", "1\xa0234,50\xa0USD"),
    ],
)
def test_amounts_follow_the_language(code: str, expected: str) -> None:
    shown = lang(code).money(Money(123_450, "USD"))
    assert shown.replace(" ", "\xa0") == expected.replace(" ", "\xa0")


def test_amounts_show_all_decimals_of_the_books() -> None:
    english = lang("en")
    assert english.money(Money(5, "JPY")).replace("\xa0", " ") == "5 JPY"
    assert english.money(Money(1_234_567, "KWD")).replace("\xa0", " ") == "1,234.567 KWD"
    assert english.money(Money(-250, "EUR")).replace("\xa0", " ") == "-2.50 EUR"
    # Babel prints no decimals of this currency; the books have two.
    assert english.money(Money(150, "AFN")).replace("\xa0", " ") == "1.50 AFN"


def test_instants_are_shown_in_the_configured_zone() -> None:
    assert Language("en", KYIV).instant(AT) == "Nov 22, 2026, 00:30"
    assert lang("en").date(AT) == "Nov 21, 2026"
    assert "2026" in lang("ru").date(AT)


def test_percent() -> None:
    assert lang("en").percent(Rate(1250)) == "12.5%"
    assert lang("en").percent(Rate(3000)) == "30%"


def test_user_text_reaches_a_message_escaped() -> None:
    hostile = "<b>&amp;{0}%s</b>"
    said = lang("en").say("Invited by: {name}", name=hostile)
    assert said == "Invited by: &lt;b&gt;&amp;amp;{0}%s&lt;/b&gt;"
    assert bold(hostile) == "<b>&lt;b&gt;&amp;amp;{0}%s&lt;/b&gt;</b>"
    assert lines(hostile, Html("<i>x</i>")) == "&lt;b&gt;&amp;amp;{0}%s&lt;/b&gt;\n<i>x</i>"
    assert safe(Html("<i>") + "<") == "<i>&lt;"


def test_an_unknown_language_is_the_default_one() -> None:
    assert Languages("bg", UTC).of("xx").code == "bg"
    assert Languages("bg", UTC).of("uk").code == "uk"
