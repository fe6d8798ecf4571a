"""What else the partner and the staff look at, after the main job was walked."""

from collections.abc import Sequence

from playwright.async_api import Locator, expect

from tests.browser.walk import Walker

PARTNER: Sequence[tuple[str, str, str]] = (
    ("/stats", "Statistics", "12-stats"),
    ("/referrals", "Referrals", "13-referrals"),
    ("/payments", "Payments", "14-payments"),
    ("/tier", "My tier", "16-tier"),
    ("/convert", "credit", "17-convert"),
    ("/links", "My links", "18-links"),
    ("/calc", "clients", "19-calculator"),
    ("/claim", "Where is my client?", "20-claim"),
    ("/settings", "Settings", "21-settings"),
    ("/privacy", "stored", "22-privacy"),
    ("/support", "Ask the vendor anything", "23-support"),
    ("/menu", "What would you like to see?", "24-menu"),
)
"""What is typed, what is seen, and the name of the picture."""
WITH_CHART = ("/stats", "/report")
"""A picture follows their words."""
STAFF: Sequence[tuple[str, str, str]] = (
    ("/queue", "wait", "30-queue"),
    ("/report", "Report", "31-report"),
    ("/payouts", "Pay-outs", "32-payouts"),
    ("/staff", "Staff", "33-staff"),
    ("/audit", "Audit", "34-audit"),
    ("/books", "The books balance", "35-books"),
)


async def tour(walker: Walker) -> None:
    """Look at every screen that the main job did not pass."""
    chat = await walker.pane("chat")
    for typed, seen, name in PARTNER:
        await _look(walker, chat, typed, seen, name)
        if typed == "/payments":
            await _ask_why(walker, chat)
        await walker.say(chat, "/cancel")
    staff = await walker.pane("staff")
    for typed, seen, name in STAFF:
        await _look(walker, staff, typed, seen, name)


async def _look(walker: Walker, pane: Locator, typed: str, seen: str, name: str) -> None:
    texts, pictures = pane.locator(".other .text"), pane.locator("img")
    before, drawn = await texts.count(), await pictures.count()
    await walker.say(pane, typed)
    await expect(texts).not_to_have_count(before)
    await walker.sees(pane, seen)
    if typed in WITH_CHART:
        await expect(pictures).to_have_count(drawn + 1, timeout=20_000)
    for picture in await pane.locator("img").all():
        await picture.evaluate("image => image.decode()")
    await walker.shot(name)


async def _ask_why(walker: Walker, chat: Locator) -> None:
    await walker.press(chat, "❓ 1")
    await walker.sees(chat, "Why 10.00")
    await walker.shot("15-why")
