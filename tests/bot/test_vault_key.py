"""The key at rest: only the bot makes one, and commands beside it never make a second."""

from base64 import b64encode
from pathlib import Path

import pytest

from bot.vault_key import KEY_BYTES, KeyMissing, known_key, used_key, vault_key
from storage.vault_keys import VaultKeys

GIVEN = bytes(range(KEY_BYTES))
ENVIRON = {"PARTNER_BOT_DOCUMENTS_KEY": b64encode(GIVEN).decode()}


def test_commands_beside_the_bot_make_no_key(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    assert known_key({}, url) is None
    with pytest.raises(KeyMissing, match="set it as for"):
        used_key({}, url)
    assert list(tmp_path.iterdir()) == []
    assert used_key(ENVIRON, url) == known_key(ENVIRON, url) == VaultKeys(GIVEN)


def test_the_bot_makes_one_once_and_commands_find_it(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}"
    made = vault_key({}, url)
    assert made == vault_key({}, url) == used_key({}, url)
    assert (tmp_path / "bot.key").stat().st_mode & 0o077 == 0


def test_replicas_share_a_key_or_do_not_start() -> None:
    url = "postgresql+asyncpg://user@host/name"
    for look in (known_key, used_key, vault_key):
        with pytest.raises(KeyMissing, match="all replicas"):
            look({}, url)
