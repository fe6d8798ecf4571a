"""The home of the words of e-mails, and of the frame that each of them is put into.

A new kind needs one function here, or in a file of its own, and its line in ``MAIL_WORDS``.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.entities.mail import Mail
from handlers.ui.html import plain
from handlers.ui.inviting_words import invitation_mail
from handlers.ui.language import Language
from handlers.ui.mail_text import MailText, MailWords, Params
from handlers.ui.mails_of_applications import MAILS_OF_APPLICATIONS
from handlers.ui.promo_words import promo_mail

FOLDER = Path(__file__).parent / "mail_templates"
SUBJECT_LENGTH_MAX = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedMail:
    """An e-mail in words: what is shown depends on the program of the reader."""

    subject: str
    text: str
    html: str


def _confirm_address(language: Language, params: Params, _bot_link: str) -> MailText:
    say, minutes = language.say, int(str(params["minutes"]))
    code = str(params["code"])
    return MailText(
        subject=say("{code} is your code", code=code),
        heading=say("Confirm your e-mail address"),
        paragraphs=(
            say("Send this code to the bot in Telegram, and we know that we can reach you here."),
            language.say_many(
                "It can be used for {count} minute.",
                "It can be used for {count} minutes.",
                minutes,
            ),
        ),
        code=code,
        why=say(
            "Somebody named this address in our partner bot. If it was not you, do nothing: "
            "without the code the address is not used. We never ask for the code."
        ),
    )


MAIL_WORDS: dict[str, MailWords] = {
    **MAILS_OF_APPLICATIONS,
    "confirm_address": _confirm_address,
    "client_invited": invitation_mail,
    "promo_given": promo_mail,
}
"""The words of every kind."""


def render_mail(language: Language, mail: Mail, bot_link: str, brand: str) -> RenderedMail:
    """Return an e-mail as text and as a page.

    Raises:
        KeyError: a kind of another version of the product.
    """
    said = MAIL_WORDS[mail.kind](language, mail.params, bot_link)
    values = {"said": said, "language": language, "brand": brand, "bot_link": bot_link}
    text = _environment().get_template("mail.txt").render(values)
    html = _environment().get_template("mail.html").render(values)
    return RenderedMail(subject=_one_line(plain(said.subject)), text=text, html=html)


def _one_line(text: str) -> str:
    """Return a text that cannot end a header."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line[:SUBJECT_LENGTH_MAX]


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plain"] = plain
    return environment
