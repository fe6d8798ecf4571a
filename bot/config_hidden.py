"""The home of which values of the configuration are secrets, so that the log can hide them."""

import base64
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from bot.config_model import Config
from bot.config_secrets import BILLING_PREFIX
from bot.vault_key import VARIABLE, KeyMissing, known_key


def secrets_of(config: Config, environ: Mapping[str, str]) -> frozenset[str]:
    """Return every secret that this process knows of, as written and as used."""
    found = {
        config.telegram.token,
        config.telegram.token.partition(":")[2],
        config.telegram.webhook_secret,
        *config.api.tokens,
        *_keys_of(config),
        *_in_address(config.database.url),
        *_in_address(config.email.smtp_url),
        *_in_address(config.billing.outbound_url),
        urlsplit(config.billing.outbound_url).query,
        environ.get(VARIABLE, "").strip(),
        _kept_key(config, environ),
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


def _kept_key(config: Config, environ: Mapping[str, str]) -> str:
    """Return the key beside the database; whoever needs one and has none says so itself."""
    try:
        key = known_key(environ, config.database.url)
    except (KeyMissing, OSError, ValueError):
        return ""
    return base64.b64encode(key).decode() if key else ""
