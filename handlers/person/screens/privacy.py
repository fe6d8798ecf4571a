"""The home of the screens of privacy: what is stored, taking it out, leaving."""

from domain.giving_up import MoneyLeft
from domain.usecases.clients.show_own import OwnData
from handlers.ui.callbacks import ClientCard, Open
from handlers.ui.callbacks_applications import ApplicationPress
from handlers.ui.callbacks_papers import EmailPress
from handlers.ui.callbacks_person import GiveUpPress, PrivacyCard, Settings
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.own_data import own_data_text
from handlers.ui.refusals_person import amounts_left
from handlers.ui.screen import Button, Screen


def privacy_screen(language: Language, data: OwnData) -> Screen:
    """Return what is stored about a person and what it can do about it."""
    say = language.say
    rows: list[tuple[Button, ...]] = [
        (
            Button(say("📦 Export my data"), PrivacyCard(action="export")),
            Button(say("🔕 Mute"), Settings(action="off", value="all")),
        )
    ]
    rows += [
        (
            Button(
                say("🗑 Erase application {number}", number=application.number),
                ApplicationPress(action="ask_delete", id=application.id),
            ),
        )
        for application in data.applications
    ]
    if data.sends_mail:
        rows.append((Button(say("✉️ My e-mail"), EmailPress(action="name")),))
    if data.may_erase_papers:
        rows.append((Button(say("🗑 Erase my papers"), PrivacyCard(action="ask_papers")),))
    if data.client:
        rows.append((Button(say("🗑 Erase my data as a client"), ClientCard(action="ask_erase")),))
    if data.partner_name:
        rows.append(
            (
                Button(
                    say("🚪 Leave the partner and erase my data"), PrivacyCard(action="ask_leave")
                ),
            )
        )
    rows.append((Button(say("📋 Menu"), Open(screen="menu")),))
    return Screen(own_data_text(language, data), tuple(rows))


def leave_question(language: Language, partner: str) -> Screen:
    """Return the question before a member leaves."""
    say = language.say
    text = lines(
        say("🚪 <b>Leave “{name}”?</b>", name=partner),
        say("Erased: your name and username, settings, notices, unfinished forms."),
        say(
            "Kept, as the law on accounting asks: the books, pay-outs and who asked for them, "
            "by the number of your Telegram account only."
        ),
        say(
            "If you are its last member, the partner ends: its links bring nobody any more, and "
            "later payments of its clients earn nothing. This cannot be undone."
        ),
    )
    rows = (
        (
            Button(say("🚪 Yes, leave"), PrivacyCard(action="leave")),
            Button(say("⬅️ Back"), Open(screen="privacy")),
        ),
    )
    return Screen(text, rows)


def give_up_question(language: Language, left: MoneyLeft) -> Screen:
    """Return the question before the last admin gives the money up and leaves."""
    say = language.say
    text = lines(
        say("🚪 <b>Give up {amount} and leave?</b>", amount=amounts_left(language, left.amounts)),
        say("Nobody will pay this money to you or anybody of your partner any more."),
        say("Erased: your name and username, settings, notices, unfinished forms."),
        say(
            "Kept, as the law on accounting asks: the books, pay-outs and who asked for them, "
            "by the number of your Telegram account only."
        ),
        say("The vendor is told. This cannot be undone."),
    )
    rows = (
        (
            Button(say("🚪 Yes, give it up and leave"), GiveUpPress(mark=left.mark)),
            Button(say("⬅️ Back"), Open(screen="privacy")),
        ),
    )
    return Screen(text, rows)


def papers_question(language: Language) -> Screen:
    """Return the question before a person's papers are erased."""
    say = language.say
    text = lines(
        say("🗑 <b>Erase the papers that you handed in?</b>"),
        say("Their key is destroyed, so that nobody can read them any more, in no copy."),
        say("An application that needs them must be begun anew. This cannot be undone."),
    )
    rows = (
        (
            Button(say("🗑 Yes, erase"), PrivacyCard(action="erase_papers")),
            Button(say("⬅️ Back"), Open(screen="privacy")),
        ),
    )
    return Screen(text, rows)


def papers_erased_screen(language: Language, count: int) -> Screen:
    """Return that the papers are erased."""
    text = language.say_many("🗑 {count} file is erased.", "🗑 {count} files are erased.", count)
    return Screen(text, ((Button(language.say("🔒 My privacy"), Open(screen="privacy")),),))


def left_partner_screen(language: Language) -> Screen:
    """Return that a member has left."""
    return Screen(language.say("🚪 You have left, and your data as a partner is erased."))


def export_caption(language: Language) -> Html:
    """Return what is said under the files with one's data."""
    return language.say("📦 Everything stored about you: to read (HTML) and for programs (JSON).")
