"""The main job in a real browser, on the demo as `make demo` runs it."""

from pathlib import Path

import pytest
from playwright.async_api import ViewportSize

from bot.commands.demo import running_demo
from storage.books import audit
from tests.browser.chromium import launched
from tests.browser.tour import tour
from tests.browser.walk import WIDE_PX, Walker, walk

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "size", [{"width": 390, "height": 844}, {"width": 1280, "height": 800}], ids=["phone", "desk"]
)
async def test_a_new_person_earns_and_is_paid_by_pressing_and_typing(
    tmp_path: Path, size: ViewportSize
) -> None:
    async with running_demo(tmp_path) as demo, launched() as browser:
        context = await browser.new_context(viewport=size, locale="en-US")
        page = await context.new_page()
        page.set_default_timeout(10_000)
        await page.goto(demo.page_url)
        await page.wait_for_selector("html[data-ready]")
        walker = Walker(page, size["width"] >= WIDE_PX)
        await walk(walker)
        await tour(walker)
        await context.close()
        assert await audit(demo.product.engines) == []
