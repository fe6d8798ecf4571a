"""The main job walked through the chat page: from a new person to money in a pay-out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from playwright.async_api import Locator, Page, expect

Shot = Callable[[str], Awaitable[None]]
WIDE_PX = 1_000


async def no_shot(_name: str) -> None:
    """Take no picture."""


@dataclass
class Walker:
    """Somebody who presses and types in the page.

    Attributes:
        page: The chat page.
        is_wide: Both chats stand side by side; on a phone tabs change between them.
        shot: Takes a picture of a step.
    """

    page: Page
    is_wide: bool
    shot: Shot = no_shot

    async def pane(self, name: str) -> Locator:
        """Bring a chat to the front and return it: ``chat`` or ``staff``."""
        if not self.is_wide:
            await self.page.locator(f"button[data-tab={name}]").click()
        return self.page.locator(f"[data-pane={name}]")

    async def choose(self, name: str) -> None:
        """Be another person."""
        if not self.is_wide:
            await self.page.locator("button[data-tab=people]").click()
        await self.page.locator(".row", has_text=name).first.click()

    async def say(self, pane: Locator, text: str) -> None:
        """Type a message and send it."""
        await pane.locator("textarea").fill(text)
        await pane.locator("textarea").press("Enter")

    async def press(self, pane: Locator, label: str) -> None:
        """Press the newest button with this label."""
        await pane.get_by_role("button", name=label).last.click()

    async def sees(self, pane: Locator, text: str) -> None:
        """Wait for a message of the bot."""
        await expect(pane.locator(".other .text", has_text=text).last).to_be_visible()


async def walk(walker: Walker) -> None:
    """Walk from a new person to a paid pay-out; every step is a press or a typed text."""
    await _become_partner(walker)
    client_id = await _bring_client(walker)
    await _earn(walker, client_id)
    await _withdraw(walker)


async def _become_partner(walker: Walker) -> None:
    page = walker.page
    if not walker.is_wide:
        await page.locator("button[data-tab=people]").click()
    await page.get_by_role("button", name="New person").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("First name").fill("Anna")
    await form.get_by_role("button", name="Create").click()
    chat = await walker.pane("chat")
    await expect(chat.get_by_text("on the phone of Anna")).to_be_visible()
    await chat.get_by_role("button", name="Start", exact=True).click()
    await walker.sees(chat, "Hello, Anna")
    await walker.shot("01-welcome")
    await walker.press(chat, "Become a partner")
    await walker.sees(chat, "By pressing Activate")
    await walker.shot("02-rules")
    await walker.press(chat, "Activate")
    await walker.sees(chat, "Your link")
    await walker.sees(chat, "own account ID")
    await walker.say(chat, "crm-anna-sample")
    await walker.sees(chat, "crm-anna-sample")
    picture = chat.locator("img").last
    await picture.evaluate("image => image.decode()")
    await picture.scroll_into_view_if_needed()
    await walker.shot("03-link")


async def _bring_client(walker: Walker) -> str:
    page = walker.page
    chat = await walker.pane("chat")
    await chat.locator(".text a[href*='start=r_']").first.click()
    await page.get_by_role("dialog").get_by_role("button", name="Carla").click()
    chat = await walker.pane("chat")
    await walker.sees(chat, "invites you")
    await walker.shot("04-invited")
    await walker.press(chat, "Register and share my contact")
    await page.get_by_role("dialog").get_by_role("button", name="Share").click()
    await walker.sees(chat, "You are registered")
    await walker.shot("05-registered")
    text = await chat.locator(".other .text", has_text="Your client ID").last.inner_text()
    return next(word for word in text.split() if word.startswith("bot-"))


async def _earn(walker: Walker, client_id: str) -> None:
    staff = await walker.pane("staff")
    for number in range(6):
        await walker.say(staff, f"/pay {client_id} 100.00 USD")
        recorded = staff.locator(".other .text", has_text="Payment of 100.00 USD recorded")
        await expect(recorded).to_have_count(number + 1)
        if number == 0:
            await walker.shot("06-payment-entered")
    await walker.choose("Anna")
    chat = await walker.pane("chat")
    earned = chat.locator(".other .text", has_text="You earned 10.00 USD")
    await expect(earned).to_have_count(6)
    await walker.shot("07-earned")


async def _withdraw(walker: Walker) -> None:
    chat = await walker.pane("chat")
    await walker.say(chat, "/withdraw")
    await walker.sees(chat, "How much should we pay out?")
    await walker.shot("08-withdraw")
    await walker.say(chat, "50")
    await walker.sees(chat, "Where should we send")
    await walker.say(chat, "DE89 3704 0044 0532 0130 00, Anna Sample")
    await walker.sees(chat, "Please check")
    await walker.shot("09-confirm")
    await walker.press(chat, "Confirm")
    await walker.sees(chat, "is with the vendor")
    staff = await walker.pane("staff")
    # The sample partners' cards are still coming meanwhile, and one of them is done as well.
    card = staff.locator("li", has_text="Partner: Anna")
    await expect(card).to_be_visible()
    await walker.shot("10-card")
    await walker.press(card, "💸 Done")
    await expect(card.locator(".text", has_text="🟢 done")).to_be_visible()
    chat = await walker.pane("chat")
    await walker.sees(chat, "has been sent")
    await walker.say(chat, "/balance")
    await walker.sees(chat, "Payable: 10.00 USD")
    await walker.sees(chat, "Paid: 50.00 USD")
    await walker.shot("11-balance")
