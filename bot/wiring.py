"""The composition root: everything is made here, once, and handed to whoever needs it."""

import asyncio
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiogram import Bot, Dispatcher
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.click_tokens import SignedClickTokens
from bot.clock import steady, utc_now
from bot.config_model import Config
from bot.conversations import ConversationStorage
from bot.ids import IdMaker
from bot.intake import IntakeDoors, UpdateIntake
from bot.nursery import Nursery
from bot.programs import load_programs
from bot.readiness import ReadinessCheck
from bot.telegram import make_bot, make_dispatcher
from bot.use_cases import UseCases, make_use_cases
from bot.vault_key import vault_key
from domain.programs.model import Programs
from domain.surroundings import Surroundings
from handlers.http.routes import HttpDoors
from handlers.jobs.deliver_notices import DeliverNotices, Delivery
from handlers.jobs.pace import Pace
from handlers.ui.language import Languages
from handlers.ui.links import Links
from storage.books import audit
from storage.engine import Engines, open_engines
from storage.vault import Vault
from storage.work import SqlOpenWork

OUTAGES = (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError)
"""What means that the database is away for now; other errors are of the request itself."""
MESSAGES_PER_SECOND = 29
CLICK_SECRET = "click_secret"  # noqa: S105 - a name


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """The whole product, made and not yet started."""

    config: Config
    programs: Programs
    clock: Callable[[], datetime]
    engines: Engines
    open_work: SqlOpenWork
    use_cases: UseCases
    bot: Bot
    dispatcher: Dispatcher
    intake: UpdateIntake
    deliver: DeliverNotices
    doors: HttpDoors
    readiness: ReadinessCheck
    languages: Languages
    nursery: Nursery
    owed: asyncio.Event

    async def close(self) -> None:
        """Close connections."""
        await self.bot.session.close()
        await self.engines.close()


async def make_product(
    config: Config,
    environ: Mapping[str, str],
    *,
    clock: Callable[[], datetime] = utc_now,
    programs: Programs | None = None,
) -> Product:
    """Return the product on a database that has the right schema."""
    if programs is None:
        programs = load_programs(
            list(config.programs.active), base=config.base, source=config.source
        )
    owed = asyncio.Event()
    new_id = IdMaker(clock)
    engines = open_engines(config.database.url)
    vault = Vault(vault_key(environ, config.database.url))
    open_work = SqlOpenWork(engines, vault, new_id, on_commit=owed.set)
    around = await make_surroundings(config, programs, open_work, clock, new_id)
    use_cases = make_use_cases(around, config, lambda: audit(engines))
    languages = Languages(config.locale.default, config.locale.timezone)
    bot = make_bot(config.telegram.token, config.telegram.api_base_url)
    links = Links(config.web.public_url, config.programs.landing_url, config.programs.logo)
    dispatcher = make_dispatcher(
        use_cases,
        ConversationStorage(open_work, clock),
        languages,
        {"programs": programs, "links": links, "clock": clock},
    )
    nursery = Nursery()
    intake = UpdateIntake(
        IntakeDoors(
            dispatcher=dispatcher,
            bot=bot,
            open_work=open_work,
            clock=clock,
            new_id=new_id,
            languages=languages,
            nursery=nursery,
        )
    )
    readiness = ReadinessCheck(engines, bot)
    return Product(
        config=config,
        programs=programs,
        clock=clock,
        engines=engines,
        open_work=open_work,
        use_cases=use_cases,
        bot=bot,
        dispatcher=dispatcher,
        intake=intake,
        deliver=_delivery(config, use_cases, bot, languages, programs),
        doors=_http_doors(config, around, use_cases, readiness, programs, languages),
        readiness=readiness,
        languages=languages,
        nursery=nursery,
        owed=owed,
    )


async def make_surroundings(
    config: Config,
    programs: Programs,
    open_work: SqlOpenWork,
    clock: Callable[[], datetime],
    new_id: Callable[[], int],
) -> Surroundings:
    """Return what use cases are given; commands without Telegram need no more than this."""
    return Surroundings(
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        programs=programs,
        zone=config.locale.timezone,
        tokens=SignedClickTokens(await _kept_secret(open_work)),
        owners=frozenset(config.staff.owners),
        second_person_above=config.staff.second_person_above,
    )


async def _kept_secret(open_work: SqlOpenWork) -> str:
    """Return the secret of click tokens, made once and shared by all replicas."""
    async with open_work(books=False) as work:
        secret = await work.settings.put_once(CLICK_SECRET, secrets.token_urlsafe(32))
        await work.commit()
    return secret


def _delivery(
    config: Config, use_cases: UseCases, bot: Bot, languages: Languages, programs: Programs
) -> DeliverNotices:
    return DeliverNotices(
        Delivery(
            bot=bot,
            claim=use_cases.claim_notices,
            settle=use_cases.settle_notice,
            recipient=use_cases.read_recipient,
            show_payout_card=use_cases.show_payout_card,
            admin_chat=use_cases.admin_chat,
            mark_blocked=use_cases.mark_blocked,
            languages=languages,
            programs=programs,
            owners=config.staff.owners,
            pace=Pace(MESSAGES_PER_SECOND, steady),
        )
    )


def _http_doors(
    config: Config,
    around: Surroundings,
    use_cases: UseCases,
    readiness: ReadinessCheck,
    programs: Programs,
    languages: Languages,
) -> HttpDoors:
    return HttpDoors(
        billing_secrets=config.billing.secret,
        api_tokens=config.api.tokens,
        landing_url=config.programs.landing_url,
        public_url=config.web.public_url,
        bot_link=readiness.bot_link,
        programs=programs,
        languages=languages,
        forecast_earnings=use_cases.forecast_earnings,
        trusted_proxies=config.web.trusted_proxies,
        clock=around.clock,
        tokens=around.tokens,
        record_events=use_cases.record_events,
        look_up_event=use_cases.look_up_event,
        resolve_code=use_cases.resolve_code,
        record_visits=use_cases.record_visits,
        report_partner=use_cases.report_partner,
        report_client=use_cases.report_client,
        readiness=readiness,
        outages=OUTAGES,
    )
