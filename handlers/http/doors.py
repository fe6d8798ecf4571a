"""The home of what the HTTP side is given: settings, use cases, and keys to find them by."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Network, IPv6Network
from typing import Protocol

from aiohttp import web

from domain.programs.model import Programs
from domain.usecases.calculator.forecast import ForecastEarnings
from domain.usecases.certificates.verify import VerifyCertificate
from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from domain.usecases.events.listing import ListEvents
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.record import RecordEvents
from domain.usecases.inviting.accept import AcceptInvitation
from domain.usecases.papers.link import FollowPaperLink
from domain.usecases.partners.report import ReportClient, ReportPartner
from handlers.http.gather import Gather
from handlers.http.metrics import Metrics
from handlers.http.throttle import Throttle
from handlers.http.visits import VisitBuffer
from handlers.ui.language import Languages

BODY_BYTES_MAX = 4 * 1024 * 1024
READ_TIMEOUT_SECONDS = 30.0


class FirstClicks(Protocol):
    """Makes and reads the signed token that carries a visitor's first click per code."""

    def read(self, text: str) -> Mapping[str, datetime] | None:
        """Return the first click per code, or ``None`` for a forged token."""
        ...

    def write(self, clicks: Mapping[str, datetime]) -> str:
        """Return the signed token of the first clicks."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Readiness:
    """Whether the process may be sent work.

    Attributes:
        ok: It may.
        reasons: Why not; sentences for operators.
        details: Further facts, such as how Telegram answers; they decide nothing.
    """

    ok: bool
    reasons: tuple[str, ...] = ()
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateLimits:
    """How many requests are served, as ``number/minute``; more are answered 429.

    Attributes:
        events: Signed requests of one address.
        reads: Requests with one bearer token.
        redirects: Visits from one address.
        codes: Clicks that one code is credited with. A visitor above it is sent on all the same,
            token and all, and is not counted: else a flood could close somebody's link.
        misses: Visits of unknown codes from one address; nobody guesses codes by trying.
        pages: Public pages for one address.
        refused: Requests of one address with a wrong signature or token; those with a right one
            pass all the same, so that nobody can lock out who shares the address.
    """

    events: str = "600000/minute"
    reads: str = "12000/minute"
    redirects: str = "12000/minute"
    codes: str = "30000/minute"
    misses: str = "600/minute"
    pages: str = "1200/minute"
    refused: str = "600/minute"


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpDoors:
    """Everything that the HTTP side may need.

    Attributes:
        billing_secrets: Standard Webhooks secrets of which one must have signed an event;
            empty = events are refused.
        api_tokens: Bearer tokens of the read routes; empty = the routes are closed.
        landing_url: Where ``/r/CODE`` leads; "" = to Telegram.
        public_url: How the world reaches this server; no slash at the end.
        bot_link: Returns ``https://t.me/NAME``.
        trusted_proxies: Whose ``X-Forwarded-For`` is believed.
        clock: Tells the time.
        tokens: Reads and writes the redirect's signed tokens.
        record_events: Applies what billing reports.
        look_up_event: Tells what came of an event.
        list_events: Lists events that took no effect.
        resolve_code: Tells where a code leads.
        record_visits: Keeps clicks.
        report_partner: Reads partners.
        report_client: Reads clients.
        verify_certificate: Tells what a number of a certificate stands for.
        programs: The active programs, for the public pages.
        languages: In which the pages are shown.
        forecast_earnings: The calculator of the pages.
        accept_invitation: Registers clients that were invited by e-mail.
        follow_paper_link: Shows staff a paper by a link.
        readiness: Tells whether the process may be sent work.
        outages: Exceptions which mean that the database is away for now.
        limits: How many requests are served.
        metrics: Counters; further gauges may be added to its registry.
        body_bytes_max: Longer bodies are refused.
        read_timeout_seconds: Slower bodies are refused.
    """

    billing_secrets: tuple[str, ...] = field(repr=False)
    api_tokens: tuple[str, ...] = field(repr=False)
    landing_url: str
    public_url: str
    bot_link: Callable[[], str]
    trusted_proxies: tuple[IPv4Network | IPv6Network, ...] = ()
    clock: Callable[[], datetime]
    tokens: FirstClicks
    record_events: RecordEvents
    look_up_event: LookUpEvent
    list_events: ListEvents
    resolve_code: ResolveCode
    record_visits: RecordVisits
    report_partner: ReportPartner
    report_client: ReportClient
    verify_certificate: VerifyCertificate
    programs: Programs
    languages: Languages
    forecast_earnings: ForecastEarnings
    accept_invitation: AcceptInvitation
    follow_paper_link: FollowPaperLink
    readiness: Callable[[], Awaitable[Readiness]]
    outages: tuple[type[Exception], ...] = (OSError, TimeoutError)
    limits: RateLimits = RateLimits()
    metrics: Metrics = field(default_factory=Metrics)
    body_bytes_max: int = BODY_BYTES_MAX
    read_timeout_seconds: float = READ_TIMEOUT_SECONDS


DOORS = web.AppKey("doors", HttpDoors)
GATHER = web.AppKey("gather", Gather)
VISITS = web.AppKey("visits", VisitBuffer)
THROTTLE = web.AppKey("throttle", Throttle)
BILLING_KEYS = web.AppKey("billing_keys", tuple[bytes, ...])
"""The bytes behind the billing secrets."""
API_TOKENS = web.AppKey("api_tokens", tuple[bytes, ...])
"""The bytes of the bearer tokens."""
