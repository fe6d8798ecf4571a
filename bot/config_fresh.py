"""The home of a fresh configuration: the example with new secrets in the place of samples."""

import base64
import json
import secrets
from pathlib import Path as FilePath

from bot.config_secrets import BILLING_PREFIX, DOCUMENTS_KEY_BYTES
from domain.programs.locate import lines_of
from domain.programs.problems import Path

EXAMPLE = FilePath(__file__).parent.parent / "config.example.toml"
SECRET_BYTES = 32


def fresh_config(
    token: str, chat_id: int | None, owner: int | None, *, landing_url: str = ""
) -> str:
    """Return the text of a config.toml with fresh secrets and the comments of the example.

    Args:
        token: The bot token.
        chat_id: The admin chat; ``None`` leaves it to /here.
        owner: Telegram id of the first owner; ``None`` leaves the list empty.
        landing_url: Where referral links lead; "" means to Telegram only.
    """
    values: dict[Path, object] = {
        ("telegram", "token"): token,
        ("telegram", "webhook_secret"): secrets.token_urlsafe(SECRET_BYTES),
        ("staff", "chat_id"): chat_id or 0,
        ("staff", "owners"): [owner] if owner else [],
        ("programs", "landing_url"): landing_url,
        ("billing", "secret"): _billing_secret(),
        ("billing", "outbound_secret"): _billing_secret(),
        ("api", "tokens"): [secrets.token_urlsafe(SECRET_BYTES)],
    }
    text = EXAMPLE.read_text(encoding="utf-8")
    places = lines_of(text)
    lines = text.splitlines()
    for path, value in values.items():
        # Strings, whole numbers and lists of them are written alike in JSON and TOML.
        lines[places[path] - 1] = f"{path[-1]} = {json.dumps(value)}"
    return "\n".join(lines) + "\n"


def fresh_documents_key() -> str:
    """Return a new key for documents and pay-out details, as the environment takes it."""
    return base64.b64encode(secrets.token_bytes(DOCUMENTS_KEY_BYTES)).decode()


def _billing_secret() -> str:
    return BILLING_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()
