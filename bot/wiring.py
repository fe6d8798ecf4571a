"""The composition root: everything is made here, once, and handed to whoever needs it."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiogram import Bot, Dispatcher

from bot.clock import steady, utc_now
from bot.config_model import Config
from bot.conversations import ConversationStorage
from bot.ids import IdMaker
from bot.intake import IntakeDoors, UpdateIntake
from bot.lanes import Lanes
from bot.nursery import Nursery
from bot.programs import load_programs
from bot.readiness import ReadinessCheck
from bot.replica import Replica
from bot.telegram import make_bot, make_dispatcher
from bot.use_cases import UseCases, make_use_cases
from bot.vault_key import vault_key
from bot.wiring_http import http_doors
from bot.wiring_messages import broadcast_runner, notice_delivery
from bot.wiring_outgoing import mail_delivery, outbound_delivery
from bot.wiring_surroundings import make_surroundings
from domain.programs.model import Programs
from handlers.http.routes import HttpDoors
from handlers.jobs.deliver_mails import DeliverMails
from handlers.jobs.deliver_notices import DeliverNotices
from handlers.jobs.deliver_outbound import DeliverOutbound
from handlers.jobs.run_broadcasts import RunBroadcasts
from handlers.ui.charts import Charts
from handlers.ui.document_files import DocumentFiles
from handlers.ui.language import Languages
from handlers.ui.links import Links
from handlers.ui.topics import Topics
from storage.books import audit
from storage.engine import Engines, open_engines
from storage.vault import Vault
from storage.work import SqlOpenWork


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
    charts: Charts
    deliver_outbound: DeliverOutbound | None
    deliver_mails: DeliverMails | None
    broadcasts: RunBroadcasts
    doors: HttpDoors
    readiness: ReadinessCheck
    languages: Languages
    nursery: Nursery
    owed: asyncio.Event
    owed_outbound: asyncio.Event
    owed_mails: asyncio.Event

    @property
    def replica(self) -> Replica:
        """Return what this process is among its equals."""
        return self.readiness.replica

    async def close(self) -> None:
        """Close connections."""
        await self.charts.close()
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
    programs = programs or load_programs(
        list(config.programs.active), base=config.base, source=config.source
    )
    owed, owed_outbound, owed_mails = asyncio.Event(), asyncio.Event(), asyncio.Event()
    new_id, charts, nursery = IdMaker(clock), Charts(), Nursery()
    engines, wake = open_engines(config.database.url), _waker(owed, owed_outbound, owed_mails)
    vault = _vault(config, environ)
    open_work = SqlOpenWork(engines, vault, new_id, on_commit=wake, **_sends(config))
    around = await make_surroundings(config, programs, open_work, clock, new_id)
    use_cases = make_use_cases(around, config, lambda: audit(engines))
    languages, bot = _languages(config), _bot(config)
    topics = Topics(bot, use_cases.staff_topics, languages, steady)
    files = DocumentFiles(bot, charts, programs)
    given = _handed_over(config, clock, topics) | _beside(charts, programs, nursery, files)
    storage = ConversationStorage(open_work, clock)
    dispatcher = make_dispatcher(use_cases, storage, languages, given)
    readiness = ReadinessCheck(engines, Replica(engines))
    doors = http_doors(config, around, use_cases, readiness, programs, languages)
    intake = IntakeDoors(
        dispatcher=dispatcher,
        bot=bot,
        open_work=open_work,
        clock=clock,
        new_id=new_id,
        languages=languages,
        nursery=nursery,
        lanes=Lanes(readiness.replica, clock),
        observe=doors.metrics.observe_update,
    )
    return Product(
        config=config,
        programs=programs,
        clock=clock,
        engines=engines,
        open_work=open_work,
        use_cases=use_cases,
        bot=bot,
        dispatcher=dispatcher,
        intake=UpdateIntake(intake),
        deliver=notice_delivery(config, use_cases, topics, languages, files, clock=clock),
        charts=charts,
        deliver_outbound=outbound_delivery(config, use_cases, clock),
        deliver_mails=mail_delivery(config, use_cases, languages, programs, readiness.bot_link),
        broadcasts=broadcast_runner(use_cases, bot, languages),
        doors=doors,
        readiness=readiness,
        languages=languages,
        nursery=nursery,
        owed=owed,
        owed_outbound=owed_outbound,
        owed_mails=owed_mails,
    )


def _handed_over(
    config: Config, clock: Callable[[], datetime], topics: Topics
) -> dict[str, object]:
    """Return what handlers are given by name, made of the config and the time alone."""
    web, programs, zone = config.web, config.programs, config.locale.timezone
    return {
        "links": Links(web.public_url, programs.landing_url, programs.logo),
        "clock": clock,
        "topics": topics,
        "today": lambda: clock().astimezone(zone).date(),
        "front_program": programs.front,
        "exporting": set(),
        "vendor_name": config.vendor.name,
    }


def _beside(
    charts: Charts, programs: Programs, nursery: Nursery, files: DocumentFiles
) -> dict[str, object]:
    """Return what handlers are given to draw with, and to work beside an answer."""
    return {
        "charts": charts,
        "beside": nursery.start,
        "programs": programs,
        "document_files": files,
    }


def _languages(config: Config) -> Languages:
    return Languages(config.locale.default, config.locale.timezone)


def _bot(config: Config) -> Bot:
    return make_bot(config.telegram.token, config.telegram.api_base_url)


def _vault(config: Config, environ: Mapping[str, str]) -> Vault:
    return Vault(vault_key(environ, config.database.url))


def _sends(config: Config) -> dict[str, bool]:
    """Return to whom else than people in Telegram something is owed."""
    return {
        "tells_vendor": bool(config.billing.outbound_url),
        "sends_mail": bool(config.email.smtp_url),
    }


def _waker(*sleepers: asyncio.Event) -> Callable[[], None]:
    """Return what tells every sender that something may be owed."""

    def wake() -> None:
        for sleeper in sleepers:
            sleeper.set()

    return wake
