"""The chat page in a real browser, on the real simulator, with a small bot behind it."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from bot.simulator import Simulator
from tests.browser.chromium import launched
from tests.browser.probe import LINK, TOKEN, USERNAME, probe_bot

pytestmark = pytest.mark.browser

WIDE: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
HOSTILE = "<b>Ev\u202eil</b> <img src=x onerror=document.title='owned'>"


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


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    """Give a world of its own to each test; the page must not complain in any of them."""
    simulator = Simulator(token=TOKEN, username=USERNAME, name="Probe Bot")
    await simulator.start(host="127.0.0.1", port=0)
    url = simulator.url.rstrip("/")
    try:
        async with (
            launched() as browser,
            aiohttp.ClientSession(base_url=url) as api,
            probe_bot(url),
        ):
            stage = Scene(url=url, simulator=simulator, browser=browser, api=api)
            yield stage
            for context in stage.contexts:
                await context.close()
            assert stage.complaints == []
    finally:
        await simulator.stop()


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


async def test_a_new_person_starts_the_bot_and_presses_buttons(scene: Scene) -> None:
    page = await scene.open()
    await page.get_by_role("button", name="New person").first.click()
    form = page.get_by_role("dialog")
    await form.get_by_label("First name").fill("Olena")
    await form.get_by_label("Language").select_option("uk")
    await form.get_by_role("button", name="Create").click()

    chat = private(page)
    await expect(chat.get_by_text("on the phone of Olena")).to_be_visible()
    await chat.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.locator(".own .text")).to_contain_text("/start")
    await expect(chat.locator(".other .text b")).to_have_text("Welcome")

    await chat.get_by_role("button", name="Rules").click()
    alert = page.get_by_role("dialog")
    await expect(alert).to_contain_text("Ten per cent of every payment")
    await alert.get_by_role("button", name="OK").click()

    await chat.get_by_role("button", name="Activate").click()
    await expect(chat.locator(".other .text")).to_contain_text("You are a partner now")
    await expect(chat.locator(".other .edited")).to_be_visible()
    await expect(chat.get_by_role("button", name="Balance")).to_be_visible()
    await expect(page.locator(".toast")).to_have_text("Activated")


async def test_a_photo_opens_large_and_a_file_is_offered(scene: Scene) -> None:
    await scene.person("Anna")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await say(chat, "/photo")
    await chat.get_by_role("button", name="Open the photo").click()
    picture = page.get_by_role("dialog").locator("img")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 300
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await say(chat, "/file")
    async with page.expect_download() as started:
        await chat.get_by_role("link", name="statement.csv").click()
    assert (await started.value).suggested_filename == "statement.csv"


async def test_a_contact_is_shared_from_the_reply_keyboard(scene: Scene) -> None:
    await scene.person("Anna", phone="+380501234567")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await say(chat, "/phone")
    await expect(chat.get_by_placeholder("Press a button")).to_be_visible()
    await chat.get_by_role("button", name="Share my number").click()
    question = page.get_by_role("dialog")
    await expect(question).to_contain_text("+380501234567")
    await question.get_by_role("button", name="Share").click()
    await expect(chat.locator(".contact")).to_contain_text("380501234567")
    await expect(chat.locator(".other .text").last).to_contain_text("Received")
    await expect(chat.locator(".reply-keyboard")).to_have_count(0)


async def test_the_bot_asks_for_a_reply_and_gets_one(scene: Scene) -> None:
    await scene.person("Anna")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await say(chat, "/name")
    await expect(chat.locator(".reply-bar")).to_contain_text("What is your company called?")
    await expect(chat.get_by_placeholder("Company name")).to_be_visible()
    await say(chat, "ACME")
    await expect(chat.locator(".own .quote")).to_contain_text("What is your company called?")
    await expect(chat.locator(".other .text").last).to_contain_text("as a reply: ACME")
    await expect(chat.locator(".reply-bar")).to_be_hidden()


async def test_commands_are_offered_while_a_slash_is_typed(scene: Scene) -> None:
    await scene.person("Anna")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await chat.get_by_role("button", name="Commands").click()
    await expect(chat.locator(".command")).to_have_count(3)
    await chat.get_by_role("button", name="Commands").click()

    await chat.locator("textarea").press_sequentially("/ph")
    await expect(chat.locator(".command")).to_have_count(2)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(chat.locator(".own .text").last).to_contain_text("/photo")


async def test_a_bot_link_opens_as_another_person(scene: Scene) -> None:
    await scene.person("Anna")
    boris = await scene.person("Boris")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await chat.get_by_role("link", name="Open").click()
    choice = page.get_by_role("dialog")
    await expect(choice.locator("code")).to_have_text(LINK)
    await expect(choice.locator("[data-focus]")).to_contain_text("Anna")
    await choice.get_by_role("button", name="Boris").click()
    await expect(chat.locator(".other .text")).to_contain_text("Welcome to the probe by r_abc")
    assert f"person={boris}" in page.url


async def test_a_link_is_shared_with_a_person_who_presses_it(scene: Scene) -> None:
    await scene.person("Anna")
    await scene.person("Boris")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await chat.get_by_role("link", name="Share").click()
    await page.get_by_role("dialog").get_by_role("button", name="Send to a person").click()
    await page.get_by_role("dialog").get_by_role("button", name="Boris").click()
    await expect(chat.locator(".local")).to_contain_text("Forwarded from Anna")
    await chat.locator(".local a").click()
    await page.get_by_role("dialog").get_by_role("button", name="Boris").click()
    await expect(chat.locator(".other:not(.local) .text")).to_contain_text("by r_abc")


async def test_blocking_closes_the_input_and_unblocking_opens_it(scene: Scene) -> None:
    await scene.person("Anna")
    page = await scene.open()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await chat.get_by_role("button", name="Block the bot").click()
    await expect(chat.locator("textarea")).to_be_hidden()
    await chat.get_by_role("button", name="Unblock").click()
    await expect(chat.locator("textarea")).to_be_visible()


async def test_the_group_stands_beside_the_private_chat(scene: Scene) -> None:
    anna = await scene.person("Anna")
    maria = await scene.person("Maria", last_name="Stone")
    group = await scene.post(
        "groups", title="Desk", type="supergroup", members=[anna, maria], bot_rights={}
    )
    page = await scene.open()
    await expect(private(page)).to_be_visible()
    await expect(staff(page)).to_be_visible()
    left, right = await private(page).bounding_box(), await staff(page).bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]

    await staff(page).get_by_label("Write as").select_option(str(maria))
    await say(staff(page), "Good morning")
    await expect(staff(page).locator(".own .text")).to_contain_text("Good morning")
    await scene.post(f"chats/{group['id']}/send", **{"from": anna, "text": "Hello, Maria"})
    await expect(staff(page).locator(".other .author")).to_contain_text("Anna")


async def test_a_narrow_screen_has_tabs_with_unread_marks(scene: Scene) -> None:
    anna = await scene.person("Anna")
    maria = await scene.person("Maria")
    group = await scene.post("groups", title="Desk", type="supergroup", members=[anna, maria])
    page = await scene.open(PHONE)
    tabs = page.get_by_role("navigation")
    await expect(page.get_by_role("button", name="New person")).to_be_visible()
    await expect(private(page)).to_be_hidden()
    await page.get_by_role("button", name=re.compile("^Anna")).click()
    await expect(private(page)).to_be_visible()
    await private(page).get_by_role("button", name="Start", exact=True).click()
    await expect(private(page).get_by_role("button", name="Activate")).to_be_visible()

    await scene.post(f"chats/{group['id']}/send", **{"from": maria, "text": "Hello"})
    await expect(tabs.locator("[data-tab=staff] .badge")).to_have_text("1")
    await tabs.locator("[data-tab=staff]").click()
    await expect(staff(page).locator(".text").last).to_contain_text("Hello")
    await expect(tabs.locator("[data-tab=staff] .badge")).to_have_count(0)
    assert await fits(page)


@pytest.mark.parametrize("dark", [False, True])
async def test_hostile_names_and_texts_are_only_text(scene: Scene, dark: bool) -> None:
    hostile = await scene.person(HOSTILE[:64], label="<script>alert(1)</script>")
    unseen = await scene.person("\u200b\u200d")
    endless = await scene.person("x" * 64, last_name="y" * 64)
    await scene.post("groups", title="<i>Desk</i>\u202e", members=[hostile, unseen, endless])
    page = await scene.open(PHONE, dark=dark)
    await expect(page.locator(".row-name").first).to_contain_text("<b>Ev")
    await expect(page.locator(".row-name").nth(1)).to_have_text("No name")
    assert await fits(page)
    await page.locator(".row").first.click()
    chat = private(page)
    await chat.get_by_role("button", name="Start", exact=True).click()
    await say(chat, "<img src=x onerror=document.title='owned'> \u202eabc " + "z" * 400)
    await say(chat, "/long")
    await expect(chat.locator(".other .text").last).to_contain_text("WWWW")
    assert await chat.locator(".text img, .text script").count() == 0
    assert await fits(page)
    await page.locator("[data-tab=staff]").click()
    assert await fits(page)
    await page.locator("[data-tab=people]").click()
    assert await fits(page)
    assert "owned" not in await page.title()


async def test_the_reader_keeps_the_place_and_sees_the_pill(scene: Scene) -> None:
    anna = await scene.person("Anna")
    await scene.post(f"people/{anna}/start")
    for number in range(30):
        await scene.post(f"chats/{anna}/send", **{"from": anna, "text": f"line {number}"})
    page = await scene.open()
    timeline = private(page).get_by_role("region")
    await expect(private(page).get_by_text("You wrote: line 29")).to_be_visible()
    await timeline.evaluate("element => { element.scrollTop = 0; }")
    await expect(private(page).get_by_role("button", name="To the newest")).to_be_visible()
    await scene.post(f"chats/{anna}/send", **{"from": anna, "text": "/name"})
    # The person's own message, sent from elsewhere, brings the list to its end.
    await expect(private(page).get_by_text("What is your company").last).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "people"),
    [("ru-RU", "Люди"), ("uk-UA", "Люди"), ("bg-BG", "Хора"), ("de", "People")],
)
async def test_the_page_speaks_the_language_of_the_browser(
    scene: Scene, locale: str, people: str
) -> None:
    page = await scene.open(locale=locale)
    await expect(page.locator(".section-head h2").first).to_have_text(people)
    await page.locator("select[name=page-language]").select_option("bg")
    await expect(page.locator("html")).to_have_attribute("lang", "bg")
    await expect(page.locator(".section-head h2").first).to_have_text("Хора")


async def test_the_page_says_when_the_demo_has_stopped_and_comes_back_with_it(
    scene: Scene,
) -> None:
    await scene.person("Anna")
    page = await scene.open()
    await scene.simulator.stop()
    banner = page.get_by_role("alert")
    await expect(banner).to_contain_text("start it again with make demo")
    await scene.simulator.start(host="127.0.0.1", port=int(scene.url.rpartition(":")[2]))
    await expect(banner).to_be_hidden(timeout=10_000)
    await scene.person("Boris")
    await expect(page.locator(".row-name")).to_have_text(["Anna", "Boris"])
    scene.complaints.clear()
