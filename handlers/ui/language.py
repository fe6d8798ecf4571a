"""The home of languages: texts, plurals, money, dates as the reader expects them."""

import gettext
import io
from dataclasses import dataclass
from datetime import date as Day  # noqa: N812 - `date` is a method of Language
from datetime import datetime, timedelta, tzinfo
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit

from domain.money import Money, Rate, decimals_of
from domain.period import Month, zone_of
from domain.programs.model import LANGUAGES
from handlers.ui.html import Html, safe

FOLDER = Path(__file__).resolve().parents[2] / "locales"
NAMES = {"en": "English", "ru": "Русский", "uk": "Українська", "bg": "Български"}
FLAGS = {"en": "🇬🇧", "ru": "🇷🇺", "uk": "🇺🇦", "bg": "🇧🇬"}


@cache
def _translations(code: str) -> gettext.NullTranslations:
    """Return the catalogue, compiled in memory."""
    with (FOLDER / f"{code}.po").open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


@dataclass(frozen=True, slots=True)
class Language:
    """How one reader reads.

    Attributes:
        code: One of the four languages.
        zone: Time zone in which instants are shown.
    """

    code: str
    zone: tzinfo

    def say(self, message: str, /, **values: object) -> Html:
        """Return the message in this language with the values, escaped, in their places."""
        return self._fill(_translations(self.code).gettext(message), values)

    def say_many(self, one: str, many: str, /, count: int, **values: object) -> Html:
        """Return the message in the plural form of ``count``, which is ``{count}`` in it."""
        text = _translations(self.code).ngettext(one, many, count)
        return self._fill(text, {"count": self.number(count), **values})

    def _fill(self, template: str, values: dict[str, object]) -> Html:
        shown = {name: safe(self._shown(value)) for name, value in values.items()}
        return Html(template.format_map(shown))

    def _shown(self, value: object) -> object:
        if isinstance(value, Money):
            return self.money(value)
        if isinstance(value, Rate):
            return self.percent(value)
        if isinstance(value, datetime):
            return self.instant(value)
        return value

    def money(self, amount: Money) -> str:
        """Return an amount with the currency's code, such as ``1,234.50 USD``."""
        decimals = decimals_of(amount.currency)
        fraction = f".{'0' * decimals}" if decimals else ""
        return format_currency(
            amount.decimal,
            amount.currency,
            f"#,##0{fraction} ¤¤",
            locale=self.code,
            currency_digits=False,
        )

    def number(self, value: int) -> str:
        """Return a whole number."""
        return format_decimal(value, locale=self.code)

    def percent(self, rate: Rate) -> str:
        """Return a rate such as ``12.5%``."""
        return format_percent(rate.bps / 10_000, "#,##0.##%", locale=self.code)

    def share(self, part: int, whole: int) -> str:
        """Return how much of a whole a part is, such as ``12.5%``."""
        return format_percent(part / whole, "#,##0.#%", locale=self.code)

    def date(self, at: datetime) -> str:
        """Return the day of an instant."""
        return format_date(at.astimezone(self.zone), "medium", locale=self.code)

    def month(self, month: Month, *, is_short: bool = False) -> str:
        """Return a month with its year, such as ``October 2026``."""
        pattern = "LLL y" if is_short else "LLLL y"
        return format_date(Day(month.year, month.number, 1), pattern, locale=self.code)

    def day(self, day: Day) -> str:
        """Return a day of the calendar."""
        return format_date(day, "medium", locale=self.code)

    def long_day(self, day: Day) -> str:
        """Return a day of the calendar with the month in words, as documents have it."""
        return format_date(day, "long", locale=self.code)

    def age(self, since: datetime, now: datetime) -> str:
        """Return how long something lasts, in whole units of one kind, such as ``2 days``."""
        minutes = max((now - since) // timedelta(minutes=1), 1)
        for unit, size in (("day", 24 * 60), ("hour", 60)):
            if minutes >= size:
                return format_unit(minutes // size, f"duration-{unit}", locale=self.code)
        return format_unit(minutes, "duration-minute", locale=self.code)

    def instant(self, at: datetime) -> str:
        """Return an instant to the minute, with the day."""
        local = at.astimezone(self.zone)
        day = format_date(local, "medium", locale=self.code)
        return f"{day}, {format_time(local, 'HH:mm', locale=self.code)}"


@dataclass(frozen=True, slots=True)
class Languages:
    """All languages with the configured time zone."""

    default: str
    zone: tzinfo

    def of(self, code: str, zone: str | None = None) -> Language:
        """Return the language, or the default one for an unknown code, in the reader's zone."""
        return Language(
            code if code in LANGUAGES else self.default, zone_of(zone or "") or self.zone
        )
