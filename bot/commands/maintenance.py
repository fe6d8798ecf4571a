"""The home of `migrate` and `books`."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from sqlalchemy.exc import DBAPIError

from bot.clock import utc_now
from bot.config_model import Config
from bot.ids import first_id_after
from storage.books import Proof, prove_everything, prove_news
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


async def run_books(
    config: Config, *, is_short: bool = False, say: Callable[[str], None] = print
) -> int:
    """Audit the ledger by the second path; return 1 on a difference, else 0.

    Args:
        config: Names the database.
        is_short: Look only at what came since the last full audit that found nothing.
        say: Prints a line.
    """
    engines = open_engines(config.database.url)
    try:
        state = await schema_state(engines)
        if state is not SchemaState.CURRENT:
            say(f"error: database: the schema is {state.value}, this version cannot audit it")
            return 1
        began = utc_now()
        prove = prove_news if is_short else prove_everything
        proof = await prove(engines, at=began, first_id=first_id_after(began))
        with suppress(DBAPIError):  # A copy that nobody may write to can be audited, too.
            await keep_audited(engines, Audited(at=began, differences=len(proof.findings)))
    finally:
        await engines.close()
    for line in told(proof):
        say(line)
    for finding in proof.findings:
        say(
            f"{finding.check} {finding.subject}: "
            f"expected {finding.expected}, found {finding.found}"
        )
    say(f"{len(proof.findings)} differences")
    return 1 if proof.findings else 0


def told(proof: Proof) -> Iterator[str]:
    """Yield what was proved, in words."""
    for currency, minor in sorted(proof.balances.items()):
        yield f"trial balance {currency}: {minor}"
    if proof.refused:
        yield f"a full audit, because {proof.refused}"
    if proof.since is None:
        yield f"looked at everything: {proof.postings} postings"
        if not proof.is_kept:
            yield "not kept as a checkpoint: the database takes none, or has a newer one"
        return
    since = f"{proof.since.began_at:%Y-%m-%d %H:%M:%S} UTC"
    yield (
        f"looked at what came since the full audit {proof.since.id} of {since}: "
        f"{proof.postings} postings, {proof.commissions} commissions, {proof.payments} payments, "
        f"and the balance of each of {proof.accounts} accounts"
    )
    yield (
        "not looked at: rows from before that nothing has touched since, counts of clients and "
        "daily figures; `python -m bot books` looks at everything"
    )
