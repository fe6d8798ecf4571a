"""A running simulator with its bot, a browser, and where to look on the page."""

from dataclasses import dataclass, field
from typing import Any

import aiohttp
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize

from bot.simulator import Simulator

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Scene:
    """A running simulator with its bot, and a browser to look at it."""

    url: str
    simulator: Simulator
    browser: Browser
    api: aiohttp.ClientSession
    complaints: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    async def post(self, path: str, **fields: object) -> dict[str, Any]:
        """Call the control API."""
        async with self.api.post(f"/sim/{path}", json=fields) as response:
            answer: dict[str, Any] = await response.json()
            assert response.status < 400, answer
            return answer

    async def person(self, first_name: str, **fields: object) -> int:
        """Make a person."""
        made = await self.post("people", first_name=first_name, **fields)
        return int(made["id"])

    async def open(
        self, size: ViewportSize = WIDE, *, locale: str = "en-US", dark: bool = False
    ) -> Page:
        """Open the page and wait until it has loaded the world."""
        context = await self.browser.new_context(
            viewport=size,
            locale=locale,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                self.complaints.append(said.text) if said.type in {"error", "warning"} else None
            ),
        )
        await page.goto(f"{self.url}/")
        await page.wait_for_selector("html[data-ready]")
        return page


def private(page: Page) -> Locator:
    """Find the column of the private chat."""
    return page.locator("[data-pane=chat]")


def staff(page: Page) -> Locator:
    """Find the column of the group."""
    return page.locator("[data-pane=staff]")


async def say(pane: Locator, text: str) -> None:
    """Type a message and send it by Enter."""
    await pane.locator("textarea").fill(text)
    await pane.locator("textarea").press("Enter")


async def fits(page: Page) -> bool:
    """Test that nothing sticks out to the side."""
    width: int = await page.evaluate("document.documentElement.scrollWidth")
    return width <= await page.evaluate("window.innerWidth")
