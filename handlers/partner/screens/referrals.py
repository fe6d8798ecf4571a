"""The home of a partner's two lists, registrations and payments, and of narrowing them down."""

from dataclasses import dataclass
from datetime import datetime

from domain.entities.filters import Choice, Standing
from domain.entities.page import Page
from domain.entities.views import PaymentRow, ReferralRow
from domain.ids import encode
from domain.money import Money
from handlers.partner.callbacks import Export, ListTool, OpenList, OpenReferral
from handlers.ui.callbacks import Open, Why
from handlers.ui.html import Html, bold, lines, safe, short
from handlers.ui.language import Language
from handlers.ui.marks import earned_nothing
from handlers.ui.periods import chosen_name
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.why import client_name, in_rows

NAME_LENGTH = 40
ALL_TIME = "all"
LETTERS = {Standing.ANY: "", Standing.ACTIVE: "a", Standing.INACTIVE: "i"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """How a list is shown.

    Attributes:
        choice: What it is narrowed down to.
        is_first: It is the first page.
        is_admin: The reader sees money, too (R35).
    """

    choice: Choice
    is_first: bool
    is_admin: bool

    @property
    def is_narrowed(self) -> bool:
        """Test if rows may be missing by the reader's own choice."""
        return self.choice != Choice()

    @property
    def found(self) -> str:
        """What a button says of a search."""
        return "1" if self.choice.search else ""


def referral_status(
    language: Language, earns_until: datetime | None, deleted_at: datetime | None, now: datetime
) -> Html:
    """Return mark and word of whether a referral earns, and until when."""
    say = language.say
    if deleted_at is not None:
        return say("⚪️ deleted")
    if earns_until is None:
        return say("🟢 active")
    if now < earns_until:
        return say("🟢 active until {date}", date=language.date(earns_until))
    return say("⚪️ inactive since {date}", date=language.date(earns_until))


def referrals_screen(
    language: Language, page: Page[ReferralRow], shelf: Shelf, now: datetime
) -> Screen:
    """Return a page of registrations; each opens by its number."""
    say = language.say
    why = Button(say("🔎 Why is my client not here?"), Open(screen="why"))
    ask: Rows = ((why,),) if shelf.is_admin else ()
    if not page.rows and shelf.is_first and not shelf.is_narrowed:
        text = lines(
            say("👥 <b>Referrals</b>"),
            say("Nobody has registered through your link yet. Share it: that is all it takes."),
        )
        return Screen(text, ((Button(say("🔗 My link"), Open(screen="link")),), *ask))
    rows = [
        lines("", Html(f"{number}. {_referral(language, row, now)}"))
        for number, row in enumerate(page.rows, 1)
    ]
    text = lines(
        say("👥 <b>Referrals</b>"),
        _narrowed(language, shelf),
        say("Nothing was found.") if not page.rows else None,
        *rows,
    )
    choice = shelf.choice
    opened = [
        Button(
            str(number),
            OpenReferral(
                id=encode(row.id),
                period=choice.period,
                standing=LETTERS[choice.standing],
                found=shelf.found,
            ),
        )
        for number, row in enumerate(page.rows, 1)
    ]
    numbers = tuple(tuple(opened[at : at + 4]) for at in range(0, len(opened), 4))
    return Screen(text, (*numbers, *ask, *_tools(language, "r", shelf, page)))


def _referral(language: Language, row: ReferralRow, now: datetime) -> Html:
    say = language.say
    contacts = " · ".join(short(text, NAME_LENGTH) for text in (row.email, row.phone) if text)
    accounts = language.say_many("{count} account", "{count} accounts", row.accounts)
    return lines(
        bold(client_name(language, row.client_name)),
        contacts or None,
        say(
            "{date} · {accounts} · {status}",
            date=language.date(row.registered_at),
            accounts=accounts,
            status=referral_status(language, row.earns_until, row.deleted_at, now),
        ),
    )


def payments_screen(language: Language, page: Page[PaymentRow], shelf: Shelf) -> Screen:
    """Return a page of payments with what each earned."""
    say = language.say
    if not page.rows and shelf.is_first and not shelf.is_narrowed:
        text = lines(
            say("🧾 <b>Payments</b>"),
            say("Your referrals have not paid yet. You will be told of every payment."),
        )
        return Screen(text, ((Button(say("👥 Referrals"), Open(screen="referrals")),),))
    rows = [
        lines("", payment_lines(language, row, number=number))
        for number, row in enumerate(page.rows, start=1)
    ]
    whys = [
        Button(f"❓ {number}", Why(what="payment", id=row.id))
        for number, row in enumerate(page.rows, start=1)
        if row.commission_currency
    ]
    text = lines(
        say("🧾 <b>Payments</b>"),
        _narrowed(language, shelf),
        say("Nothing was found.") if not page.rows else None,
        say("Press a number: why this sum?") if whys else None,
        *rows,
    )
    return Screen(text, (*in_rows(whys), *_tools(language, "p", shelf, page)))


def payment_lines(
    language: Language, row: PaymentRow, *, is_named: bool = True, number: int | None = None
) -> Html:
    """Return one payment: whose, when, how much, and what it earned or why not."""
    say = language.say
    earned = (
        say(
            "you earned <b>{amount}</b>",
            amount=Money(row.commission_minor, row.commission_currency),
        )
        if row.commission_currency
        else say("nothing earned: {reason}", reason=earned_nothing(language, row.reason) or "—")
    )
    account = f" · {short(row.account_name, NAME_LENGTH)}" if row.account_name else ""
    refunded = Money(row.refunded, row.currency)
    place = "" if number is None else f"{number}. "
    return lines(
        Html(f"{place}{bold(client_name(language, row.client_name))}{safe(account)}")
        if is_named
        else None,
        say(
            "{date} · paid {amount} · {earned}",
            date=language.date(row.paid_at),
            amount=Money(row.minor, row.currency),
            earned=earned,
        ),
        say("refunded {amount}", amount=refunded) if row.refunded else None,
    )


def _narrowed(language: Language, shelf: Shelf) -> Html | None:
    """Return what the list is narrowed down to, ``None`` for everything."""
    choice = shelf.choice
    parts = [chosen_name(language, choice.period)] if choice.period != ALL_TIME else []
    if choice.search:
        parts.append(f"🔍 {short(choice.search, NAME_LENGTH)}")
    return safe(" · ".join(parts)) if parts else None


def _tools(
    language: Language, tab: str, shelf: Shelf, page: Page[ReferralRow] | Page[PaymentRow]
) -> Rows:
    """Return pages, tabs, filters, and the ways on."""
    say, choice = language.say, shelf.choice
    letter = LETTERS[choice.standing]
    turns = []
    if not shelf.is_first:
        newest = OpenList.of(tab, choice, is_search=bool(choice.search))
        turns.append(Button(say("⏮ Newest"), newest))
    if page.following is not None:
        older = OpenList.of(tab, choice, page.following, is_search=bool(choice.search))
        turns.append(Button(say("Older ▶️"), older))
    tool = ListTool(action="period", tab=tab, period=choice.period, standing=letter)
    period = (
        say("📅 All time")
        if choice.period == ALL_TIME
        else f"📅 {chosen_name(language, choice.period)}"
    )
    search = ListTool(action="search", tab=tab, period=choice.period, standing=letter)
    ways: tuple[Button, ...] = (Button(say("📋 Menu"), Open(screen="menu")),)
    if shelf.is_admin:
        kind = "registrations" if tab == "r" else "payments"
        ways = (Button(say("📥 Export"), Export(kind=kind, period=choice.period)), *ways)
    everything: tuple[Button, ...] = ()
    if shelf.is_narrowed:
        everything = (Button(say("✖️ Show everything"), OpenList(tab=tab)),)
    return (
        tuple(turns),
        _tabs(language, tab, shelf),
        _standings(language, tab, shelf),
        (Button(period, tool), Button(say("🔍 Search"), search)),
        everything,
        ways,
    )


def _tabs(language: Language, tab: str, shelf: Shelf) -> tuple[Button, ...]:
    """Return the two tabs; who sees no money has one and needs none."""
    if not shelf.is_admin:
        return ()
    say = language.say
    names = {"r": say("👥 Registrations"), "p": say("🧾 Payments")}
    plain = Choice(period=shelf.choice.period, search=shelf.choice.search)
    return tuple(
        Button(
            f"• {name}" if key == tab else name,
            OpenList.of(key, plain, is_search=bool(plain.search)),
        )
        for key, name in names.items()
    )


def _standings(language: Language, tab: str, shelf: Shelf) -> tuple[Button, ...]:
    say, choice = language.say, shelf.choice
    names = {
        Standing.ANY: say("All"),
        Standing.ACTIVE: say("🟢 Active") if tab == "r" else say("🟢 Earned"),
        Standing.INACTIVE: say("⚪️ Inactive") if tab == "r" else say("⚪️ Earned nothing"),
    }
    return tuple(
        Button(
            f"• {name}" if standing is choice.standing else name,
            OpenList.of(
                tab,
                Choice(period=choice.period, standing=standing, search=choice.search),
                is_search=bool(choice.search),
            ),
        )
        for standing, name in names.items()
    )


def search_question(language: Language, tab: str) -> Screen:
    """Return the question what to search for."""
    say = language.say
    text = lines(
        say("🔍 <b>Search</b>"),
        say("Send a client’s name, e-mail, phone or ID.")
        if tab == "r"
        else say("Send a client’s name, e-mail or ID, or the ID of a payment."),
    )
    return Screen(text, ((Button(say("✖️ Cancel"), OpenList(tab=tab)),),))
