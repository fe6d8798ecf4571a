"""Telling who speaks, in which language, and who blocked the bot."""

import asyncio
from dataclasses import replace

from domain.rights import MemberRole, StaffRole
from domain.usecases.people.identify import SeenPerson
from tests.usecases.app import App

LANGUAGES = {
    "en": "en",
    "uk": "uk",
    "ru-RU": "ru",
    "BG": "bg",
    "de": "en",
    "u": "en",
    "english": "en",
    "": "en",
    None: "en",
}


async def test_a_new_person_reads_in_the_language_of_its_app(app: App) -> None:
    for number, (code, language) in enumerate(LANGUAGES.items(), start=1):
        seen = SeenPerson(id=number, name="Ann", username=None, language_code=code)
        caller = await app.use.identify_caller(seen, in_admin_chat=False)
        assert caller.person.language == language, code
        (row,) = await app.rows("people", id=number)
        assert (row["language"], row["created_at"]) == (language, app.now)


async def test_the_language_chosen_once_stays(app: App) -> None:
    ann = await app.private("ann")
    chosen = await app.use.choose(ann, "bg")
    assert chosen.person.language == "bg"
    app.shows("ann", replace(app.person("ann"), language_code="uk"))
    assert (await app.private("ann")).person.language == "bg"
    before = await app.contents(but=())
    for unknown in ("de", "", "EN", "../etc"):
        assert await app.use.choose(chosen, unknown) == chosen
    assert await app.contents(but=()) == before


async def test_a_changed_name_is_kept_and_an_unchanged_one_written_once(app: App) -> None:
    await app.private("ann")
    commits = app.commits
    app.later(days=1)
    await app.private("ann")
    assert app.commits == commits
    app.shows("ann", replace(app.person("ann"), name="Anna <b>", username=None))
    caller = await app.private("ann")
    assert (caller.person.name, caller.person.username) == ("Anna <b>", None)
    (row,) = await app.rows("people")
    assert (row["name"], row["username"]) == ("Anna <b>", None)


async def test_two_updates_of_a_new_person_at_once(app: App) -> None:
    await asyncio.gather(*(app.private("ann") for _ in range(3)))
    assert len(await app.rows("people")) == 1


async def test_a_caller_is_everything_that_the_person_is_now(app: App) -> None:
    assert (await app.in_chat("boss")).staff_role is StaffRole.OWNER
    stranger = await app.private("olga")
    assert (stranger.staff_role, stranger.membership, stranger.client_id) == (None, None, None)
    await app.joins("olga")
    await app.staff("olga", StaffRole.SUPPORT)
    registered = await app.consents("olga")
    olga = await app.in_chat("olga")
    assert (olga.staff_role, olga.in_admin_chat) == (StaffRole.SUPPORT, True)
    assert olga.membership
    assert olga.membership.role is MemberRole.ADMIN
    assert olga.client_id == registered.client.id
    await app.leaves_staff("olga")
    await app.leaves_partner("olga")
    gone = await app.private("olga")
    assert (gone.staff_role, gone.membership) == (None, None)


async def test_who_blocked_the_bot_is_known_until_it_speaks_again(app: App) -> None:
    await app.private("ann")
    ann = app.id_of("ann")
    await app.use.mark_blocked(ann, blocked=True)
    assert (await app.rows("people"))[0]["blocked_at"] == app.now
    await app.use.mark_blocked(ann, blocked=False)
    assert (await app.rows("people"))[0]["blocked_at"] is None
    before = await app.contents(but=())
    await app.use.mark_blocked(42, blocked=True)
    assert await app.contents(but=()) == before
