"""How the page shows what is: on narrow screens, hostile texts, languages, a demo that stopped."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.scene import PHONE, Scene, fits, private, say, staff

pytestmark = pytest.mark.browser


HOSTILE = "<b>Ev\u202eil</b> <img src=x onerror=document.title='owned'>"


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
