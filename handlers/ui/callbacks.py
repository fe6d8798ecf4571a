"""The home of button values: ids only, and every press reads the world anew."""

from datetime import UTC, datetime, timedelta

from aiogram.filters.callback_data import CallbackData

from domain.entities.audit import AuditFilter, AuditGroup
from domain.entities.views import Cursor

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Open(CallbackData, prefix="o"):
    """Open a screen by name."""

    screen: str


class OpenPage(CallbackData, prefix="p"):
    """Open a list after a row: its instant in microseconds and its id; zeros are the start."""

    screen: str
    at: int = 0
    id: int = 0

    @classmethod
    def after(cls, screen: str, cursor: Cursor | None) -> "OpenPage":
        """Return the value of a button that opens the page at the cursor."""
        if cursor is None:
            return cls(screen=screen)
        return cls.at_instant(screen, cursor.at, cursor.id)

    @classmethod
    def at_instant(cls, screen: str, at: datetime, id_: int) -> "OpenPage":
        """Return the value of a button that opens the page after this instant and id."""
        return cls(screen=screen, at=(at - _EPOCH) // timedelta(microseconds=1), id=id_)

    def cursor(self) -> Cursor | None:
        """Return the place in the list, ``None`` for the start or for what is no place."""
        try:
            at = _EPOCH + timedelta(microseconds=self.at)
        except OverflowError:
            return None
        return Cursor(at, self.id) if self.at else None


def place_of(value: Open | OpenPage | None) -> Cursor | None:
    """Return the place in a list that a button leads to; a command leads to the start."""
    return value.cursor() if isinstance(value, OpenPage) else None


class Activate(CallbackData, prefix="a"):
    """Accept the rules of a program, of the version that was shown."""

    program: str
    version: int


class TermsPress(CallbackData, prefix="terms"):
    """Show the terms of a program, or accept the version that was shown."""

    action: str
    program: str
    version: int = 0


class ShowProgram(CallbackData, prefix="rules"):
    """Show the rules of a program."""

    program: str


class ChooseEnrolment(CallbackData, prefix="enrol"):
    """Work in this enrolment from now on."""

    enrolment_id: int


class ChooseLanguage(CallbackData, prefix="l"):
    """Read in this language from now on."""

    language: str


class Calculate(CallbackData, prefix="q"):
    """Calculate by a program, named by its place, with so many clients and such a bill."""

    place: int
    clients: int = 0
    minor: int = 0


class PayoutForm(CallbackData, prefix="w"):
    """A step of the pay-out form; ``key`` names the confirmation."""

    step: str
    key: str = ""


class OwnPayout(CallbackData, prefix="y"):
    """A partner's own pay-out."""

    action: str
    payout_id: int


class PayoutCard(CallbackData, prefix="c"):
    """A press on a pay-out's card in the admin chat."""

    action: str
    payout_id: int
    reason: str = ""


class ConvertForm(CallbackData, prefix="cv"):
    """A step of the conversion form; ``key`` names the confirmation or is an amount."""

    step: str
    key: str = ""
    page: int = 0


class Why(CallbackData, prefix="why"):
    """Why this sum: of a commission, payment, pay-out or conversion; asked by partner or staff."""

    what: str
    id: int
    page: int = 0
    side: str = "p"


class AdjustCard(CallbackData, prefix="adj"):
    """A press under an adjustment of a balance."""

    action: str
    adjustment_id: int


class PaidDay(CallbackData, prefix="pd"):
    """The bank's date of a pay-out, as ISO writes it."""

    payout_id: int
    day: str


class PayoutBatch(CallbackData, prefix="pl"):
    """A press about a list of pay-outs; a program and currency are named by a short hash."""

    action: str
    id: int = 0
    group: str = ""


class QueueCard(CallbackData, prefix="qu"):
    """A press in the queue of staff: the next of a kind, or its list after a row."""

    action: str
    kind: str = ""
    after: int = 0


class StaffOpen(CallbackData, prefix="so"):
    """Open a screen of the admin chat by name."""

    screen: str


class FoundPage(CallbackData, prefix="fd"):
    """Open a page of what was found; the text that was looked for stands in the message."""

    what: str
    before: int


class FoundCard(CallbackData, prefix="fc"):
    """Open a partner or a client that was found, by our id."""

    what: str
    id: int


class EntryForm(CallbackData, prefix="ef"):
    """Begin to enter a payment of a client, or a refund of a payment, by our id."""

    action: str
    id: int


class EntryCard(CallbackData, prefix="e"):
    """A press under a payment or refund that staff entered."""

    action: str
    entry_id: str


class StaffCard(CallbackData, prefix="s"):
    """A press in the list of staff."""

    action: str
    person_id: int = 0
    role: str = ""


class ClientCard(CallbackData, prefix="n"):
    """A press of a client about itself."""

    action: str


class BroadcastCard(CallbackData, prefix="b"):
    """A press on the card of a broadcast; ``value`` is what was chosen."""

    action: str
    id: int = 0
    value: str = ""


class AuditPlace(CallbackData, prefix="u"):
    """A page of the audit trail: after which row, about whom, which kind of action."""

    action: str = "page"
    before: int = 0
    about: str = ""
    group: str = ""

    @classmethod
    def of(
        cls,
        wanted: AuditFilter,
        *,
        group: AuditGroup | None,
        before: int = 0,
        action: str = "page",
    ) -> "AuditPlace":
        """Return the value of a button that opens what is wanted, with another kind of action."""
        about = ""
        if wanted.partner_id is not None:
            about = f"p{wanted.partner_id}"
        elif wanted.actor is not None:
            about = f"w{wanted.actor}"
        elif wanted.client_id is not None:
            about = f"c{wanted.client_id}"
        return cls(action=action, before=before, about=about, group=group.value if group else "")


class ReportPlace(CallbackData, prefix="j"):
    """A program's report over a period, or the question for another one."""

    action: str = "show"
    period: str = ""
    program: str = ""
