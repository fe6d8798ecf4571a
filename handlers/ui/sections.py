"""The home of the menu's contents: every screen has one line here, in its section.

To add a screen to the menu, add one ``Entry`` to ``ENTRIES``: its section, the name that ``Open``
opens it by (also its command), its words, who reads it, and the version in which it came.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import Flag, StrEnum, auto

from aiogram.filters.callback_data import CallbackData

from domain.entities.people import Caller
from domain.programs.model import JoiningMode, Program, Programs
from handlers.ui.callbacks import ClientCard, Open
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows

Say = Callable[..., Html]
Words = Callable[[Say], Html]


class Section(StrEnum):
    """A part of the menu."""

    PROMOTION = "promotion"
    CLIENTS = "clients"
    MONEY = "money"
    PARTNERSHIP = "partnership"
    PERSON = "person"
    HELP = "help"


class Reader(Flag):
    """Whom an entry is for; a person may be several."""

    OUTSIDER = auto()
    """Belongs to no partner: a newcomer, a client."""
    CLIENT = auto()
    """Is a client; may be a partner's member, too."""
    USER = auto()
    ADMIN = auto()
    MEMBER = USER | ADMIN
    EVERYONE = OUTSIDER | MEMBER


class OpenSection(CallbackData, prefix="m"):
    """Open a section of the menu."""

    section: str


def takes_applications(program: Program) -> bool:
    """Test if partners come in by application."""
    return program.joining is JoiningMode.APPLICATION


def _always(_program: Program) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Entry:
    """One button of the menu.

    Attributes:
        section: Where it stands.
        screen: Name that ``Open`` opens it by, and its command.
        words: Says the button's text.
        reader: Whom it is for.
        since: Version in which it came; it is marked new until a person opens it. ``None`` for
            what has always been there.
        is_front: It stands on the first screen, too.
        when: Programs that have it; it is shown where an active one has.
        data: What the button opens where it is no ``Open``.
        if_several: It is shown only where several programs run side by side.
    """

    section: Section
    screen: str
    words: Words
    reader: Reader
    since: str | None = None
    is_front: bool = False
    when: Callable[[Program], bool] = _always
    data: CallbackData | None = None
    if_several: bool = False

    @property
    def opens(self) -> CallbackData:
        """What a press sends."""
        return self.data or Open(screen=self.screen)


