"""The home of certificates in words: the facts of one in, everything that is printed out."""

from pathlib import Path

from domain.entities.certificate import Certificate
from domain.period import text_of
from domain.programs.model import Program
from handlers.ui.language import Language
from handlers.ui.printed import PrintedCertificate


def address_of(public_url: str, number: str) -> str:
    """Return where anybody verifies a certificate."""
    return f"{public_url}/certificates/{number}"


def printed_certificate(
    language: Language,
    certificate: Certificate,
    program: Program,
    *,
    vendor: str,
    public_url: str,
    logo: Path | None,
    sample: str = "",
) -> PrintedCertificate:
    """Return everything that stands on a certificate.

    Args:
        language: Of the certificate.
        certificate: Its facts.
        program: What the partner takes part in.
        vendor: The vendor's name; empty takes the program's title.
        public_url: How the world reaches the server.
        logo: The vendor's picture, or ``None``.
        sample: A word across the page, or empty.
    """
    say = language.say
    title = program.text(language.code).title
    tier = program.tier_name(certificate.tier, language.code) if certificate.tier else ""
    address = address_of(public_url, certificate.number)
    shown = address.partition("://")[2].rpartition("/")[0]
    return PrintedCertificate(
        title=say("Certificate").plain,
        lead=say("This is to certify that").plain,
        name=certificate.name,
        body=(say("is a partner of the program “{title}”", title=title).plain,),
        tier=say("Tier: {tier}", tier=tier).plain if tier else "",
        facts=(
            (say("Number").plain, certificate.number),
            (
                say("Issued").plain,
                language.long_day(certificate.issued_at.astimezone(language.zone).date()),
            ),
        ),
        code=address,
        code_words=say("Verify it by the QR code or at {address}", address=shown).plain,
        author=vendor or title,
        logo=str(logo) if logo else "",
        language=language.code,
        made_at=text_of(certificate.issued_at),
        sample=sample,
    )
