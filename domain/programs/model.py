"""The home of a program: the rules a vendor offers to partners, as one immutable record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import lru_cache

from domain.entities.partner import LegalForm
from domain.entities.payout_document import PayoutDocumentTerms
from domain.money import Money, Rate
from domain.programs.model_joining import ApplicationTerms, LegalFormTerms
from domain.programs.model_offers import PriceItem, PromoTerms
from domain.programs.model_pinning import Pinning
from domain.programs.model_rates import (
    ANY,
    NO_RATE,
    Conversion,
    RateRow,
    TierBasis,
    TierLevel,
)

LANGUAGES = ("en", "ru", "uk", "bg")
SIGNALS = (
    "shared_account",
    "payout_takeover",
    "velocity",
    "click_flood",
    "last_second",
    "refund_rate",
    "refunded_after_payout",
)
"""Signals of fraud that a program may let open a hold by themselves."""
STRONG_SIGNALS = frozenset({"payout_takeover", "refund_rate", "refunded_after_payout"})
"""Those that do where the program says nothing; none tells one partner anything of another."""


class JoiningMode(StrEnum):
    """How a partner comes in (R30)."""

    ACCEPT_RULES = "accept_rules"
    APPLICATION = "application"


class AttributionModel(StrEnum):
    """Which of several partners gets the client (R2)."""

    FIRST_CLICK = "first_click"
    LAST_CLICK = "last_click"


class Acceptance(StrEnum):
    """What partners do about changed terms (R30)."""

    NOTICE = "notice"
    AGAIN = "again"


class PayoutSchedule(StrEnum):
    """When pay-outs are made: as partners ask, or by themselves after a month or a quarter."""

    ON_REQUEST = "on_request"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


@lru_cache
def _start_of(day: date) -> datetime:
    """Return the first instant of a day in UTC; each payment asks for those of all versions."""
    return datetime.combine(day, time(), UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramTexts:
    """What people read about the program, in one language.

    Attributes:
        title: Name of the program.
        summary: One or two sentences for the first screen.
        rules: What a partner accepts.
        client_offer: What the invited client gets; may be empty.
        excluded_promotion: Forbidden ways of promotion; may be empty.
        tiers: Name of each tier by its key.
        categories: Name of each category of the rate table.
    """

    title: str
    summary: str
    rules: str
    client_offer: str = ""
    excluded_promotion: str = ""
    tiers: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """One program with the terms that hold now.

    Attributes:
        key: Stable name, such as ``saas-tiers``.
        currency: Currency of commissions and balances.
        version: Version of the terms; grows with each published change.
        version_date: The day from which this version holds.
        announce_days: How many days before it holds a changed version is told at least (R30).
        acceptance: Whether partners only read changed terms, or accept them again.
        joining: How partners come in.
        forms: The legal forms that are admitted, as the program file orders them; empty where
            the program never asks (R30).
        application: How applications are handled, where partners come in by them (R30).
        window_days: Attribution window; ``None`` means no limit (R1).
        model: First or last click (R2).
        tier_basis: What is counted for tiers.
        tiers: Levels, lowest first; may be empty.
        duration_months: How long a client earns; ``None`` means as long as it pays (R10).
        hold_days: Days between payment and payable commission (R14).
        rates: The rate table; empty means that nothing is earned.
        price_list: What partners may order for their clients, collecting the price themselves
            (R15); empty where the program has no such orders.
        invoice_due_days: In how many days a partner is asked to pay an invoice.
        minimum_payment: Smaller payments earn nothing; ``None`` means that there is no least one.
        payment_cap: The most that one payment earns; ``None`` means that there is none.
        client_cap: The most that one client earns in all.
        month_cap: The most that all clients together earn by payments of a calendar month in UTC.
        tax: A tax that payments include and of which there is no share.
        payout_minimum: Least amount of a pay-out request (R18).
        payout_schedule: When pay-outs are made.
        payout_day: Day of the month on which a scheduled pay-out is made.
        conversion: Conversion into credit, or ``None`` when the program has none.
        fraud_holds: Kinds of signals that open a hold by themselves; others only together.
        claim_days: Days in which staff promise to decide a claim.
        claims_per_day: How many claims a partner may open in 24 hours.
        client_first_to_partner: A client's question goes first to its partner (R46).
        renewal_days: How many days ahead partners are reminded of services that end, most
            first; empty means never (R45).
        pinning: How clients are named in advance; ``None`` where they are not (R23).
        free_products: A partner uses the vendor's products free while it has an active client
            (R25).
        promo: What clients that are brought get, or ``None`` (R36).
        landing_url: Where ``/r/CODE`` sends a visitor; ``None`` takes the one of the config.
        payout_documents: What is made out for a pay-out; ``None`` where nothing is (R22).
        has_certificate: An active partner may have a certificate (R43).
        texts: By language; all four are present.
        versions: Every published version of the terms by its day, this one among them; empty
            where only this one is known.
    """

    key: str
    currency: str
    version: int = 1
    version_date: date | None = None
    announce_days: int = 0
    acceptance: Acceptance = Acceptance.NOTICE
    joining: JoiningMode = JoiningMode.ACCEPT_RULES
    forms: tuple[LegalFormTerms, ...] = ()
    application: ApplicationTerms = field(default_factory=ApplicationTerms)
    window_days: int | None = None
    model: AttributionModel = AttributionModel.FIRST_CLICK
    tier_basis: TierBasis = TierBasis.PAYING_CLIENTS
    tiers: tuple[TierLevel, ...] = ()
    duration_months: int | None = None
    hold_days: int = 0
    rates: tuple[RateRow, ...] = ()
    price_list: tuple[PriceItem, ...] = ()
    invoice_due_days: int = 7
    minimum_payment: Money | None = None
    payment_cap: Money | None = None
    client_cap: Money | None = None
    month_cap: Money | None = None
    tax: Rate = NO_RATE
    payout_minimum: Money
    payout_schedule: PayoutSchedule = PayoutSchedule.ON_REQUEST
    payout_day: int = 1
    conversion: Conversion | None = None
    fraud_holds: frozenset[str] = STRONG_SIGNALS
    claim_days: int = 14
    claims_per_day: int = 5
    client_first_to_partner: bool = False
    renewal_days: tuple[int, ...] = ()
    pinning: Pinning | None = None
    free_products: bool = False
    promo: PromoTerms | None = None
    landing_url: str | None = None
    payout_documents: PayoutDocumentTerms | None = None
    has_certificate: bool = False
    texts: Mapping[str, ProgramTexts]
    versions: tuple["Program", ...] = ()

    @property
    def holds_from(self) -> datetime | None:
        """The first instant of this version, in UTC; ``None`` for one that was never dated."""
        return _start_of(self.version_date) if self.version_date else None

    @property
    def is_to_accept(self) -> bool:
        """Whether partners accept this version again where it is not their first."""
        return self.acceptance is Acceptance.AGAIN

    def at(self, instant: datetime) -> "Program":
        """Return the terms that held at an instant; before the first ones, the first (R8)."""
        if len(self.versions) <= 1:
            return self.versions[0] if self.versions else self
        held = [
            terms
            for terms in self.versions
            if terms.holds_from is None or terms.holds_from <= instant
        ]
        return held[-1] if held else self.versions[0]

    def to_accept(self, instant: datetime) -> "Program | None":
        """Return the latest terms in force that partners have to accept again (R30)."""
        asked = [
            terms
            for terms in self.versions[1:]
            if terms.is_to_accept and (terms.holds_from is None or terms.holds_from <= instant)
        ]
        return asked[-1] if asked else None

    def text(self, language: str) -> ProgramTexts:
        """Return the texts in the language, or in English where it is unknown."""
        return self.texts.get(language) or self.texts["en"]

    def tier_name(self, key: str | None, language: str) -> str:
        """Return the name that a reader sees for a tier; the key where none is written."""
        return self.text(language).tiers.get(key or "", key or "")

    def item(self, key: str) -> PriceItem | None:
        """Return an item of the price list."""
        return next((item for item in self.price_list if item.key == key), None)

    def form(self, form: LegalForm | None) -> LegalFormTerms | None:
        """Return what holds for partners of a legal form; ``None`` where nothing is stated."""
        return next((terms for terms in self.forms if terms.form is form), None)

    @property
    def categories(self) -> tuple[str, ...]:
        """Return the categories that the rate table names, in its order."""
        return tuple(dict.fromkeys(row.category for row in self.rates if row.category != ANY))

    def category_name(self, key: str, language: str) -> str:
        """Return the name that a reader sees for a category; the key where none is written."""
        return self.text(language).categories.get(key, key)


Programs = Mapping[str, Program]
"""The active programs by key."""
