"""The home of the first screen, the menu, help and the choice of a language."""

from collections.abc import Collection, Iterable

from domain.entities.people import Caller
from domain.programs.model import LANGUAGES, JoiningMode, Program, Programs
from handlers.ui.articles import article_rows
from handlers.ui.callbacks import ChooseLanguage, Open
from handlers.ui.html import Html, bold, lines, short
from handlers.ui.language import FLAGS, NAMES, Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.sections import (
    NEWS,
    Entry,
    OpenSection,
    Section,
    entries_for,
    in_twos,
    title_of,
    unopened,
)

NEW = " 🆕"


def welcome_screen(language: Language, caller: Caller, programs: Programs) -> Screen:
    """Return what somebody sees who is no partner: what this is, and a way for each visitor."""
    program = next(iter(programs.values()))
    texts, say = program.text(language.code), language.say
    is_client = caller.client_id is not None
    text = lines(
        say("👋 Hello, {name}!", name=short(caller.person.name, 60)),
        "",
        say("<b>{title}</b>", title=texts.title),
        texts.summary,
        "",
        say("You are registered as a client; you can be a partner, too.")
        if is_client
        else _invitation(language, program),
        None
        if is_client
        else say("🎁 <b>Somebody invited you?</b> Open the link that you got from that person."),
    )
    hidden = {"language", NEWS}
    entries = [entry for entry in entries_for(caller, programs) if entry.screen not in hidden]
    first = [entry for entry in entries if entry.screen == "join"]
    others = [entry for entry in entries if entry.screen != "join"]
    rows = (*((_button(language, entry),) for entry in first), *_rows(language, others))
    return Screen(text, (*rows, _flags()))


def _invitation(language: Language, program: Program) -> Html:
    if program.joining is JoiningMode.APPLICATION:
        return language.say(
            "🤝 <b>Want to earn?</b> Fill in the application: it takes about five minutes."
        )
    return language.say("🤝 <b>Want to earn?</b> Two more presses, and you have your link.")


def menu_screen(
    language: Language, caller: Caller, programs: Programs, opened: Collection[str] = ()
) -> Screen:
    """Return a partner's menu: what is used most, and the sections with everything.

    A section is marked while something new in it was not opened yet (R47).
    """
    entries = entries_for(caller, programs)
    front = [entry for entry in entries if entry.is_front]
    doors: list[Button] = []
    for section in Section:
        inside = [entry for entry in entries if entry.section is section]
        if len(inside) == 1 and not inside[0].is_front:
            doors.append(_button(language, inside[0], opened))
        elif inside:
            opens = OpenSection(section=section.value)
            mark = NEW if unopened(inside, opened) else ""
            doors.append(Button(f"{title_of(section, language)}{mark}", opens))
    rows = (*_rows(language, front, opened), *in_twos(doors))
    return Screen(language.say("📋 <b>Menu</b>\nWhat would you like to see?"), rows)


def section_screen(
    language: Language,
    caller: Caller,
    programs: Programs,
    section: Section,
    opened: Collection[str] = (),
) -> Screen:
    """Return what a section of the menu has for this person."""
    rows = (
        *_rows(language, entries_for(caller, programs, section), opened),
        (Button(language.say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(bold(title_of(section, language)), rows)


def _rows(language: Language, entries: Iterable[Entry], opened: Collection[str] = ()) -> Rows:
    return in_twos([_button(language, entry, opened) for entry in entries])


def _button(language: Language, entry: Entry, opened: Collection[str] = ()) -> Button:
    mark = NEW if unopened([entry], opened) else ""
    return Button(f"{entry.words(language.say)}{mark}", entry.opens)


def language_screen(language: Language) -> Screen:
    """Return the choice of a language."""
    rows = tuple(
        (Button(f"{FLAGS[code]} {NAMES[code]}", ChooseLanguage(language=code)),)
        for code in LANGUAGES
    )
    return Screen(language.say("🌐 Choose your language:"), rows)


def _flags() -> tuple[Button, ...]:
    return tuple(Button(FLAGS[code], ChooseLanguage(language=code)) for code in LANGUAGES)


def help_screen(language: Language, caller: Caller) -> Screen:
    """Return what the bot can do for this person."""
    say = language.say
    common = (
        say("/menu — all screens"),
        say("/calc — what you would earn"),
        say("/settings — notices, quiet hours, time zone"),
        say("/language — choose a language"),
        say("/privacy — what is stored about you"),
        say("/support — ask the vendor"),
        say("/cancel — leave a form"),
    )
    if caller.membership is None:
        text = lines(
            say("❓ <b>Help</b>"),
            say("Here you get a link, bring clients and earn from what they pay."),
            "",
            say("/join — become a partner"),
            say("/my — your data as a client"),
            *common,
        )
        join = (Button(say("🤝 Become a partner"), Open(screen="join")),)
        return Screen(text, (*article_rows(language, caller), join))
    text = lines(
        say("❓ <b>Help</b>"),
        say(
            "Share your link: when somebody registers through it and pays, you earn a commission."
        ),
        "",
        say("/link — your link and QR code"),
        say("/stats — visits, registrations and earnings over time"),
        say("/referrals — whom you brought"),
        say("/claim — why a client is not here, or: this client is mine"),
        say("/clients — clients you named in advance by their account"),
        say("/payments — what they paid and what you earned"),
        say("/balance — your money"),
        say("/withdraw — ask for a pay-out"),
        say("/payouts — your pay-outs"),
        say("/convert — turn earnings into service credit, with a bonus"),
        say("/tier — your rate and the way to the next tier"),
        say("/tickets — your clients’ questions"),
        say("/profile — your name and account; leaving the program"),
        say("/export — your tables as files"),
        *common,
    )
    menu = (Button(say("📋 Menu"), Open(screen="menu")),)
    why: Rows = ()
    if caller.is_partner_admin:
        why = ((Button(say("🔎 Why is my client not here?"), Open(screen="why")),),)
    return Screen(text, (*why, *article_rows(language, caller), menu))