S, R = Section, Reader
OF_PARTNERS = R.MEMBER
"""Whose entries are about the program that one works in."""
NEWS = "news"
"""The screen with what is new."""
SECTIONS: dict[Section, Words] = {
    S.PROMOTION: lambda say: say("📣 Promotion"),
    S.CLIENTS: lambda say: say("🗂 Clients"),
    S.MONEY: lambda say: say("💵 Money"),
    S.PARTNERSHIP: lambda say: say("🏅 Partnership"),
    S.PERSON: lambda say: say("⚙️ Settings"),
    S.HELP: lambda say: say("❓ Help"),
}
ENTRIES: tuple[Entry, ...] = (
    # Promotion
    Entry(S.PROMOTION, "link", lambda say: say("🔗 My link"), R.MEMBER, is_front=True),
    Entry(S.PROMOTION, "stats", lambda say: say("📊 Statistics"), R.ADMIN, "0.2", is_front=True),
    Entry(S.PROMOTION, "links", lambda say: say("🔗 My links"), R.MEMBER, "0.2"),
    Entry(S.PROMOTION, "invite", lambda say: say("✉️ Invite a client"), R.ADMIN, "0.2"),
    Entry(S.PROMOTION, "calc", lambda say: say("🧮 Calculator"), R.EVERYONE, "0.2"),
    # Clients
    Entry(S.CLIENTS, "referrals", lambda say: say("👥 Referrals"), R.MEMBER, is_front=True),
    Entry(
        S.CLIENTS,
        "clients",
        lambda say: say("📌 Named clients"),
        R.ADMIN,
        since="0.2",
        when=lambda program: program.pinning is not None,
    ),
    Entry(S.CLIENTS, "why", lambda say: say("🔎 Where is my client?"), R.ADMIN, "0.2"),
    Entry(S.CLIENTS, "claims", lambda say: say("📨 My claims"), R.ADMIN, "0.2"),
    Entry(S.CLIENTS, "tickets", lambda say: say("📨 Clients’ questions"), R.ADMIN, "0.2"),
    Entry(
        S.CLIENTS,
        "renewals",
        lambda say: say("♻️ Renewals"),
        R.ADMIN,
        since="0.2",
        when=lambda program: bool(program.renewal_days),
    ),
    # Money
    Entry(S.MONEY, "balance", lambda say: say("💰 Balance"), R.ADMIN, is_front=True),
    Entry(S.MONEY, "withdraw", lambda say: say("💸 Withdraw"), R.ADMIN),
    Entry(
        S.MONEY,
        "convert",
        lambda say: say("💳 Convert into credit"),
        R.ADMIN,
        "0.2",
        when=lambda program: program.conversion is not None,
    ),
    Entry(S.MONEY, "payments", lambda say: say("🧾 Payments"), R.ADMIN),
    Entry(
        S.MONEY,
        "invoices",
        lambda say: say("🧾 Invoices"),
        R.ADMIN,
        since="0.2",
        when=lambda program: bool(program.price_list),
    ),
    Entry(S.MONEY, "payouts", lambda say: say("📤 Pay-outs"), R.ADMIN),
    Entry(S.MONEY, "export", lambda say: say("📥 Export"), R.ADMIN, "0.2"),
    Entry(S.MONEY, "statements", lambda say: say("🗓 Statements"), R.ADMIN, "0.2"),
    # Partnership
    Entry(
        S.PARTNERSHIP,
        "programs",
        lambda say: say("🔀 My programs"),
        R.MEMBER,
        since="0.2",
        is_front=True,
        if_several=True,
    ),
    Entry(S.PARTNERSHIP, "profile", lambda say: say("🪪 Profile"), R.ADMIN, "0.2"),
    Entry(
        S.PARTNERSHIP,
        "requisites",
        lambda say: say("🏦 Requisites"),
        R.ADMIN,
        since="0.3",
        when=lambda program: program.payout_documents is not None or bool(program.forms),
    ),
    Entry(
        S.PARTNERSHIP,
        "certificate",
        lambda say: say("🎖 Certificate"),
        R.MEMBER,
        since="0.3",
        when=lambda program: program.has_certificate,
    ),
    Entry(S.PARTNERSHIP, "team", lambda say: say("👥 Team"), R.MEMBER, "0.2"),
    Entry(S.PARTNERSHIP, "tier", lambda say: say("🏆 My tier"), R.ADMIN),
    Entry(S.PARTNERSHIP, "rules", lambda say: say("📜 Rules"), R.MEMBER),
    Entry(S.PARTNERSHIP, "terms", lambda say: say("⚖️ Changes of the rules"), R.ADMIN, "0.2"),
    Entry(S.PARTNERSHIP, "join", lambda say: say("🤝 Become a partner"), R.OUTSIDER),
    Entry(
        S.PARTNERSHIP,
        "documents",
        lambda say: say("📄 Papers to join"),
        R.OUTSIDER,
        when=takes_applications,
    ),
    # Settings
    Entry(
        S.PERSON,
        "promo",
        lambda say: say("🎁 My promo code"),
        R.CLIENT,
        "0.2",
        when=lambda program: program.promo is not None,
    ),
    Entry(S.PERSON, "my", lambda say: say("🙋 My data"), R.CLIENT, data=ClientCard(action="my")),
    Entry(S.PERSON, "settings", lambda say: say("🔔 Notices and time"), R.EVERYONE, "0.2"),
    Entry(S.PERSON, "language", lambda say: say("🌐 Language"), R.EVERYONE),
    Entry(S.PERSON, "privacy", lambda say: say("🔒 My privacy"), R.EVERYONE),
    # Help
    Entry(S.HELP, "support", lambda say: say("💬 Support"), R.EVERYONE, "0.2"),
    Entry(S.HELP, NEWS, lambda say: say("✨ What is new"), R.EVERYONE, "0.2"),
    Entry(S.HELP, "help", lambda say: say("❓ Help"), R.EVERYONE),
)


def reader_of(caller: Caller) -> Reader:
    """Return what the person is."""
    client = Reader(0) if caller.client_id is None else Reader.CLIENT
    if caller.membership is None:
        return Reader.OUTSIDER | client
    return client | (Reader.ADMIN if caller.is_partner_admin else Reader.USER)


def entries_for(caller: Caller, programs: Programs, section: Section | None = None) -> list[Entry]:
    """Return what this person is offered, in order; of one section, or of all.

    A member is offered what the program it works in has: a press never leads to "not here".
    """
    reader = reader_of(caller)
    missing = missing_screens(caller, programs)
    return [
        entry
        for entry in ENTRIES
        if section in (None, entry.section)
        and entry.reader & reader
        and entry.screen not in missing
        and (not entry.if_several or len(programs) > 1)
    ]


def missing_screens(caller: Caller | None, programs: Programs) -> set[str]:
    """Return the screens that no program has in which this person, or anybody, could use them."""
    membership = caller.membership if caller else None
    chosen = programs.get(membership.program or "") if membership else None
    here = programs.values() if chosen is None else (chosen,)
    return {
        entry.screen
        for entry in ENTRIES
        if not any(
            entry.when(program)
            for program in (here if entry.reader & OF_PARTNERS else programs.values())
        )
    }


def in_twos(buttons: Sequence[Button]) -> Rows:
    """Return the buttons two a row."""
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def is_new_screen(screen: str) -> bool:
    """Test if a screen came with a version, so that it is marked until a person opens it."""
    return any(entry.screen == screen and entry.since for entry in ENTRIES)


def unopened(entries: Iterable[Entry], opened: Collection[str]) -> list[Entry]:
    """Return the new ones that a person has not opened yet."""
    return [entry for entry in entries if entry.since and entry.screen not in opened]


def title_of(section: Section, language: Language) -> Html:
    """Return the name of a section."""
    return SECTIONS[section](language.say)
