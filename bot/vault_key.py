"""The home of the key that encrypts accounts, forms and updates at rest."""

import base64
import logging
import secrets
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.config import documents_key
from bot.config_secrets import documents_keys
from storage.vault_keys import VaultKeys

log = logging.getLogger(__name__)

VARIABLE = "PARTNER_BOT_DOCUMENTS_KEY"
KEY_BYTES = 32


class KeyMissing(RuntimeError):
    """No key is there and none can be made."""


def known_key(environ: Mapping[str, str], database_url: str) -> VaultKeys | None:
    """Return the key if there is one; looking makes none.

    Raises:
        KeyMissing: PostgreSQL without the variable.
    """
    key = documents_key(environ)
    if key is not None:
        return key
    path = _key_file(database_url)
    return documents_keys(path.read_text()) if path.exists() else None


def used_key(environ: Mapping[str, str], database_url: str) -> VaultKeys:
    """Return the key for work beside the bot: a database that is in use has one already.

    A second key, made because this shell lacks the variable, would seal what `run` cannot open.

    Raises:
        KeyMissing: there is no key.
    """
    key = known_key(environ, database_url)
    if key is None:
        raise KeyMissing(
            f"{VARIABLE} is missing here, and no key file is beside the database: "
            "set it as for `python -m bot run`"
        )
    return key


def _key_file(database_url: str) -> Path:
    url = make_url(database_url)
    if url.get_backend_name() == "postgresql" or not url.database:
        raise KeyMissing(f"{VARIABLE} is missing: all replicas need the same key")
    return Path(url.database).with_suffix(".key")


def vault_key(environ: Mapping[str, str], database_url: str) -> VaultKeys:
    """Return the key from the environment, or one kept in a file beside an SQLite database.

    The file lets a first try work without any set-up; replicas on PostgreSQL must share a key,
    so they need the variable.

    Raises:
        KeyMissing: PostgreSQL without the variable.
    """
    key = known_key(environ, database_url)
    if key is not None:
        return key
    path = _key_file(database_url)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode() + "\n")
        log.warning("%s is not set; a new key is kept in %s: back it up", VARIABLE, path.name)
    return documents_keys(path.read_text())
