"""The home of making what use cases are given."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.click_tokens import SignedClickTokens
from bot.config_model import Config
from domain.programs.model import Programs
from domain.surroundings import Surroundings
from storage.paper_folder import PaperFolder
from storage.work import SqlOpenWork

log = logging.getLogger(__name__)

OUTAGES = (OperationalError, InterfaceError, PoolTimeout, OSError, TimeoutError)
"""What means that the database is away for now; other errors are of the request itself."""
CLICK_SECRET = "click_secret"  # noqa: S105 - a name


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
        default_language=config.locale.default,
        tokens=SignedClickTokens(await _kept_secret(open_work)),
        owners=frozenset(config.staff.owners),
        second_person_above=config.staff.second_person_above,
        mask_clients=config.privacy.mask_clients,
        vendor=config.vendor.details,
        aside=asyncio.to_thread,
        paper_files=PaperFolder(config.documents.folder),
        retention_days=config.documents.retention_days,
        outages=OUTAGES,
        note_defect=_note_defect,
    )


def _note_defect(reference: str, error: Exception) -> None:
    log.error("an event could not be applied, reference %s", reference, exc_info=error)


async def _kept_secret(open_work: SqlOpenWork) -> str:
    """Return the secret of click tokens, made once and shared by all replicas."""
    async with open_work(books=False) as work:
        secret = await work.settings.put_once(CLICK_SECRET, secrets.token_urlsafe(32))
        await work.commit()
    return secret
