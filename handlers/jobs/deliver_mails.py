"""The home of sending e-mails: word them, send them, keep what came of it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Protocol

from domain.entities.mail import Mail
from domain.ids import encode
from domain.usecases.mails.deliver import ClaimMails, SettleMail
from handlers.jobs.smtp import Attempt, Fate
from handlers.ui.language import Languages
from handlers.ui.mails import render_mail

log = logging.getLogger(__name__)

AT_ONCE = 8
_POLICY = SMTP.clone(cte_type="7bit")


class MailLine(Protocol):
    """What e-mails are sent through."""

    async def send(self, message: EmailMessage, recipient: str) -> Attempt:
        """Send one message to one address."""
        ...

    async def close(self) -> None:
        """Leave."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class MailDelivery:
    """Whom the delivery asks.

    Attributes:
        line: Sends.
        sender: ``Name <address>`` or a bare address.
        claim: Leases what is due.
        settle: Keeps what came of it.
        languages: Of the readers.
        bot_link: Returns ``https://t.me/NAME``.
        brand: Returns who writes, in the reader's language.
    """

    line: MailLine
    sender: str
    claim: ClaimMails
    settle: SettleMail
    languages: Languages
    bot_link: Callable[[], str]
    brand: Callable[[str], str]


class DeliverMails:
    """Sends what is owed, one after the other over one connection.

    - An e-mail may come twice after a crash: under the same ``Message-ID`` and date.
    - After a failure that may pass the rest of a batch waits for its own lease: a server that is
      down is asked once, not once for each.
    """

    def __init__(self, delivery: MailDelivery) -> None:
        """Ask these."""
        self._to = delivery
        self.is_open = True

    async def __call__(self) -> int:
        """Send what is due; return how many were tried."""
        tried = 0
        try:
            while self.is_open:
                mails = await self._claim()
                for position, mail in enumerate(mails):
                    tried += 1
                    if not await self._deliver(mail):
                        await self._put_off(mails[position + 1 :])
                        return tried
                if not mails:
                    return tried
        finally:
            await self._to.line.close()
        return tried

    def close(self) -> None:
        """Begin nothing new."""
        self.is_open = False

    async def _claim(self) -> Sequence[Mail]:
        try:
            return await self._to.claim(AT_ONCE)
        except Exception:
            log.exception("e-mails could not be read; it is tried again")
            return ()

    async def _put_off(self, mails: Sequence[Mail]) -> None:
        """Let the others wait as the one that failed does: the server is away for all of them."""
        for mail in mails:
            try:
                await self._to.settle.failed(mail, "the server was away")
            except Exception:
                log.exception("e-mail %s waits for the end of its lease", encode(mail.id))

    async def _deliver(self, mail: Mail) -> bool:
        """Send one; return whether the server is there for the next."""
        try:
            attempt = await self._send(mail)
            if attempt.fate is Fate.SENT:
                await self._to.settle.sent(mail)
            elif attempt.fate is Fate.NEVER:
                log.warning("e-mail %s was refused: %s", encode(mail.id), attempt.error)
                await self._to.settle.refused(mail, attempt.error)
            else:
                log.warning("e-mail %s has to wait: %s", encode(mail.id), attempt.error)
                await self._to.settle.failed(mail, attempt.error)
        except Exception:
            log.exception("e-mail %s: it is tried again when its lease ends", encode(mail.id))
            return True
        return not attempt.is_away

    async def _send(self, mail: Mail) -> Attempt:
        try:
            message = self.message(mail)
        except (LookupError, ValueError, TypeError) as error:
            # Not the error itself: its text may hold the address.
            log.error("%s cannot be worded: %s", encode(mail.id), type(error).__name__)  # noqa: TRY400
            return Attempt(Fate.NEVER, f"cannot be worded: {type(error).__name__}")
        return await self._to.line.send(message, mail.recipient)

    def message(self, mail: Mail) -> EmailMessage:
        """Return an e-mail as it goes out, the same at each attempt.

        Raises:
            ValueError: an address or a header would hold a line end.
        """
        to, language = self._to, self._to.languages.of(mail.language)
        said = render_mail(language, mail, to.bot_link(), to.brand(language.code))
        name, address = parseaddr(to.sender)
        message = EmailMessage(policy=_POLICY)
        message["From"] = Address(display_name=name, addr_spec=address)
        message["To"] = Address(addr_spec=mail.recipient)
        message["Subject"] = said.subject
        message["Date"] = format_datetime(mail.created_at)
        message["Message-ID"] = f"<{encode(mail.id)}.mail@{address.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message["Content-Language"] = language.code
        message.set_content(said.text)
        message.add_alternative(said.html, subtype="html")
        message.set_boundary(f"=_{encode(mail.id)}")
        return message
