"""The home of making what speaks to the vendor's systems and by e-mail, where it is configured."""

from collections.abc import Callable
from datetime import datetime
from email.utils import parseaddr

from bot.clock import steady
from bot.config_model import Config
from bot.use_cases import UseCases
from domain.programs.model import Programs
from handlers.jobs.deliver_mails import DeliverMails, MailDelivery
from handlers.jobs.deliver_outbound import DeliverOutbound, OutboundDelivery
from handlers.jobs.smtp import SmtpAddress, SmtpLine
from handlers.ui.language import Languages


def outbound_delivery(
    config: Config, use_cases: UseCases, clock: Callable[[], datetime]
) -> DeliverOutbound | None:
    """Return what sends webhooks, ``None`` where the vendor wants none."""
    if not config.billing.outbound_url:
        return None
    return DeliverOutbound(
        OutboundDelivery(
            url=config.billing.outbound_url,
            secrets=config.billing.outbound_secret,
            claim=use_cases.claim_outbound,
            settle=use_cases.settle_outbound,
            clock=clock,
            steady=steady,
        )
    )


def mail_delivery(
    config: Config,
    use_cases: UseCases,
    languages: Languages,
    programs: Programs,
    bot_link: Callable[[], str],
) -> DeliverMails | None:
    """Return what sends e-mails, ``None`` where no mail server is configured."""
    if not config.email.smtp_url:
        return None
    return DeliverMails(
        MailDelivery(
            line=SmtpLine(SmtpAddress.read(config.email.smtp_url)),
            sender=config.email.sender,
            claim=use_cases.claim_mails,
            settle=use_cases.settle_mail,
            languages=languages,
            bot_link=bot_link,
            brand=_brand(config.email.sender, programs, languages),
        )
    )


def _brand(sender: str, programs: Programs, languages: Languages) -> Callable[[str], str]:
    """Return who writes: the name of the sender, else that of the only program."""
    name, _ = parseaddr(sender)

    def brand(language: str) -> str:
        if name:
            return name
        if len(programs) == 1:
            return next(iter(programs.values())).text(language).title
        return str(languages.of(language).say("Partner programs"))

    return brand
