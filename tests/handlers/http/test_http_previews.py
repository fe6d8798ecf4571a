"""Machines that only look at a link are sent on, and not counted."""

import pytest

from handlers.http.redirect import COOKIE
from handlers.http.routes import VISITS
from tests.handlers.http.world import World, only_sqlite, parameters_of

pytestmark = only_sqlite
HOME = "https://vendor.example/signup?lang=en"


async def test_head_is_not_counted(world: World) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", "HEAD")
    assert answer.status == 302
    assert answer.headers["Location"].startswith(f"{HOME}&ref={code}&")
    assert COOKIE not in answer.cookies
    await world.app[VISITS].flush()
    assert await world.clicks_of(code) == 0


MACHINES = [
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Twitterbot/1.0",
    "WhatsApp/2.23.20.0 A",
    "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
    "Slack-ImgProxy (+https://api.slack.com/robots)",
    "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
    "LinkedInBot/1.0",
    "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
    "Mozilla/5.0 (Windows NT 6.1) SkypeUriPreview Preview/0.5",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 (compatible; bingbot/2.0)",
    "Mozilla/5.0 (compatible; YandexBot/3.0)",
    "Mozilla/5.0 (compatible; AhrefsBot/7.0)",
    "Mozilla/5.0 (compatible; SomeCrawler/1.0)",
    "Mozilla/5.0 HeadlessChrome/126.0",
]


@pytest.mark.parametrize("agent", MACHINES)
async def test_machines_are_not_counted(world: World, agent: str) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", **{"User-Agent": agent})
    assert answer.status == 302
    assert answer.headers["Location"].startswith(HOME)
    assert COOKIE not in answer.cookies
    assert len(world.app[VISITS]) == 0


@pytest.mark.parametrize(
    "header",
    [{"Purpose": "prefetch"}, {"Sec-Purpose": "prefetch;prerender"}, {"X-Moz": "prefetch"}],
)
async def test_what_browsers_fetch_ahead_is_not_counted(
    world: World, header: dict[str, str]
) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", **header)
    assert COOKIE not in answer.cookies
    assert "click_id" in parameters_of(answer.headers["Location"])
    assert len(world.app[VISITS]) == 0


PEOPLE = [
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) AppleWebKit/537.36 Chrome/91.0 Mobile",
    "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) Telegram-Android/11.2.2",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1 [FBAN/FBIOS;FBAV/480]",
    "curl/8.5.0",
    "",
]


@pytest.mark.parametrize("agent", PEOPLE)
async def test_people_are_counted(world: World, agent: str) -> None:
    code = await world.joins()
    answer = await world.visit(f"/r/{code}", **{"User-Agent": agent})
    assert COOKIE in answer.cookies
    assert len(world.app[VISITS]) == 1
