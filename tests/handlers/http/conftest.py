"""The server of the HTTP tests, on a free port, with every use case as in the product."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import replace
from datetime import UTC
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from sqlalchemy.exc import InterfaceError, OperationalError

from bot.click_tokens import SignedClickTokens
from bot.programs import load_programs
from domain.surroundings import Surroundings
from domain.usecases.calculator.forecast import ForecastEarnings
from domain.usecases.certificates.verify import VerifyCertificate
from domain.usecases.clicks.follow import RecordVisits, ResolveCode
from domain.usecases.events.listing import ListEvents
from domain.usecases.events.look_up import LookUpEvent
from domain.usecases.events.record import RecordEvents
from domain.usecases.inviting.accept import AcceptInvitation
from domain.usecases.papers.link import FollowPaperLink
from domain.usecases.partners.report import ReportClient, ReportPartner
from handlers.http.routes import VISITS, HttpDoors, Readiness, build_app
from handlers.ui.language import Languages
from storage.work import SqlOpenWork
from tests.handlers.http.billing import SECRET, Billing, MovableClock
from tests.handlers.http.world import BOT_LINK, LANDING, OWNER, TOKEN, World

PROGRAMS = load_programs(["saas-tiers"], base=Path())
OpenWorld = Callable[..., Awaitable[World]]


async def is_ready() -> Readiness:
    return Readiness(ok=True, details={"telegram": "answers"})


def doors_of(around: Surroundings, tokens: SignedClickTokens) -> HttpDoors:
    """Return the doors with every use case on these surroundings."""
    return HttpDoors(
        billing_secrets=(SECRET,),
        api_tokens=(TOKEN,),
        landing_url=LANDING,
        public_url="https://partners.example",
        bot_link=lambda: BOT_LINK,
        programs=around.programs,
        languages=Languages("en", UTC),
        forecast_earnings=ForecastEarnings(around),
        accept_invitation=AcceptInvitation(around),
        follow_paper_link=FollowPaperLink(around),
        clock=around.clock,
        tokens=tokens,
        record_events=RecordEvents(around),
        look_up_event=LookUpEvent(around),
        list_events=ListEvents(around),
        resolve_code=ResolveCode(around),
        record_visits=RecordVisits(around),
        report_partner=ReportPartner(around),
        report_client=ReportClient(around),
        verify_certificate=VerifyCertificate(around),
        readiness=is_ready,
        outages=(OperationalError, InterfaceError, OSError, TimeoutError),
    )


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock()


@pytest.fixture
def tokens() -> SignedClickTokens:
    return SignedClickTokens("a secret of the tests")


@pytest.fixture
def around(
    open_work: SqlOpenWork,
    new_id: Callable[[], int],
    clock: MovableClock,
    tokens: SignedClickTokens,
) -> Surroundings:
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs=PROGRAMS,
        zone=UTC,
        tokens=tokens,
        owners=frozenset({OWNER}),
    )


@pytest.fixture
async def open_world(
    around: Surroundings, clock: MovableClock, tokens: SignedClickTokens
) -> AsyncIterator[OpenWorld]:
    """Return what starts a server; arguments replace fields of its doors."""
    async with AsyncExitStack() as stack:

        async def start(**changes: object) -> World:
            app = build_app(replace(doors_of(around, tokens), **changes))
            runner = web.AppRunner(app, access_log=None, handle_signals=False)
            await runner.setup()
            stack.push_async_callback(runner.cleanup)
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            writing = asyncio.create_task(app[VISITS].run())
            stack.push_async_callback(stopped, writing)
            session = await stack.enter_async_context(
                aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
            )
            url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            return World(
                app=app,
                url=url,
                session=session,
                clock=clock,
                around=around,
                tokens=tokens,
                billing=Billing(session, url, clock),
            )

        yield start


async def stopped(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@pytest.fixture
async def world(open_world: OpenWorld) -> World:
    """Return a running server with its vendor."""
    return await open_world()
