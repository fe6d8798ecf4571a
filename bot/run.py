"""The home of starting and stopping the product."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from aiogram.exceptions import AiogramError, TelegramMigrateToChat
from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from bot.config_model import Config
from bot.garbage import spare_the_collector
from bot.nursery import Nursery
from bot.only_one import only_one
from bot.polling import ALLOWED_UPDATES, Polling
from bot.programs import load_programs
from bot.scheduler import Jobs, start_scheduler
from bot.terms import terms_of
from bot.watch import Watch
from bot.web import WEBHOOK_PATH, make_app, serve
from bot.wiring import Product, make_product
from domain.programs.terms_book import TermsBook
from handlers.http.routes import VISITS
from handlers.jobs.deliver_mails import DeliverMails
from handlers.jobs.deliver_outbound import DeliverOutbound
from handlers.ui.commands import publish_commands
from storage.engine import open_engines
from storage.migrate import SchemaAhead, SchemaState, schema_state, upgrade

log = logging.getLogger(__name__)

NAME_PAUSE_SECONDS_MAX = 30
OUTBOX_POLL_SECONDS = 1.0
OUTBOX_PAUSE_SECONDS = 0.1
STREAM = 10
"""So many notices in a round are no answer to one person's press."""
BROADCAST_POLL_SECONDS = 1.0
MAIL_POLL_SECONDS = 5.0
FINISH_SECONDS = 20


class ProgramMissing(RuntimeError):
    """Partners take part in a program that the config does not offer any more."""


class CannotStart(RuntimeError):
    """Something outside is not there; another try may succeed."""


class NotMigrated(RuntimeError):
    """The database needs `python -m bot migrate` first."""


async def prepare_database(config: Config) -> None:
    """Bring an SQLite database to the newest schema; check a PostgreSQL one.

    Raises:
        SchemaAhead: the database is newer than this version.
        NotMigrated: PostgreSQL needs the migrate command.
        CannotStart: the database does not answer.
    """
    engines = open_engines(config.database.url)
    try:
        state = await schema_state(engines)
        if state is SchemaState.AHEAD:
            raise SchemaAhead("the database is newer than this version of the product")
        if state is not SchemaState.CURRENT:
            if engines.is_postgresql:
                raise NotMigrated("run `python -m bot migrate` first")
            await upgrade(engines)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        said = str(error).partition("\n")[0] or type(error).__name__
        raise CannotStart(f"the database does not answer: {said}") from error
    finally:
        await engines.close()


async def _terms(config: Config, environ: Mapping[str, str]) -> TermsBook:
    try:
        return await terms_of(config, environ)
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        raise CannotStart(f"the published terms cannot be read: {error}") from error


@asynccontextmanager
async def running(
    config: Config, environ: Mapping[str, str]
) -> AsyncIterator[tuple[Product, int]]:
    """Run the product inside the block; yield it with the port of its HTTP server."""
    active = list(config.programs.active)
    _ = load_programs(active, base=config.base, source=config.source)
    with only_one(config.database.url):
        await prepare_database(config)
        programs = await _terms(config, environ)
        product = await make_product(config, environ, programs=programs)
        await _check_programs(product)
        async with _serving(product) as port:
            yield product, port


@asynccontextmanager
async def _serving(product: Product) -> AsyncIterator[int]:
    """Do all that the product does inside the block; yield the port of its HTTP server."""
    background, outbox, place = Nursery(), Nursery(), Nursery()
    app = make_app(product.doors, product.intake, product.config.telegram.webhook_secret)
    place.start(product.replica.run(), "replica")
    runner, port = await _serve(app, product)
    jobs = Jobs(product.use_cases, product.intake, product.open_work, product.clock)
    jobs.measured_by(product.doors.metrics)
    watch = Watch(product.engines, product.replica, product.open_work, product.clock)
    product.doors.metrics.add(watch)
    scheduler = start_scheduler(jobs, watch, is_shared=product.replica.is_shared)
    try:
        background.start(_meet_telegram(product, background), "telegram")
        background.start(app[VISITS].run(), "visits")
        _start_senders(product, outbox)
        background.start(
            product.replica.while_leading("broadcasts", lambda: _broadcast(product)), "broadcasts"
        )
        yield port
    finally:
        product.readiness.is_stopping = True
        scheduler.shutdown(wait=False)
        await background.close(patience_seconds=0)
        product.intake.close()
        _close_senders(product)
        # What was begun ends, all of it at the same time: what is cut off is done again later.
        await asyncio.gather(
            product.nursery.close(patience_seconds=FINISH_SECONDS),
            outbox.close(patience_seconds=FINISH_SECONDS),
            runner.cleanup(),
            product.replica.resign(),
        )
        await _hand_back(product)
        await place.close(patience_seconds=0)
        await product.close()


async def _hand_back(product: Product) -> None:
    try:
        await product.intake.hand_back()
    except (SQLAlchemyError, OSError, TimeoutError) as error:
        log.info("lanes go over when this process has ended: %s", type(error).__name__)


