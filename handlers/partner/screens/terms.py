"""The home of changed terms on a screen: what holds, what comes, what is to be accepted."""

from domain.programs.model import Program
from domain.usecases.terms.accept import TermsView
from handlers.ui.callbacks import Open, ShowProgram, TermsPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Rows, Screen
from handlers.ui.terms_words import changes_of

RULES_LENGTH = 2_000
"""Rules and changes fit into one message; the whole text is a press away."""


def terms_screen(language: Language, view: TermsView) -> Screen:
    """Return the version that holds, what changes when, and the button to accept it."""
    say, program = language.say, view.program
    shown = view.asked or view.coming
    text = lines(
        say("⚖️ <b>Rules of “{title}”</b>", title=program.text(language.code).title),
        _since(language, program),
        say("You accepted version {version}.", version=view.accepted.version)
        if view.accepted.version != program.version or view.asked
        else say("You have accepted them."),
        *(_changes(language, view.accepted, shown) if shown else ()),
        "" if view.is_overdue else None,
        say("Until you accept, you go on earning; pay-outs and conversion wait.")
        if view.is_overdue
        else None,
    )
    return Screen(text, _rows(language, view))


def _since(language: Language, program: Program) -> Html:
    if program.version_date is None:
        return language.say("Version {version} applies.", version=program.version)
    return language.say(
        "Version {version} applies since {date}.",
        version=program.version,
        date=language.day(program.version_date),
    )


def _changes(language: Language, before: Program, after: Program) -> list[Html]:
    say = language.say
    changes = changes_of(language, before, after)
    rules = after.text(language.code).rules
    is_new_text = rules != before.text(language.code).rules
    return [
        Html(""),
        say(
            "<b>Version {version}, from {date}:</b>",
            version=after.version,
            date=language.day(after.version_date) if after.version_date else "—",
        ),
        *(Html(f"• {line}") for line in changes),
        *([Html(""), lines(rules[:RULES_LENGTH])] if is_new_text else []),
    ]


def _rows(language: Language, view: TermsView) -> Rows:
    say, key = language.say, view.program.key
    back = (
        Button(say("📜 Rules"), ShowProgram(program=key)),
        Button(say("📋 Menu"), Open(screen="menu")),
    )
    if view.asked is None:
        return (back,)
    press = TermsPress(action="accept", program=key, version=view.asked.version)
    label = say("✅ I accept version {version}", version=view.asked.version)
    return ((Button(label, press),), back)


def payout_account_question(language: Language) -> Screen:
    """Return the question where scheduled pay-outs go."""
    say = language.say
    text = lines(
        say("🏦 Where should your pay-outs go?"),
        say("Send the account as a message, for example an IBAN and the holder’s name."),
    )
    return Screen(text, ((Button(say("✖️ Cancel"), Open(screen="balance")),),))


def payout_account_kept(language: Language, account: str) -> Screen:
    """Return that the account is kept; only its end is repeated."""
    say = language.say
    text = say("👍 Your next pay-out goes to …{end}.", end=account[-4:])
    return Screen(text, ((Button(say("💰 Balance"), Open(screen="balance")),),))
