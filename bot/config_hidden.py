"""The home of which values of the configuration are secrets, so that the log can hide them."""

import base64
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from bot.config_model import Config
from bot.config_secrets import BILLING_PREFIX, MARKS_PREFIX
from bot.vault_key import VARIABLE, KeyMissing, known_key


def secrets_of(config: Config, environ: Mapping[str, str]) -> frozenset[str]:
    """Return every secret that this process knows of, as written and as used."""
    found = {
        config.telegram.token,
        config.telegram.token.partition(":")[2],
        *config.telegram.webhook_secret,
        *config.api.tokens,
        *_keys_of(config),
        *_in_address(config.database.url),
        *_in_address(config.email.smtp_url),
        *_in_address(config.billing.outbound_url),
        urlsplit(config.billing.outbound_url).query,
        *_written(environ.get(VARIABLE, "")),
        *_kept_keys(config, environ),
    }
    return frozenset(found - {""})


def _keys_of(config: Config) -> Iterator[str]:
    for secret in config.billing.secret + config.billing.outbound_secret:
        yield secret
        yield secret.removeprefix(BILLING_PREFIX)


def _in_address(url: str) -> Iterator[str]:
    password = urlsplit(url).password or ""
    yield password
    yield unquote(password)


def _written(keys: str) -> Iterator[str]:
    """Yield each key of the variable, which has several while they are changed."""
    for part in keys.split(","):
        yield part.strip().removeprefix(MARKS_PREFIX)


def _kept_keys(config: Config, environ: Mapping[str, str]) -> Iterator[str]:
    """Yield the keys that are used, as text; whoever needs one and has none says so itself."""
    try:
        keys = known_key(environ, config.database.url)
    except (KeyMissing, OSError, ValueError):
        return
    for key in (keys.first, *keys.others, keys.marks) if keys else ():
        yield base64.b64encode(key).decode()
