"""The page of an invitation: the form, registering, wanting no more (R37)."""

import re

from domain.entities.people import Caller, Membership, Person
from domain.ids import hash_of
from domain.rights import MemberRole
from domain.usecases.inviting.invite import InviteClient
from tests.handlers.http.world import World, only_sqlite


async def _invited(world: World) -> str:
    """Let a partner invite somebody; return the path of the page."""
    code = await world.joins()
    around = world.around
    around.open_work.sends_mail = True  # type: ignore[misc]
    async with around.open_work.read() as work:
        found = await work.partners.by_code(code)
        assert found
        (member,) = await work.team.members(found[0].id)
    caller = Caller(
        person=Person(id=member.person_id, language="en", name=member.name),
        membership=Membership(partner_id=found[0].id, role=MemberRole.ADMIN),
    )
    await InviteClient(around, "https://x.example")(caller, "ann@example.com <Ann>")
    async with around.open_work() as work:
        now = around.clock()
        (mail,) = await work.mails.claim(now=now, lease_until=now, limit=5)
    return f"/invitations/{mail.params['token']}"


@only_sqlite
async def test_a_client_registers_by_the_page(world: World) -> None:
    path = await _invited(world)
    async with world.session.get(f"{world.url}{path}?lang=ru") as answer:
        text = await answer.text()
        assert answer.status == 200
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "ann@example.com" in text
    assert "&lt;Ann&gt;" in text
    assert re.search(r'name="consent"', text)
    given = {"name": "Ann", "phone": "12", "consent": "yes"}
    async with world.session.post(world.url + path, data=given) as answer:
        assert "code of the country" in await answer.text()
    async with world.session.post(world.url + path, data=given | {"consent": ""}) as answer:
        assert "Please agree first" in await answer.text()
    async with world.session.post(
        world.url + path, data=given | {"phone": "+12025550123"}
    ) as answer:
        assert "You are registered" in await answer.text()
    async with world.session.get(world.url + path) as answer:
        assert (answer.status, "is not valid" in await answer.text()) == (410, True)


@only_sqlite
async def test_a_machine_that_looks_ahead_leaves_no_click(world: World) -> None:
    path = await _invited(world)
    for agent, clicks in (("TelegramBot (like TwitterBot)", 0), ("Mozilla/5.0", 1)):
        async with world.session.get(world.url + path, headers={"User-Agent": agent}) as answer:
            assert answer.status == 200
        assert await _clicks(world, path) == clicks, agent


async def _clicks(world: World, path: str) -> int:
    async with world.around.open_work.read() as work:
        found = await work.client_invitations.by_token(hash_of(path.rpartition("/")[2]))
        assert found
        ids = [found.click_id]
        return len(await work.clicks.known(click_ids=ids, visitor_ids=[], person_ids=[]))


@only_sqlite
async def test_no_more_invitations_takes_a_press(world: World) -> None:
    path = await _invited(world)
    async with world.session.get(f"{world.url}{path}/stop") as answer:
        assert "No more invitations?" in await answer.text()
    async with world.session.get(world.url + path) as answer:
        assert answer.status == 200
    async with world.session.post(f"{world.url}{path}/stop") as answer:
        assert "You get no invitations" in await answer.text()
    async with world.session.get(world.url + path) as answer:
        assert answer.status == 410
    async with world.session.post(f"{world.url}/invitations/nothing/stop") as answer:
        assert answer.status == 410
