"""The home of the rules, the link and the partner's own account."""

from domain.programs.model import JoiningMode, Program
from domain.usecases.partners.show_enrolment import EnrolmentView
from handlers.partner.callbacks import OwnLink
from handlers.partner.screens.application_start import intro_rows
from handlers.ui.callbacks import Activate, Open
from handlers.ui.html import Html, bold, code, lines, link
from handlers.ui.language import Language
from handlers.ui.legal_forms import forms_lines
from handlers.ui.links import Links, share_link, telegram_link
from handlers.ui.screen import Button, Screen
from handlers.ui.standing_words import links_of_stopped

COPY_LENGTH_MAX = 256


def rules_screen(
    language: Language, program: Program, *, is_partner: bool, has_others: bool = False
) -> Screen:
    """Return the rules; a stranger can accept them."""
    texts, say = program.text(language.code), language.say
    text = lines(
        say("📜 <b>{title}</b>", title=texts.title),
        texts.summary,
        "",
        texts.rules,
        Html("") if texts.excluded_promotion else None,
        bold(say("What is not allowed:")) if texts.excluded_promotion else None,
        texts.excluded_promotion or None,
        Html("") if program.forms else None,
        *forms_lines(language, program),
    )
    if not is_partner and program.joining is JoiningMode.APPLICATION:
        return Screen(text, intro_rows(language, program))
    if is_partner:
        ways = (
            Button(say("🔗 My link"), Open(screen="link")),
            Button(say("📋 Menu"), Open(screen="menu")),
        )
        return Screen(text, (ways,))
    accept = Activate(program=program.key, version=program.version)
    others = (Button(say("🤝 All programs"), Open(screen="offers")),)
    rows = (
        (Button(say("✅ Activate"), accept),),
        *((others,) if has_others else ()),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    note = say(
        "By pressing Activate you accept these rules, version {version}.", version=program.version
    )
    return Screen(lines(text, "", note), rows)


def link_screen(
    language: Language, view: EnrolmentView, links: Links, username: str, photo: bytes
) -> Screen:
    """Return the link with its QR code, to copy and to share."""
    say, program, own_code = language.say, view.program, view.enrolment.code
    web = links.web(program, own_code)
    chat = telegram_link(username, f"r_{own_code}")
    shared = web or chat
    text = lines(
        say("🔗 <b>Your link</b>"),
        link(web, web) if web else None,
        "" if web else None,
        say("In Telegram:"),
        link(chat, chat),
        "",
        say("Your code: {code}", code=code(own_code)),
        say("The QR code opens the first link. Press it to enlarge."),
    )
    rows = (
        (
            Button(say("📋 Copy the link"), copy=shared[:COPY_LENGTH_MAX]),
            Button(
                say("📤 Share"), url=share_link(shared, str(program.text(language.code).title))
            ),
        ),
        (
            Button(say("🔗 All my links"), OwnLink(action="list")),
            Button(say("👥 Referrals"), Open(screen="referrals")),
        ),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows, photo=photo)


def stopped_link_screen(language: Language, view: EnrolmentView) -> Screen:
    """Return what the links of a stopped partner do: there is nothing to share."""
    say = language.say
    text = lines(
        say("🔗 <b>Your link</b>"),
        links_of_stopped(language, view.enrolment.status),
        "",
        say("Your code: {code}", code=code(view.enrolment.code)),
    )
    rows = (
        (Button(say("💬 Support"), Open(screen="support")),),
        (
            Button(say("👥 Referrals"), Open(screen="referrals")),
            Button(say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)


def ready_text_screen(language: Language, shared: str) -> Screen:
    """Return a text that the partner forwards as it is."""
    return Screen(
        lines(language.say("I recommend this service. Register through my link:"), shared)
    )


def account_question(language: Language, *, is_new: bool) -> Screen:
    """Return the question for the partner's own account with the vendor."""
    say = language.say
    text = lines(
        say("🎉 You are a partner now! One last thing.") if is_new else None,
        say("What is <b>your own account ID</b> with the vendor? Send it as a message."),
        say("Pay-outs need it; it also shows that you do not refer yourself."),
    )
    return Screen(text, ((Button(say("⏭ Later"), Open(screen="menu")),),))


def account_kept(language: Language, account_id: str) -> Screen:
    """Return that the account is known now."""
    text = language.say("👍 Your account ID is {account}.", account=code(account_id))
    rows = (
        (
            Button(language.say("🔗 My link"), Open(screen="link")),
            Button(language.say("📋 Menu"), Open(screen="menu")),
        ),
    )
    return Screen(text, rows)
