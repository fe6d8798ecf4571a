"""The home of secrets in the configuration; what is wrong is told without repeating them."""

import base64
import re

from bot.weak import weakness
from domain.programs.reading import Spoken, Table
from domain.programs.values import Read, Unfit, text
from storage.vault_keys import VaultKeys

SAMPLE_TOKEN = "123456:secret"  # noqa: S105 - the one printed in config.example.toml
SAMPLE_API_TOKEN = "..."  # noqa: S105
SECRET_LENGTH_MIN = 16
BILLING_PREFIX = "whsec_"
BILLING_BYTES_MIN, BILLING_BYTES_MAX = 24, 64
DOCUMENTS_KEY_BYTES = 32
MARKS_PREFIX = "marks:"

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{2,256}", re.ASCII)
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}", re.ASCII)
_BEARER = re.compile(r"[A-Za-z0-9._~+/-]+=*", re.ASCII)


def bot_token(value: object) -> str:
    """Read the token that BotFather gave."""
    token = text(blank=True)(value)
    if not token:
        raise Unfit("is empty: put the token that @BotFather gave you, or name a token_file")
    if not _TOKEN.fullmatch(token):
        raise Unfit(
            "is no bot token: digits, a colon, then Latin letters, digits, - and _, "
            "as @BotFather gave it"
        )
    return token


def webhook_secret(value: object) -> str:
    """Read the webhook secret; empty is judged together with the mode."""
    secret = text(blank=True)(value)
    if not secret:
        return secret
    if not _WEBHOOK_SECRET.fullmatch(secret):
        raise Unfit("1 to 256 of Latin letters, digits, - and _ are allowed")
    return _strong(secret)


def api_token(value: object) -> str:
    """Read a bearer token; the sample is accepted here and refused by the sample check."""
    token = text()(value)
    if token == SAMPLE_API_TOKEN:
        return token
    if not _BEARER.fullmatch(token):
        raise Unfit("Latin letters, digits and - . _ ~ + / with = at the end are allowed")
    return _strong(token)


def _strong(secret: str) -> str:
    if len(secret) < SECRET_LENGTH_MIN:
        raise Unfit(f"is too short: {SECRET_LENGTH_MIN} characters or more are needed")
    reason = weakness(secret)
    if reason:
        raise Unfit(f"is too weak, {reason}: make a random one, as `python -m bot init` does")
    return secret


def billing_secret(value: object) -> str:
    """Read a Standard Webhooks secret; empty means that there is none."""
    secret = text(blank=True)(value)
    if not secret:
        return secret
    key = base64_bytes(secret.removeprefix(BILLING_PREFIX))
    if (
        not secret.startswith(BILLING_PREFIX)
        or key is None
        or not BILLING_BYTES_MIN <= len(key) <= BILLING_BYTES_MAX
    ):
        raise Unfit(
            f"must be {BILLING_PREFIX} followed by base64 "
            f"of {BILLING_BYTES_MIN} to {BILLING_BYTES_MAX} bytes"
        )
    if len(set(key)) == 1:
        raise Unfit("is too weak, one byte repeated: make a random one")
    return secret


def base64_bytes(encoded: str) -> bytes | None:
    """Return the bytes behind strict standard base64, or ``None``."""
    try:
        return base64.b64decode(encoded.encode("ascii"), validate=True)
    except ValueError:
        return None


def documents_key_bytes(encoded: str) -> bytes:
    """Read the key that encrypts documents.

    Raises:
        Unfit: it is not base64 of 32 bytes, or one byte repeated.
    """
    key = base64_bytes(encoded.strip())
    if key is None or len(key) != DOCUMENTS_KEY_BYTES:
        raise Unfit(
            f"must be base64 of exactly {DOCUMENTS_KEY_BYTES} bytes; "
            "`openssl rand -base64 32` makes one"
        )
    if len(set(key)) == 1:
        raise Unfit("is too weak, one byte repeated: `openssl rand -base64 32` makes one")
    return key


def documents_keys(written: str) -> VaultKeys:
    """Read the value of the variable: one key or, while it is changed, several with a comma.

    The first one seals, all of them open. The key of marks stands last, behind ``marks:``.

    Raises:
        Unfit: one of them is no key, or several come without the key of marks.
    """
    *keys, last = (part.strip() for part in written.split(","))
    if not last.startswith(MARKS_PREFIX):
        keys.append(last)
    found = [documents_key_bytes(key) for key in keys]
    if not found:
        raise Unfit("has a key of marks alone: put a key before it")
    if last.startswith(MARKS_PREFIX):
        marking = documents_key_bytes(last.removeprefix(MARKS_PREFIX))
        return VaultKeys(found[0], tuple(found[1:]), marking)
    if len(found) > 1:
        raise Unfit(
            f"has several keys: put {MARKS_PREFIX}... behind them, "
            "which `python -m bot rewrap` printed when there was one"
        )
    return VaultKeys(found[0])


def several(table: Table, key: str, read: Read[str]) -> tuple[str, ...]:
    """Return what a key holds: one secret or, while it is changed, a list without repetitions."""
    written = table.data.get(key, "")
    written = written.parsed if isinstance(written, Spoken) else written
    if isinstance(written, list):
        found = table.take_list(key, lambda value: read(text()(value)))
        for position, secret in enumerate(found):
            if secret in found[:position]:
                table.report.add((*table.path, key, position), "stands here twice")
        return found
    secret = table.take(key, read, "")
    return (secret,) if secret else ()
