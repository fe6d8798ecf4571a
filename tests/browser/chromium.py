"""Finds Chromium on this machine and starts it without a window.

Run as ``python -m tests.browser.chromium`` it says what is missing, or nothing at all.
"""

import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

CANDIDATES = ("/usr/bin/chromium", "chromium", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
MISSING = (
    "Chromium was not found. Install the Debian package `chromium` (apt-get install chromium), "
    "or put chromium or google-chrome on PATH."
)


class ChromiumMissing(Exception):
    """There is no Chromium on this machine."""


def find() -> str | None:
    """Find the program, or nothing."""
    return next((path for name in CANDIDATES if (path := shutil.which(name))), None)


@asynccontextmanager
async def launched() -> AsyncIterator[Browser]:
    """Start headless Chromium and close it afterwards."""
    program = find()
    if program is None:
        raise ChromiumMissing(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program, headless=True, args=list(ARGUMENTS)
        )
        try:
            yield browser
        finally:
            await browser.close()


if __name__ == "__main__":
    sys.exit(None if find() else MISSING)
