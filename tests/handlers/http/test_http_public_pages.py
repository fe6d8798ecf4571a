"""What a stranger sees first: the programs, the calculator, how to join; in four languages."""

import base64
import hashlib
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from domain.programs.model import JoiningMode, Program
from domain.usecases.calculator.forecast import ForecastEarnings
from handlers.http.doors import RateLimits
from tests.domain.builders import saas_tiers
from tests.domain.programs import HOSTING, POOL, WIDGET
from tests.handlers.http.conftest import OpenWorld
from tests.handlers.http.world import BOT_LINK, World, only_sqlite

pytestmark = only_sqlite
EVIL = "<script>alert(1)</script>\" onload=x '"


class Links(HTMLParser):
    """Every address that a page names, and every element that loads something."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"src", "href", "srcset", "data", "poster"} and value:
                self.found.append((tag, value))


async def read(world: World, path: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    """Return a page with every kind of space as a plain one."""
    async with world.session.get(world.url + path, headers=headers) as answer:
        text = (await answer.text()).replace("\u202f", " ").replace("\xa0", " ")
        return answer.status, text, answer.headers


async def offering(open_world: OpenWorld, *programs: Program) -> World:
    """Start a server with these programs."""
    world = await open_world()
    offered = {program.key: program for program in programs}
    around = replace(world.around, programs=offered)
    return await open_world(programs=offered, forecast_earnings=ForecastEarnings(around))


@pytest.mark.parametrize(
    ("language", "title", "sum_"),
    [
        ("en", "Referral program", "2,400.00 USD"),
        ("ru", "Реферальная программа", "2 400,00 USD"),
        ("uk", "Реферальна програма", "2 400,00 USD"),
        ("bg", "Реферална програма", "2 400,00 USD"),
    ],
)
async def test_the_first_page_in_each_language(
    world: World, language: str, title: str, sum_: str
) -> None:
    for path, headers in (
        (f"/?lang={language}", {}),
        ("/", {"Accept-Language": f"fr;q=0.9, {language}-XX;q=0.8, en;q=0.1"}),
    ):
        status, text, sent = await read(world, path, **headers)
        assert status == 200
        assert f'<html lang="{language}">' in text
        assert f"<h1>{title}</h1>" in text
        assert sum_ in text
        assert f"{BOT_LINK}?start=join" in text
        assert sent["Content-Language"] == language
        assert "Accept-Language" in sent["Vary"]
        assert f'<link rel="canonical" href="https://partners.example/?lang={language}">' in text
    for code in ("en", "ru", "uk", "bg"):
        assert f'hreflang="{code}" href="https://partners.example/?lang={code}"' in text
    assert 'hreflang="x-default" href="https://partners.example/"' in text


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("", "en"),
        ("de, fr", "en"),
        ("uk;q=0, bg;q=0.2", "bg"),
        ("BG-bg", "bg"),
        ("ru;q=nonsense, uk;q=0.1", "uk"),
        ("ru;q=0.5, uk;q=0.5", "ru"),
        ("ru;q=1e309", "en"),
        ("," * 5_000, "en"),
    ],
)
async def test_the_language_that_a_browser_wishes(world: World, wish: str, language: str) -> None:
    _, text, _ = await read(world, "/?lang=klingon", **{"Accept-Language": wish})
    assert f'<html lang="{language}">' in text


async def test_the_calculator_is_a_form_that_needs_no_script(world: World) -> None:
    status, text, _ = await read(world, "/?lang=en&clients=25&bill=80%2C50+usd")
    assert status == 200
    assert "603.75 USD" in text
    assert "7,245.00 USD" in text
    assert "Tier: Pro · 30%" in text
    assert 'name="clients"' in text
    assert 'value="25"' in text
    assert 'value="80,50 usd"' in text
    assert '<form method="get"' in text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("clients=0&bill=1", "is not a number of clients. Give a whole number from 1 to 100,000."),
        ("clients=1.5&bill=1", "is not a number of clients"),
        ("clients=%D9%A1&bill=1", "is not a number of clients"),
        ("clients=" + "9" * 3_000 + "&bill=1", "is not a number of clients"),
        ("clients=1&bill=x", "is not an amount"),
        ("clients=1&bill=1.001", "at most 2 decimals"),
        ("clients=1&bill=-5", "is not an amount"),
    ],
)
async def test_wrong_input_is_answered_beside_the_form(
    world: World, query: str, told: str
) -> None:
    status, text, _ = await read(world, f"/?lang=en&{query}")
    assert status == 200
    assert told in text
    assert '<p class="problem">' in text


async def test_nothing_that_a_visitor_sends_becomes_markup(world: World) -> None:
    for path in ("/", "/programs/saas-tiers"):
        query = {"lang": EVIL, "clients": EVIL[:24], "bill": EVIL[:24], "program": EVIL}
        async with world.session.get(world.url + path, params=query) as answer:
            text = await answer.text()
        assert "<script>alert" not in text
        assert "alert(1)<" not in text
        assert '" onload' not in text
        assert "&lt;script&gt;alert(1)" in text


async def test_texts_of_a_program_are_no_markup_either(open_world: OpenWorld) -> None:
    texts = {
        code: replace(text, title=EVIL, summary=EVIL, rules=f"• {EVIL}\n• two\n\nA word.")
        for code, text in saas_tiers().texts.items()
    }
    world = await offering(open_world, replace(saas_tiers(), texts=texts), WIDGET)
    for path in ("/?lang=en", "/programs/saas-tiers?lang=en"):
        _, text, _ = await read(world, path)
        assert "<script>alert" not in text
        assert '" onload' not in text
    assert "<li>two</li></ul>" in text
    assert "<p>A word.</p>" in text


async def test_a_program_has_a_page_of_its_own(world: World) -> None:
    status, text, _ = await read(world, "/programs/saas-tiers?lang=en")
    assert status == 200
    for told in (
        "up to 30%",
        "12 months",
        "50.00 USD",
        "7 days",
        "1–5",
        "6–20",
        "21+",
        "A client is yours if they register within 7 days",
        "Search ads on our brand name",
        "Version 1, in force since Jan 1, 2026",
        'id="calculator"',
        "Open the bot in Telegram",
    ):
        assert told in text, told
    canonical = "https://partners.example/programs/saas-tiers?lang=en"
    assert f'<link rel="canonical" href="{canonical}">' in text
    assert f'<meta property="og:url" content="{canonical}">' in text


async def test_several_programs_stand_side_by_side(open_world: OpenWorld) -> None:
    world = await offering(open_world, saas_tiers(), HOSTING, WIDGET, POOL)
    _, text, _ = await read(world, "/?lang=en&program=hosting&clients=2&bill=100")
    assert "<h1>Bring clients and earn from what they pay</h1>" in text
    for key in ("saas-tiers", "hosting", "widget", "pool"):
        assert f'href="/programs/{key}?lang=en"' in text
    assert '<option value="hosting" selected>' in text
    assert "Shared" in text
    assert "30.00 EUR" in text
    assert "14.00 EUR" in text
    _, widget, _ = await read(world, "/programs/widget?lang=en&clients=1&bill=1000")
    assert "The client pays the vendor" in widget
    assert "You collect the payment" in widget
    assert "500.00 RUB" in widget
    _, pool, _ = await read(world, "/programs/pool?lang=en")
    assert "This program pays no commission." in pool
    assert 'id="rates"' not in pool
    assert "ask for a pay-out" not in pool
    _, unknown, _ = await read(world, "/?lang=en&program=none")
    assert '<option value="saas-tiers" selected>' in unknown


async def test_joining_by_application_is_told(open_world: OpenWorld) -> None:
    by_application = replace(saas_tiers(), joining=JoiningMode.APPLICATION)
    world = await offering(open_world, by_application)
    _, text, _ = await read(world, "/?lang=en")
    assert "Fill in the application" in text
    assert "press Activate" not in text


async def test_before_telegram_has_answered_no_dead_link_is_shown(open_world: OpenWorld) -> None:
    world = await open_world(bot_link=lambda: "https://t.me/")
    status, text, _ = await read(world, "/?lang=en")
    assert status == 200
    assert "https://t.me/" not in text
    assert "The bot is starting" in text


async def test_a_page_loads_nothing_from_anywhere(world: World) -> None:
    for path in ("/", "/programs/saas-tiers", "/nothing"):
        _, text, headers = await read(world, path)
        links = Links(text).found
        assert all(tag in {"a", "link"} for tag, _ in links), links
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        for tag in ("style",) if path == "/nothing" else ("style", "script"):
            (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
            digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
        assert len(text) < 40_000


async def test_a_page_that_is_known_is_not_sent_again(world: World) -> None:
    _, _, headers = await read(world, "/?lang=en")
    assert headers["Cache-Control"] == "public, max-age=300"
    tag = headers["ETag"]
    status, body, again = await read(world, "/?lang=en", **{"If-None-Match": tag})
    assert (status, body) == (304, "")
    assert again["ETag"] == tag
    status, _, _ = await read(world, "/?lang=ru", **{"If-None-Match": tag})
    assert status == 200
    async with world.session.head(world.url + "/?lang=en") as answer:
        assert answer.status == 200


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/nothing", 404, "There is no such page"),
        ("/programs/none", 404, "There is no such page"),
        ("/programs/%3Cb%3E", 404, "There is no such page"),
        ("/healthz?lang=en", 200, ""),
    ],
)
async def test_pages_that_are_not_there(world: World, path: str, status: int, told: str) -> None:
    given, text, headers = await read(world, path)
    assert given == status
    assert told in text
    if status == 404:
        assert headers["Cache-Control"] == "no-store"
        assert 'name="robots" content="noindex"' in text
        assert 'href="/?lang=en"' in text
        assert "canonical" not in text


async def test_one_address_reads_so_many_pages(open_world: OpenWorld) -> None:
    world = await open_world(limits=RateLimits(pages="2/minute"))
    for _ in range(2):
        assert (await read(world, "/"))[0] == 200
    status, text, headers = await read(world, "/programs/saas-tiers?lang=uk")
    assert status == 429
    assert int(headers["Retry-After"]) > 0
    assert "Забагато запитів" in text


async def test_a_wrong_page_speaks_the_readers_language(world: World) -> None:
    _, text, _ = await read(world, "/nothing", **{"Accept-Language": "bg"})
    assert "Няма такава страница" in text
