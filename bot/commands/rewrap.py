"""The home of `python -m bot rewrap`: seals what is stored with a new key of documents."""

import base64
from collections.abc import Callable, Mapping

from bot.commands.offline import require_schema
from bot.config_fresh import fresh_documents_key
from bot.config_model import Config
from bot.config_secrets import MARKS_PREFIX
from bot.vault_key import VARIABLE, used_key
from storage.engine import open_engines
from storage.rewrap import Resealed, rewrap
from storage.vault import Vault
from storage.vault_keys import VaultKeys

_NEXT = """\
There is one key, so nothing is to be sealed anew. To change it, these are the next values of
{variable}; docs/secrets.md tells when. They are secrets.
   with several replicas, first:  {old},{new},{marks}
   then, and `rewrap` again:      {new},{old},{marks}
   when it found nothing closed:  {new},{marks}"""


async def run_rewrap(
    config: Config, environ: Mapping[str, str], *, say: Callable[[str], None] = print
) -> int:
    """Seal everything with the first key; return 1 where something opens with none of them.

    Raises:
        KeyMissing: there is no key.
        NotReady: the tables are not those of this version.
    """
    keys = used_key(environ, config.database.url)
    if not keys.others:
        say(_next_steps(keys))
        return 0
    engines = open_engines(config.database.url)
    try:
        await require_schema(engines)
        found = await rewrap(engines, Vault(keys), told=lambda result: _tell(result, say))
    finally:
        await engines.close()
    closed = sum(result.closed for result in found)
    changed = sum(result.changed for result in found)
    if closed:
        say(f"error: {closed} values open with none of the keys; keep all keys")
        return 1
    say(f"{changed} values were sealed anew; the first key opens everything.")
    say(f"Take the others out of {VARIABLE}, and keep {MARKS_PREFIX}... behind it.")
    return 0


def _tell(result: Resealed, say: Callable[[str], None]) -> None:
    if result.changed or result.closed:
        closed = f", {result.closed} open with none of the keys" if result.closed else ""
        say(f"{result.name}: {result.changed}{closed}")


def _next_steps(keys: VaultKeys) -> str:
    return _NEXT.format(
        variable=VARIABLE,
        old=_written(keys.first),
        new=fresh_documents_key(),
        marks=MARKS_PREFIX + _written(keys.marks),
    )


def _written(key: bytes) -> str:
    return base64.b64encode(key).decode()
