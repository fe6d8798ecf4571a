"""The home of speaking SMTP: one connection, encrypted, and what each answer means."""

import asyncio
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib
from aiosmtplib.errors import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPRecipientsRefused,
    SMTPResponseException,
)

TIMEOUT_SECONDS = 20.0
SEND_SECONDS = 30.0
"""Of one e-mail from greeting to receipt; the lease of a batch is longer than all of them."""
PORT, PORT_OF_TLS = 587, 465
FINAL = 500


class Fate(StrEnum):
    """What came of an attempt."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of an attempt.

    Attributes:
        fate: Sent, to be tried again, or refused for good.
        error: Why, in words that hold no address.
        is_away: The server takes nothing now, so the next one need not be tried.
    """

    fate: Fate
    error: str = ""
    is_away: bool = False


class NoEncryption(RuntimeError):
    """The server offers no encryption, and a password would travel in clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAddress:
    """A mail server as the config names it.

    Attributes:
        host: Name or address.
        port: Where it listens.
        is_tls: Encrypted from the first byte (smtps).
        user: Or "".
        password: Or "".
    """

    host: str
    port: int
    is_tls: bool
    user: str = ""
    password: str = field(default="", repr=False)

    @classmethod
    def read(cls, url: str) -> "SmtpAddress":
        """Read ``smtp://user:password@host:587``; the config has checked it."""
        parts = urlsplit(url)
        is_tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname or "",
            port=parts.port or (PORT_OF_TLS if is_tls else PORT),
            is_tls=is_tls,
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
        )

    @property
    def is_own_machine(self) -> bool:
        """Whether nobody sits on the way."""
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class SmtpLine:
    """A connection that is made when it is needed, and again when it breaks.

    - Where the server offers STARTTLS it is used; a password is never sent without encryption,
      except to the own machine.
    - Refused for good is only what the server says of the recipient or of the message (5xx):
      a wrong password or sender is the operator's to mend, so it is tried again.
    """

    def __init__(self, address: SmtpAddress, *, timeout_seconds: float = TIMEOUT_SECONDS) -> None:
        """Speak to this server."""
        self._address = address
        self._timeout_seconds = timeout_seconds
        self._client: aiosmtplib.SMTP | None = None

    async def send(self, message: EmailMessage, recipient: str) -> Attempt:
        """Send one message to one address."""
        try:
            async with asyncio.timeout(max(SEND_SECONDS, self._timeout_seconds)):
                client = await self.connect()
                await client.send_message(message, recipients=[recipient])
        except (SMTPException, NoEncryption, OSError, TimeoutError, ValueError) as error:
            attempt = _attempt(error)
            if attempt.is_away:
                await self.close()
            return attempt
        return Attempt(Fate.SENT)

    async def connect(self) -> aiosmtplib.SMTP:
        """Return the open connection, greeted and logged in.

        Raises:
            SMTPException: the server does not want us.
            OSError: it is not there.
            NoEncryption: a password would travel in clear.
        """
        if self._client is not None and self._client.is_connected:
            return self._client
        to = self._address
        client = aiosmtplib.SMTP(
            hostname=to.host,
            port=to.port,
            use_tls=to.is_tls,
            start_tls=False,
            timeout=self._timeout_seconds,
        )
        self._client = client
        await client.connect()
        if not to.is_tls:
            await client.ehlo()
            if client.supports_extension("starttls"):
                await client.starttls()
            elif to.user and not to.is_own_machine:
                raise NoEncryption(f"{to.host} offers no encryption")
        if to.user:
            await client.login(to.user, to.password)
        return client

    async def close(self) -> None:
        """Leave politely, or at least leave."""
        client, self._client = self._client, None
        if client is None:
            return
        try:
            async with asyncio.timeout(2):
                await client.quit()
        except (SMTPException, OSError, TimeoutError):
            client.close()


def _attempt(error: Exception) -> Attempt:
    """Return what an error means; a server's words may hold the address, so only its code is."""
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:
        error = error.recipients[0]
    name = type(error).__name__
    if not isinstance(error, SMTPResponseException):
        return Attempt(Fate.LATER, name, is_away=True)
    is_about_it = isinstance(error, SMTPRecipientRefused | SMTPDataError)
    is_final = is_about_it and error.code >= FINAL
    fate = Fate.NEVER if is_final else Fate.LATER
    return Attempt(fate, f"{name} {error.code}", is_away=not is_about_it)
