"""The home of a partner's certificate."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery

from domain.entities.certificate import Certificate
from domain.entities.people import Caller
from domain.usecases.certificates.issue import IssueCertificate
from handlers.middlewares.access import Allowed, allow
from handlers.partner.screens.certificate import certificate_screen
from handlers.ui.beside import Beside
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_documents import CertificatePress
from handlers.ui.certificate_words import printed_certificate
from handlers.ui.charts import Charts
from handlers.ui.language import Language
from handlers.ui.links import Links
from handlers.ui.printed import PrintFormat
from handlers.ui.screen import Event, Screen, acknowledge, send, show

router = Router(name="partner.certificate")
anyone = allow(Allowed.ANYONE)


@router.message(Command("certificate"), flags=anyone)
@router.callback_query(Open.filter(F.screen == "certificate"), flags=anyone)
async def show_certificate(
    event: Event,
    caller: Caller,
    language: Language,
    links: Links,
    issue_certificate: IssueCertificate,
) -> None:
    """Show the certificate that holds; where name or tier changed, a new one is issued."""
    issued = await issue_certificate(caller)
    await show(event, certificate_screen(language, issued.certificate, links.public_url))


@router.callback_query(CertificatePress.filter(F.form.in_(set(PrintFormat))), flags=anyone)
async def send_certificate(
    query: CallbackQuery,
    callback_data: CertificatePress,
    caller: Caller,
    language: Language,
    issue_certificate: IssueCertificate,
    links: Links,
    vendor_name: str,
    charts: Charts,
    beside: Beside,
    bot: Bot,
) -> None:
    """Send the certificate as a file."""
    issued = await issue_certificate(caller)
    certificate = issued.certificate
    await acknowledge(query)
    form = PrintFormat(callback_data.form)
    printed = printed_certificate(
        Language(certificate.language, language.zone),
        certificate,
        issued.program,
        vendor=vendor_name,
        public_url=links.public_url,
        logo=links.logo,
    )

    async def sending() -> None:
        content = await charts.printed(printed, form)
        if content is None:
            text = language.say("The certificate cannot be drawn now. Try again in a minute.")
            await send(bot, caller.person.id, Screen(text))
            return
        file = BufferedInputFile(content, _name(certificate, form))
        await bot.send_document(caller.person.id, file)

    beside(sending(), f"certificate for {caller.person.id}")


def _name(certificate: Certificate, form: PrintFormat) -> str:
    return f"certificate-{certificate.number}.{form.value}"
