"""The home of a program: the rules a vendor offers to partners, as one immutable record."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from domain.entities.partner import LegalForm
from domain.entities.payout_document import PayoutDocumentTerms
from domain.entities.questionnaire import EMPLOYEE_FIELDS, Country, FieldKind, PaperKind
from domain.money import Money, Rate

ANY = "*"
FIRST = "first"
NO_RATE = Rate(0)
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


class TierBasis(StrEnum):
    """What is counted for the tier (R9)."""

    PAYING_CLIENTS = "paying_clients"
    ACTIVE_CLIENTS = "active_clients"


class Acceptance(StrEnum):
    """What partners do about changed terms (R30)."""

    NOTICE = "notice"
    AGAIN = "again"


class PayoutSchedule(StrEnum):
    """When pay-outs are made: as partners ask, or by themselves after a month or a quarter."""

    ON_REQUEST = "on_request"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Settlement(StrEnum):
    """Who collects the client's money (R15)."""

    DIRECT = "direct"
    VIA_PARTNER = "via_partner"


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLevel:
    """A named level of partner that holds from a number of counted clients.

    Attributes:
        key: Stable name, such as ``plus``.
        from_clients: The first count at which the tier holds; at least 1.
    """

    key: str
    from_clients: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """One row of the rate table; ``*`` matches anything (R7).

    Attributes:
        category: Category of the payment line, or ``*``.
        tier: Tier key, or ``*``.
        settlement: ``direct``, ``via_partner`` or ``*``.
        payment: ``first`` for the payment that makes a client a paying one, or ``*``.
        from_month: The row holds from ``registered_at`` plus so many calendar months.
        rate: The partner's share; 0 where the row gives a fixed amount.
        amount: A fixed amount for the whole payment instead of a share, or ``None``.
    """

    category: str = ANY
    tier: str = ANY
    settlement: str = ANY
    payment: str = ANY
    from_month: int = 0
    rate: Rate = NO_RATE
    amount: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion:
    """How earnings turn into service credit (R20).

    Attributes:
        bonus: Share added on top.
        bonus_base: ``payment`` (of the underlying client payments) or ``amount``.
    """

    bonus: Rate
    bonus_base: str


class Unconfirmed(StrEnum):
    """What a partner is left with where a known client did not confirm it (R23)."""

    COMMISSION_ONLY = "commission_only"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinning:
    """How clients are named in advance by the id of their account (R23).

    Attributes:
        per_day: How many accounts a partner may name in 24 hours.
        confirm_days: How many days a known client has for its answer.
        after_refusal: What the partner is left with when the client says no.
        after_silence: The same when it does not answer.
        account_format: A regular expression of an account id, ``None`` for any id.
        account_example: An id of that kind, shown to who mistyped one.
    """

    per_day: int = 20
    confirm_days: int = 7
    after_refusal: Unconfirmed = Unconfirmed.REFUSED
    after_silence: Unconfirmed = Unconfirmed.REFUSED
    account_format: str | None = None
    account_example: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestions:
    """What applicants of one legal form are asked for (R32).

    Attributes:
        country: Whose rules numbers and phones follow; ``None`` where none is stated.
        fields: Whether each field is required, in the order of the form.
        papers: Whether each paper is required.
        employee_papers: What proves that an employee may file; empty where none may.
    """

    country: Country | None = None
    fields: Mapping[FieldKind, bool] = field(default_factory=dict)
    papers: Mapping[PaperKind, bool] = field(default_factory=dict)
    employee_papers: tuple[PaperKind, ...] = ()

    def fields_for(self, *, by_employee: bool) -> Mapping[FieldKind, bool]:
        """Return what is asked of this applicant, whether each is required."""
        if not by_employee or not self.employee_papers:
            return self.fields
        asked = dict(self.fields) | dict.fromkeys(EMPLOYEE_FIELDS, True)
        return {kind: asked[kind] for kind in FieldKind if kind in asked}

    def papers_for(self, *, by_employee: bool) -> Mapping[PaperKind, bool]:
        """Return which papers are asked of this applicant, whether each is required."""
        if not by_employee:
            return self.papers
        return {**self.papers, **dict.fromkeys(self.employee_papers, True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsTerms:
    """How the originals of papers travel once the scans are accepted (R33).

    Attributes:
        operator_id: The vendor's id with its operator of e-documents; empty where it has none.
        address: Where courier and post bring them; empty where only e-documents are taken.
        receiver: The person who receives them there.
        before_approval: An application is approved only when they are there.
    """

    operator_id: str = ""
    address: str = ""
    receiver: str = ""
    before_approval: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationTerms:
    """How a program handles applications (R30-R34).

    Attributes:
        contract_number: Format of contract numbers: ``{year}``, and ``{n}`` within the year.
        review_days: Days in which staff promise to decide.
        reapply_days: Days after a rejection before the same application can be sent again.
        draft_days: Days after which a draft that nobody touched is deleted.
        originals: How originals travel; ``None`` where scans are enough.
    """

    contract_number: str = "{year}-{n}"
    review_days: int = 3
    reapply_days: int = 0
    draft_days: int = 90
    originals: OriginalsTerms | None = None


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
class LegalFormTerms:
    """What a program states of partners of one legal form (R21).

    Attributes:
        form: The legal form.
        is_paid_out: Whether such a partner may ask for pay-outs and conversion into money.
        settlements: Ways in which the money of its clients may travel; a payment of another
            way earns nothing, reason ``legal_form``.
        questions: What an applicant is asked for.
    """

    form: LegalForm
    is_paid_out: bool = True
    settlements: frozenset[Settlement] = frozenset(Settlement)
    questions: FormQuestions = FormQuestions()


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
    application: ApplicationTerms = ApplicationTerms()
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
        return datetime.combine(self.version_date, time(), UTC) if self.version_date else None

    @property
    def is_to_accept(self) -> bool:
        """Whether partners accept this version again where it is not their first."""
        return self.acceptance is Acceptance.AGAIN

    def at(self, instant: datetime) -> "Program":
        """Return the terms that held at an instant; before the first ones, the first (R8)."""
        held = [
            terms
            for terms in self.versions
            if terms.holds_from is None or terms.holds_from <= instant
        ]
        return held[-1] if held else self.versions[0] if self.versions else self

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
