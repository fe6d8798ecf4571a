"""E-mails as a reader's window shows them: each kind, each language, narrow and wide."""

import pytest
from playwright.async_api import Browser

from domain.programs.model import LANGUAGES
from handlers.ui.mails import MAIL_WORDS
from tests.browser.chromium import launched
from tests.browser.mails import PARAMS, rendered

pytestmark = pytest.mark.browser
WIDTHS = (320, 390, 600)
OUTSIDE = """() => [...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 0.5)
    .map(one => one.outerHTML.slice(0, 200))"""


def test_every_kind_is_looked_at() -> None:
    assert PARAMS.keys() == MAIL_WORDS.keys()


async def _outside(browser: Browser, page_text: str, width: int) -> list[str]:
    """Return what sticks out of the window."""
    page = await browser.new_page(viewport={"width": width, "height": 900})
    await page.set_content(page_text)
    found: list[str] = await page.evaluate(OUTSIDE)
    await page.close()
    return found


@pytest.mark.parametrize("kind", PARAMS)
async def test_an_e_mail_fits_every_window(kind: str) -> None:
    async with launched() as browser:
        for code in LANGUAGES:
            for width in WIDTHS:
                outside = await _outside(browser, rendered(kind, code).html, width)
                assert outside == [], (code, width)
