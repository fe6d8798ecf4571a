"""The home of the screen of a partner's certificate."""

from domain.entities.certificate import Certificate
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_documents import CertificatePress
from handlers.ui.certificate_words import address_of
from handlers.ui.html import bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.printed import PrintFormat
from handlers.ui.screen import Button, Screen

NAME_LENGTH = 60


def certificate_screen(language: Language, certificate: Certificate, public_url: str) -> Screen:
    """Return number and files of a certificate, and where anybody verifies it."""
    say = language.say
    address = address_of(public_url, certificate.number)
    text = lines(
        say("🎖 <b>Your certificate</b>"),
        bold(short(certificate.name, NAME_LENGTH)),
        say(
            "Number {number}, issued {at}",
            number=code(certificate.number),
            at=language.date(certificate.issued_at),
        ),
        "",
        say("Anybody can verify it by its QR code or here: {address}", address=address),
        say("When your name or tier changes, you get a new one, and the old number says so."),
    )
    rows = (
        (
            Button("📄 PDF", CertificatePress(form=PrintFormat.PDF)),
            Button(say("🖼 Picture"), CertificatePress(form=PrintFormat.PNG)),
        ),
        (Button(say("📋 Menu"), Open(screen="menu")),),
    )
    return Screen(text, rows)
