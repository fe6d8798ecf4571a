"""Opening a partner's link: in Telegram, where the click is kept first, and on the web (R1-R5)."""

import asyncio
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from domain.entities.client import ClickSource
from domain.entities.partner import EnrolmentStatus
from domain.intake import enrolling
from domain.rights import MemberRole
from domain.usecases.clicks.follow import Visit
from domain.usecases.clients.open_link import LinkOpening
from storage.work import SqlOpenWork
from tests.domain.builders import saas_tiers
from tests.usecases.app import START, WAITING, App


async def test_the_click_is_kept_before_anything_is_asked(app: App) -> None:
    leo = await app.joins("leo")
    opened = await app.opens("ann", leo.code)
    assert opened.opening is LinkOpening.INVITED
    assert opened.partner
    assert opened.partner.name == "Leo"
    assert opened.program == saas_tiers()
    (click,) = await app.rows("clicks")
    assert (click["code"], click["enrolment_id"]) == (leo.code, leo.id)
    assert (click["person_id"], click["clicked_at"]) == (app.id_of("ann"), app.now)
    assert click["source"] is ClickSource.START
    assert await app.rows("clients") == []
    (day,) = await app.rows("daily_stats")
    assert (day["starts"], day["clicks"], day["day"]) == (1, 0, date(2026, 3, 2))


async def test_the_same_message_again_is_one_click_and_one_start(app: App) -> None:
    code = (await app.joins("leo")).code
    for _ in range(2):
        opened = await app.opens("ann", code, request="7:41")
        assert opened.opening is LinkOpening.INVITED
    await asyncio.gather(*(app.opens("ann", code, request="7:42") for _ in range(3)))
    assert len(await app.rows("clicks")) == 2
    assert (await app.rows("daily_stats"))[0]["starts"] == 2


async def test_a_code_is_read_whatever_its_case(app: App) -> None:
    code = (await app.joins("leo")).code
    opened = await app.opens("ann", code.upper())
    assert (opened.opening, opened.code) == (LinkOpening.INVITED, code)
    assert (await app.consents("ann")).partner_name == "Leo"


async def test_every_member_is_told_that_the_link_is_its_own(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.becomes_member("max", of="leo")
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    for name in ("leo", "max", "ida"):
        opened = await app.opens(name, code)
        assert opened.opening is LinkOpening.OWN_LINK, name
    assert await app.rows("clicks") == []
    assert await app.rows("daily_stats") == []


async def test_another_partners_link_may_invite_a_partner(app: App) -> None:
    await app.joins("leo")
    code = (await app.joins("mia")).code
    assert (await app.opens("leo", code)).opening is LinkOpening.INVITED
    assert (await app.consents("leo")).partner_name == "Mia"


async def test_a_code_that_nobody_has_is_told_so_and_nothing_is_kept(app: App) -> None:
    code = (await app.joins("leo", "waiting")).code
    before = await app.contents()
    for unknown in ("", "no-such", code[:-1], f"{code}x", "' OR 1=1", "ключ", "a" * 5_000):
        opened = await app.opens("ann", unknown)
        assert opened.opening is LinkOpening.UNKNOWN, unknown
        assert (opened.partner, opened.program) == (None, None)
    app.offers(saas_tiers())
    assert (await app.opens("ann", code)).opening is LinkOpening.UNKNOWN
    assert await app.contents() == before


async def test_who_has_left_the_program_gets_no_clicks(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.sets_status("leo", EnrolmentStatus.ENDED)
    await app.opens("ann", code)
    assert await app.rows("clicks") == []
    assert await app.rows("daily_stats") == []
    assert (await app.consents("ann")).reason == "no_click"


async def test_a_suspended_partner_keeps_its_clicks_and_gets_nobody(app: App) -> None:
    code = (await app.joins("leo")).code
    await app.sets_status("leo", EnrolmentStatus.SUSPENDED)
    await app.opens("ann", code)
    assert len(await app.rows("clicks")) == 1
    registered = await app.consents("ann")
    assert (registered.partner_name, registered.reason) == (None, "partner_suspended")


async def test_a_client_keeps_its_partner_whatever_link_it_opens(app: App) -> None:
    leo, mia = (await app.joins("leo")).code, (await app.joins("mia")).code
    await app.opens("ann", leo)
    await app.consents("ann")
    assert (await app.opens("ann", mia)).opening is LinkOpening.ALREADY_CLIENT
    again = await app.consents("ann")
    assert (again.partner_name, again.is_new) == ("Leo", False)


async def test_visits_are_counted_by_link_and_day_of_the_vendors_zone(app: App) -> None:
    app.configures(zone=ZoneInfo("Europe/Kyiv"))
    leo, mia = await app.joins("leo"), await app.joins("mia")
    midnight = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
    before, after = midnight.replace(hour=21, minute=59, second=59), midnight
    visits = [
        Visit(leo.code, before),
        Visit(leo.code, after),
        Visit(leo.code, after),
        Visit(mia.code, after),
        Visit("no-such", after),
    ]
    commits = app.commits
    await app.use.record_visits(visits)
    assert app.commits == commits + 1
    await app.use.record_visits(visits[1:2])
    rows = await app.rows("daily_stats")
    assert {(row["enrolment_id"], row["day"].day): row["clicks"] for row in rows} == {
        (leo.id, 2): 1,
        (leo.id, 3): 3,
        (mia.id, 3): 1,
    }
    assert {row["starts"] for row in rows} == {0}
    kept = await app.rows("clicks", source=ClickSource.REDIRECT)
    assert sorted(row["clicked_at"] for row in kept) == [before, after, after, after, after]


async def test_visits_of_unknown_codes_keep_nothing(app: App) -> None:
    before = await app.contents()
    await app.use.record_visits([Visit("no-such", START)])
    await app.use.record_visits([])
    assert await app.contents() == before


async def test_a_code_leads_to_its_program(app: App) -> None:
    leo = await app.joins("leo", "waiting")
    assert await app.use.resolve_code(leo.code) == WAITING
    assert await app.use.resolve_code("zzzz2345") is None
    await app.joins("mia")
    assert await app.use.resolve_code(await app.code_of("mia")) == saas_tiers()


async def test_a_code_that_was_unknown_a_moment_ago_is_asked_for_again(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(enrolling, "code_from", lambda _: "free2345")
    assert await app.use.resolve_code("free2345") is None
    await app.joins("leo")
    assert await app.use.resolve_code("free2345") == saas_tiers()
    # Codes never change, so from now on nothing is read.
    monkeypatch.setattr(SqlOpenWork, "read", None)
    assert await app.use.resolve_code("free2345") == saas_tiers()


async def test_a_program_that_is_not_offered_any_more_leads_nowhere(app: App) -> None:
    leo = await app.joins("leo", "waiting")
    app.offers(saas_tiers())
    assert await app.use.resolve_code(leo.code) is None
