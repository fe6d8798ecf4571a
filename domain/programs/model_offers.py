"""The home of what a program offers through partners: its price list and its promo (R15, R36)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.entities.partner import LegalForm
from domain.money import Money


class PricePeriod(StrEnum):
    """What a price of the price list is paid for."""

    MONTH = "month"
    YEAR = "year"
    ONCE = "once"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceItem:
    """One line of the price list.

    Attributes:
        key: Stable name, such as ``chat-month``.
        names: What people read, by language; all four are present.
        price: Full price of one.
        period: What it is paid for.
        category: Category of the rate table, or ``None``.
    """

    key: str
    names: Mapping[str, str]
    price: Money
    period: PricePeriod
    category: str | None = None

    def name(self, language: str) -> str:
        """Return the name in the language, else in English, else the key."""
        return self.names.get(language) or self.names.get("en") or self.key


@dataclass(frozen=True, slots=True, kw_only=True)
class PromoTerms:
    """What a program gives to the clients that partners bring (R36).

    Attributes:
        bonuses: How many.
        unit: What they are called, by language.
        valid_days: Days of 24 hours from the activation.
        legal_forms: Of clients that get one.
        remind_days: How many days before they lapse clients are reminded, most first.
    """

    bonuses: int
    unit: Mapping[str, str]
    valid_days: int
    legal_forms: tuple[LegalForm, ...]
    remind_days: tuple[int, ...] = ()

    def unit_name(self, language: str) -> str:
        """Return what the bonuses are called in a language."""
        return self.unit.get(language) or self.unit["en"]
