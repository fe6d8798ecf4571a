"""The home of warnings about secrets: guessable ones, shared ones, and changes left half done."""

from collections.abc import Iterator, Sequence

from bot.config_model import Config
from bot.config_secrets import BILLING_PREFIX, base64_bytes
from domain.programs.problems import Path

DOCUMENTED_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - printed in the standard
_DISTINCT_BYTES_MIN = 12
"""Of 24 random bytes nearly all differ: fewer than these come by chance once in a billion."""

Advice = Iterator[tuple[Path, str]]


def secret_warnings(config: Config) -> Advice:
    """Yield what an attacker would be glad of; secrets themselves are never repeated."""
    if len(config.telegram.webhook_secret) > 1:
        yield ("telegram", "webhook_secret"), _half_done(config.telegram.webhook_secret)
    both = {"secret": config.billing.secret, "outbound_secret": config.billing.outbound_secret}
    for key, secrets in both.items():
        for position, secret in enumerate(secrets):
            reason = _weakness(secret)
            path: Path = ("billing", key, position) if len(secrets) > 1 else ("billing", key)
            if reason:
                yield path, reason
        if len(secrets) > 1:
            yield ("billing", key), _half_done(secrets)
    if set(config.billing.secret) & set(config.billing.outbound_secret):
        yield (
            ("billing", "outbound_secret"),
            "is the same as secret: one leak would open both ways",
        )


def _half_done(secrets: Sequence[str]) -> str:
    return f"holds {len(secrets)}: take the old one out as soon as the new one is in use"


def _weakness(secret: str) -> str | None:
    if secret == DOCUMENTED_SECRET:
        return "is printed in the Standard Webhooks documents: make your own"
    key = base64_bytes(secret.removeprefix(BILLING_PREFIX)) or b""
    if len(set(key)) < _DISTINCT_BYTES_MIN:
        return "repeats few bytes: make a random one, as `python -m bot init` does"
    if key.isascii() and key.decode("ascii").isprintable():
        return "is readable text behind its base64: make a random one"
    return None
