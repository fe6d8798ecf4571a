"""While the secret of Telegram's webhook is changed, calls with the old one are still taken."""

from pathlib import Path
from typing import Any, cast

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.config import load_config
from bot.config_secret_advice import secret_warnings
from bot.intake import UpdateIntake
from bot.web import SECRET_HEADER, WEBHOOK_PATH, _webhook
from tests.bot.config_files import OTHER, STRONG, TOKEN, problems, write

BASE = f'[telegram]\ntoken = "{TOKEN}"\nmode = "webhook"\n'
WEB = '[web]\npublic_url = "https://bot.example.com"\n'


class Kept:
    """Stores updates in a list."""

    def __init__(self) -> None:
        """Begin with none."""
        self.updates: list[dict[str, Any]] = []

    async def accept(self, updates: list[dict[str, Any]]) -> None:
        """Keep them."""
        self.updates += updates


async def test_each_of_the_secrets_opens_and_nothing_else_does() -> None:
    kept = Kept()
    app = web.Application()
    receive = _webhook(cast("UpdateIntake", kept), [STRONG.encode(), OTHER.encode()])
    app.router.add_post(WEBHOOK_PATH, receive)
    answers = []
    async with TestClient(TestServer(app)) as client:
        for number, secret in enumerate([STRONG, OTHER, "", STRONG[:-1], STRONG + OTHER]):
            told = {SECRET_HEADER: secret}
            response = await client.post(WEBHOOK_PATH, json={"update_id": number}, headers=told)
            answers.append(response.status)
    assert answers == [200, 200, 401, 401, 401]
    assert [update["update_id"] for update in kept.updates] == [0, 1]


def test_a_list_is_read_in_its_order_and_warned_of_until_it_is_one_again(tmp_path: Path) -> None:
    text = BASE + f'webhook_secret = ["{STRONG}", "{OTHER}"]\n' + WEB
    config = load_config(write(tmp_path, text), {})
    assert config.telegram.webhook_secret == (STRONG, OTHER)
    assert STRONG not in repr(config)
    assert OTHER not in repr(config)
    said = dict(secret_warnings(config))
    assert said["telegram", "webhook_secret"].startswith("holds 2: take the old one out")


def test_each_of_a_list_is_judged(tmp_path: Path) -> None:
    for second, reason in (("short", "too short"), (STRONG, "stands here twice"), ("", "empty")):
        text = BASE + f'webhook_secret = ["{STRONG}", "{second}"]\n' + WEB
        [problem] = problems(tmp_path, text)
        assert problem.key == "telegram.webhook_secret[2]"
        assert reason in problem.message


def test_the_environment_may_hold_the_list(tmp_path: Path) -> None:
    environ = {"PARTNER_BOT__TELEGRAM__WEBHOOK_SECRET": f'["{STRONG}", "{OTHER}"]'}
    config = load_config(write(tmp_path, BASE + WEB), environ)
    assert config.telegram.webhook_secret == (STRONG, OTHER)
