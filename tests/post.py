"""A real mail server for the tests: it answers as it is told, and keeps what it took."""

# ruff: noqa: N802, ANN401 - names and types of the server's package

import asyncio
import email
import email.policy
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope

PASSWORD = b"p:ss"


@dataclass
class Post:
    """What the server does: answers that it gives once each, and what it took."""

    to_recipient: list[str] = field(default_factory=list)
    to_data: list[str] = field(default_factory=list)
    to_sender: list[str] = field(default_factory=list)
    slow_seconds: float = 0
    asked: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    port: int = 0

    async def handle_MAIL(
        self, _server: Any, _session: Any, envelope: Envelope, *rest: Any
    ) -> str:
        self.asked += 1
        if self.to_sender:
            return self.to_sender.pop(0)
        envelope.mail_from = rest[0]
        return "250 OK"

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Envelope, *rest: Any
    ) -> str:
        if self.to_recipient:
            return self.to_recipient.pop(0)
        envelope.rcpt_tos.append(rest[0])
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        await asyncio.sleep(self.slow_seconds)
        if self.to_data:
            return self.to_data.pop(0)
        content = envelope.original_content or b""
        parsed = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(parsed, EmailMessage)
        parsed["X-Envelope-To"] = ",".join(envelope.rcpt_tos)
        self.got.append(parsed)
        return "250 taken"

    async def next(self, number: int = 1) -> EmailMessage:
        """Wait for so many e-mails and return the last of them."""
        async with asyncio.timeout(10):
            while len(self.got) < number:  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.05)
        return self.got[number - 1]


@asynccontextmanager
async def open_post(context: ssl.SSLContext | None = None) -> AsyncIterator[Post]:
    """Run a server on a free port of this machine; with a context it insists on STARTTLS."""
    post = Post()

    def served() -> SMTP:
        return SMTP(
            post,
            hostname="post.example",
            auth_require_tls=context is not None,
            tls_context=context,
            require_starttls=context is not None,
            authenticator=lambda _server, _session, _envelope, _way, data: AuthResult(
                success=data.password == PASSWORD, handled=False
            ),
        )

    server = await asyncio.get_running_loop().create_server(served, "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    yield post
    server.close()
