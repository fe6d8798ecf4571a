"""Takes the screenshots of docs/screens: ``python -m tests.browser.screens``."""

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, ViewportSize

from bot.commands.demo import running_demo
from tests.browser.chromium import launched
from tests.browser.tour import tour
from tests.browser.walk import WIDE_PX, Walker, walk

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screens"
SIZES: tuple[ViewportSize, ...] = (
    {"width": 390, "height": 844},
    {"width": 1280, "height": 800},
)


async def take(browser: Browser, size: ViewportSize) -> None:
    """Walk the main job and the other screens at one size, and keep a picture of each step."""
    folder = FOLDER / str(size["width"])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data:
        async with running_demo(Path(data)) as demo:
            context = await browser.new_context(
                viewport=size, locale="en-US", reduced_motion="reduce"
            )
            page = await context.new_page()
            await page.goto(demo.page_url)
            await page.wait_for_selector("html[data-ready]")

            async def shot(name: str) -> None:
                await page.wait_for_timeout(250)
                await page.screenshot(path=folder / f"{name}.png")

            walker = Walker(page, size["width"] >= WIDE_PX, shot)
            await walk(walker)
            await tour(walker)
            await context.close()


async def main() -> None:
    """Take the pictures at every size."""
    async with launched() as browser:
        for size in SIZES:
            await take(browser, size)


if __name__ == "__main__":
    asyncio.run(main())
