"""The chat page in a real browser, on the real simulator, with a small bot behind it."""

import pytest
from playwright.async_api import expect

from tests.browser.probe import LINK
from tests.browser.scene import Scene, private, say, staff

pytestmark = pytest.mark.browser


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
