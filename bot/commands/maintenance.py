"""The home of `migrate` and `books`."""

from collections.abc import Callable
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from bot.clock import utc_now
from bot.config_model import Config
from storage.books import audit, trial_balance
from storage.engine import open_engines
from storage.migrate import SchemaState, schema_state, upgrade
from storage.watch import Audited, keep_audited


async def run_migrate(config: Config, *, say: Callable[[str], None] = print) -> int:
    """Bring the database to the newest schema; return the exit code."""
    engines = open_engines(config.database.url)
    try:
        await upgrade(engines)
    finally:
        await engines.close()
    say("The database has the newest schema.")
    return 0


async def run_books(config: Config, *, say: Callable[[str], None] = print) -> int:
    """Audit the ledger by the second path; return 1 on a difference, else 0."""
    engines = open_engines(config.database.url)
    try:
        state = await schema_state(engines)
        if state is not SchemaState.CURRENT:
            say(f"error: database: the schema is {state.value}, this version cannot audit it")
            return 1
        began = utc_now()
        findings = await audit(engines)
        balances = await trial_balance(engines)
        with suppress(DBAPIError):  # A copy that nobody may write to can be audited, too.
            await keep_audited(engines, Audited(at=began, differences=len(findings)))
    finally:
        await engines.close()
    for currency, minor in sorted(balances.items()):
        say(f"trial balance {currency}: {minor}")
    for finding in findings:
        say(
            f"{finding.check} {finding.subject}: "
            f"expected {finding.expected}, found {finding.found}"
        )
    say(f"{len(findings)} differences")
    return 1 if findings else 0
