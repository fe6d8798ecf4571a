"""The public pages as a stranger sees them: phone and desktop, light and dark, with and without
scripts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, ViewportSize, expect

from bot.commands.demo import Demo, running_demo
from tests.browser.chromium import launched

pytestmark = pytest.mark.browser
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running_demo(tmp_path) as started:
        yield started


async def fits(page: Page) -> None:
    """Assert that nothing stands outside of the screen and nothing was refused by the policy."""
    wide = await page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert wide[0] <= wide[1]


async def test_a_stranger_walks_the_pages(demo: Demo) -> None:
    async with launched() as browser:
        for size in (PHONE, DESKTOP):
            for scheme in ("light", "dark"):
                context = await browser.new_context(
                    viewport=size, color_scheme=scheme, locale="bg-BG", reduced_motion="reduce"
                )
                page = await context.new_page()
                complaints: list[str] = []
                page.on("console", lambda told, kept=complaints: kept.append(told.text))
                page.on(
                    "request",
                    lambda asked, kept=complaints: (
                        None
                        if asked.url.startswith((demo.web_url, "data:"))
                        else kept.append(asked.url)
                    ),
                )
                await page.goto(demo.web_url)
                await expect(page.locator("html")).to_have_attribute("lang", "bg")
                for language in ("en", "ru", "uk", "bg"):
                    await page.locator(f".languages a[lang={language}]").click()
                    await expect(page.locator("html")).to_have_attribute("lang", language)
                    await fits(page)
                await page.locator(".actions .quiet").click()
                await page.locator("#programs a.card").first.click()
                await expect(page.locator("#rules li").first).to_be_visible()
                await fits(page)
                ink = await page.evaluate("getComputedStyle(document.body).backgroundColor")
                assert (ink == "rgb(15, 23, 32)") is (scheme == "dark")
                assert complaints == []
                await context.close()


async def test_the_calculator_answers_while_one_types(demo: Demo) -> None:
    async with launched() as browser:
        page = await browser.new_page(viewport=PHONE, locale="en-US")
        await page.goto(f"{demo.web_url}/programs/saas-tiers")
        await page.locator("input[name=clients]").fill("25")
        await expect(page.locator("#result")).to_contain_text("750.00")
        await expect(page.locator("tr.now")).to_contain_text("Pro")
        await page.locator("input[name=bill]").fill("80,50")
        await expect(page.locator("#result")).to_contain_text("603.75")
        assert "clients=25" in page.url
        await page.locator("input[name=bill]").fill("much")
        await expect(page.locator("#result .problem")).to_be_visible()


async def test_the_calculator_needs_no_script(demo: Demo) -> None:
    async with launched() as browser:
        context = await browser.new_context(java_script_enabled=False, locale="en-US")
        page = await context.new_page()
        await page.goto(f"{demo.web_url}/programs/saas-tiers")
        await page.locator("input[name=clients]").fill("6")
        await page.get_by_role("button", name="Calculate").click()
        await expect(page.locator("#result")).to_contain_text("120.00")


async def test_every_program_of_the_demo_fits_a_phone_in_every_language(demo: Demo) -> None:
    async with launched() as browser:
        page = await browser.new_page(viewport=PHONE, locale="en-US")
        for program in demo.product.programs.values():
            for language in ("en", "ru", "uk", "bg"):
                await page.goto(f"{demo.web_url}/programs/{program.key}?lang={language}")
                await expect(page.locator("h1")).to_have_text(program.text(language).title)
                assert bool(await page.locator("#rates").count()) is bool(program.rates)
                await fits(page)
