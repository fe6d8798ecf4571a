"""The home of the first screen, the menu, help and the choice of a language."""

from domain.entities.people import Caller
from domain.programs.model import LANGUAGES, Program
from handlers.ui.callbacks import ChooseLanguage, Open
from handlers.ui.html import lines, short
from handlers.ui.language import FLAGS, NAMES, Language
from handlers.ui.screen import Button, Rows, Screen


def welcome_screen(language: Language, caller: Caller, program: Program) -> Screen:
    """Return what somebody sees who is nothing here yet."""
    texts, say = program.text(language.code), language.say
    text = lines(
        say("👋 Hello, {name}!", name=short(caller.person.name, 60)),
        "",
        say("<b>{title}</b>", title=texts.title),
        texts.summary,
        "",
        say("Two more presses, and you have your link."),
    )
    rows = (
        (Button(say("🤝 Become a partner"), Open(screen="join")),),
        (
            Button(say("🧮 Calculator"), Open(screen="calc")),
            Button(say("❓ Help"), Open(screen="help")),
        ),
        _flags(),
    )
    return Screen(text, rows)


def menu_screen(language: Language, caller: Caller) -> Screen:
    """Return a partner's menu; every screen is one press away."""
    say = language.say
    money: Rows = ()
    if caller.is_partner_admin:
        money = (
            (
                Button(say("🧾 Payments"), Open(screen="payments")),
                Button(say("💰 Balance"), Open(screen="balance")),
            ),
            (
                Button(say("💸 Withdraw"), Open(screen="withdraw")),
                Button(say("📤 Pay-outs"), Open(screen="payouts")),
            ),
        )
    rows = (
        (
            Button(say("🔗 My link"), Open(screen="link")),
            Button(say("👥 Referrals"), Open(screen="referrals")),
        ),
        *money,
        (
            Button(say("🏆 My tier"), Open(screen="tier")),
            Button(say("📜 Rules"), Open(screen="join")),
        ),
        (Button(say("🧮 Calculator"), Open(screen="calc")),),
        (
            Button(say("🌐 Language"), Open(screen="language")),
            Button(say("❓ Help"), Open(screen="help")),
        ),
    )
    return Screen(say("📋 <b>Menu</b>\nWhat would you like to see?"), rows)


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
        say("/calc — what you would earn"),
        say("/menu — all screens"),
        say("/language — choose a language"),
        say("/privacy — what is stored about you"),
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
        return Screen(text, ((Button(say("🤝 Become a partner"), Open(screen="join")),),))
    text = lines(
        say("❓ <b>Help</b>"),
        say(
            "Share your link: when somebody registers through it and pays, you earn a commission."
        ),
        "",
        say("/link — your link and QR code"),
        say("/referrals — whom you brought"),
        say("/payments — what they paid and what you earned"),
        say("/balance — your money"),
        say("/withdraw — ask for a pay-out"),
        say("/payouts — your pay-outs"),
        say("/tier — your rate and the way to the next tier"),
        *common,
    )
    return Screen(text, ((Button(say("📋 Menu"), Open(screen="menu")),),))