def _start_senders(product: Product, outbox: Nursery) -> None:
    outbox.start(_deliver(product), "outbox")
    if product.deliver_outbound is not None:
        outbox.start(_tell_vendor(product, product.deliver_outbound), "outbound")
    if product.deliver_mails is not None:
        outbox.start(_send_mails(product, product.deliver_mails), "mails")


def _close_senders(product: Product) -> None:
    """Let every sender begin nothing new, and wake it to see that."""
    for sender in (product.deliver, product.deliver_outbound, product.deliver_mails):
        if sender is not None:
            sender.close()
    for owed in (product.owed, product.owed_outbound, product.owed_mails):
        owed.set()


async def _serve(app: web.Application, product: Product) -> tuple[web.AppRunner, int]:
    host, port = product.config.web.host, product.config.web.port
    try:
        return await serve(app, host, port)
    except OSError as error:
        await product.close()
        raise CannotStart(
            f"cannot listen on {host}:{port} (web.port): {error.strerror}"
        ) from error


async def _check_programs(product: Product) -> None:
    """Test that every program with partners is offered: its refunds and pay-outs need its terms.

    Raises:
        ProgramMissing: one is not; it is named.
    """
    async with product.open_work.read() as work:
        missing = await work.partners.programs() - set(product.programs)
    if missing:
        await product.close()
        names = ", ".join(sorted(missing))
        raise ProgramMissing(f"programs.active lacks {names}, which has partners")


async def _meet_telegram(product: Product, background: Nursery) -> None:
    """Ask Telegram who the bot is, until it answers; then take updates."""
    pause = 1.0
    while True:
        try:
            await product.readiness.ask_name()
            await _choose_mode(product)
            await product.replica.joined()
            await product.intake.take_over(older_than_seconds=0)
        except (AiogramError, SQLAlchemyError, OSError, TimeoutError) as error:
            log.warning("updates cannot be taken yet: %s", type(error).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, NAME_PAUSE_SECONDS_MAX)
        else:
            break
    if product.config.telegram.mode == "polling":
        telegram = product.config.telegram
        polling = Polling(telegram.api_base_url, telegram.token, product.intake)
        background.start(product.replica.while_leading("polling", polling.run), "polling")
    log.info("ready as @%s", product.readiness.username)
    await _publish_commands(product)


async def _publish_commands(product: Product) -> None:
    """Tell Telegram the commands; a failure leaves its menu as it was and stops nothing."""
    admin_chat = product.use_cases.admin_chat
    chat_id = await admin_chat()
    try:
        await publish_commands(product.bot, product.languages, product.programs, chat_id)
    except TelegramMigrateToChat as moved:
        await admin_chat.move(chat_id or 0, moved.migrate_to_chat_id)
    except (AiogramError, OSError, TimeoutError) as error:
        log.warning("the commands could not be published: %s", type(error).__name__)


async def _choose_mode(product: Product) -> None:
    """Set the webhook, or take one away before polling; waiting updates stay."""
    config = product.config
    if config.telegram.mode == "webhook":
        await product.bot.set_webhook(
            config.web.public_url + WEBHOOK_PATH,
            secret_token=config.telegram.webhook_secret[0],
            allowed_updates=list(ALLOWED_UPDATES),
        )
    else:
        await product.bot.delete_webhook(drop_pending_updates=False)


async def _deliver(product: Product) -> None:
    """Send what is owed, soon after each commit, and look again every second."""
    while product.deliver.is_open:
        product.owed.clear()
        leads = product.replica.leads
        sent = await product.deliver(lambda: product.replica.leads) if leads else 0
        if sent >= STREAM:
            # What a stream of events owes is claimed together, not commit by commit.
            await asyncio.sleep(OUTBOX_PAUSE_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(product.owed.wait(), OUTBOX_POLL_SECONDS)


async def _tell_vendor(product: Product, deliver: DeliverOutbound) -> None:
    """Send the vendor's webhooks, soon after each commit, and look again every second."""
    try:
        while deliver.is_open:
            product.owed_outbound.clear()
            await deliver()
            with suppress(TimeoutError):
                await asyncio.wait_for(product.owed_outbound.wait(), OUTBOX_POLL_SECONDS)
    finally:
        await deliver.disconnect()


async def _send_mails(product: Product, deliver: DeliverMails) -> None:
    """Send e-mails, soon after each commit, and look again every few seconds."""
    while deliver.is_open:
        product.owed_mails.clear()
        await deliver()
        with suppress(TimeoutError):
            await asyncio.wait_for(product.owed_mails.wait(), MAIL_POLL_SECONDS)


async def _broadcast(product: Product) -> None:
    """Keep the outbox fed with what is sent to many people; an outage is waited out."""
    while True:
        try:
            await product.broadcasts()
        except Exception:
            log.exception("broadcasts could not be fed; it is tried again")
        await asyncio.sleep(BROADCAST_POLL_SECONDS)


async def run_until_stopped(config: Config, environ: Mapping[str, str]) -> None:
    """Run the product until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(config, environ) as (_, port):
        spare_the_collector()
        log.info("HTTP on %s:%s", config.web.host, port)
        await stop.wait()
        log.info("stopping")
