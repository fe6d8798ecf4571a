"""Terms that change: announced, judged by the day of the payment, accepted again (R8, R30)."""

import pytest
import pytest_asyncio

from domain.errors import NotFound
from domain.programs.problems import ProgramFileInvalid
from domain.rules.terms import TermsNotAccepted
from tests.usecases.app import App
from tests.usecases.published import publishes

FIRST = """\
[program]
key = "acme"
currency = "USD"
version_date = 2026-01-01
[terms]
announce_days = 14
[tiers]
levels = [{ key = "start", from = 1 }, { key = "plus", from = 2 }]
[commission]
rates = [{ tier = "start", rate = "10%" }, { tier = "plus", rate = "20%" }]
[payout]
minimum = "5.00"
[conversion]
bonus = "20%"
"""
SECOND = (
    FIRST.replace("version_date = 2026-01-01", "version = 2\nversion_date = 2026-03-16")
    .replace("announce_days = 14", 'announce_days = 14\nacceptance = "again"')
    .replace("10%", "15%")
    .replace("from = 2", "from = 3")
)
ON_THE_DAY = {"days": 13, "hours": 14}
"""From the beginning of the tests to the first instant of the second version."""


@pytest_asyncio.fixture(loop_scope="session")
async def acme(app: App) -> App:
    await publishes(app, FIRST)
    await app.joins("leo", "acme")
    for client in ("ann", "tom"):
        await app.client(client, by="leo", program="acme")
    return app


async def made(app: App) -> list[tuple[int, str, int]]:
    rows = await app.rows("commissions")
    return sorted((row["minor"], row["tier"], row["terms_version"]) for row in rows)


async def test_a_payment_is_judged_by_the_terms_of_its_own_day(acme: App) -> None:
    await acme.pays("ann", "100.00", program="acme")
    await publishes(acme, SECOND)
    await acme.pays("tom", "100.00", program="acme")
    assert await made(acme) == [(1000, "start", 1), (2000, "plus", 1)]
    old = "2026-03-15T23:59:59Z"
    acme.later(**ON_THE_DAY)
    await acme.pays("ann", "200.00", program="acme", paid_at=old)
    await acme.pays("ann", "300.00", program="acme")
    await acme.pays("ann", "400.00", program="acme", paid_at="2019-01-01T00:00:00Z")
    assert await made(acme) == [
        (1000, "start", 1),
        (2000, "plus", 1),
        (4000, "plus", 1),
        (4500, "start", 2),
    ]


async def test_a_version_stays_as_published_and_the_same_file_starts_again(acme: App) -> None:
    await publishes(acme, FIRST)
    assert len(await acme.rows("program_terms")) == 1
    with pytest.raises(ProgramFileInvalid, match="write version 2"):
        await publishes(acme, FIRST.replace("10%", "5%"))
    with pytest.raises(ProgramFileInvalid, match="2026-03-16 is the first day"):
        await publishes(acme, SECOND.replace("2026-03-16", "2026-03-15"))
    assert len(await acme.rows("program_terms")) == 1


async def test_partners_are_told_once_ahead_and_their_tier_moves_on_the_day(acme: App) -> None:
    await acme.pays("ann", "100.00", program="acme")
    await acme.pays("tom", "100.00", program="acme")
    await publishes(acme, SECOND)
    assert [await acme.use.announce_terms() for _ in range(2)] == [1, 0]
    (notice,) = await acme.rows("notices", kind="terms_changed")
    assert notice["recipient"] == acme.id_of("leo")
    assert notice["params"] == {"program": "acme", "version": 2, "accepted": 1}
    assert (await acme.enrolment("leo", "acme")).tier == "plus"
    acme.later(**ON_THE_DAY)
    assert [await acme.use.announce_terms() for _ in range(2)] == [0, 0]
    assert (await acme.enrolment("leo", "acme")).tier == "start"
    assert len(await acme.rows("notices", kind="tier_lost")) == 1


async def test_until_they_are_accepted_money_stays_and_earning_goes_on(acme: App) -> None:
    await acme.pays("ann", "100.00", program="acme")
    await publishes(acme, SECOND)
    view = await acme.use.show_terms(await acme.private("leo"))
    assert (view.is_overdue, view.asked.version if view.asked else None) == (False, 2)
    assert view.coming == view.asked
    acme.later(**ON_THE_DAY)
    with pytest.raises(TermsNotAccepted) as refused:
        await acme.asks("leo", "5.00")
    assert refused.value.facts["version"] == 2
    caller = await acme.private("leo")
    for offer in (acme.use.offer_payout, acme.use.offer_conversion):
        with pytest.raises(TermsNotAccepted):
            await offer(caller)
    await acme.pays("tom", "100.00", program="acme")
    assert await acme.owed_to("leo", "acme") == "25.00"
    for _ in range(2):
        view = await acme.use.accept_terms(caller, "acme", 2)
    assert (view.asked, view.is_overdue, view.enrolment.terms_version) == (None, False, 2)
    assert (await acme.enrolment("leo", "acme")).terms_version == 2
    (audited,) = await acme.rows("audit", action="terms_accepted")
    assert audited["details"] == {"program": "acme", "version": 2}
    assert (await acme.asks("leo", "25.00")).amount.minor == 2500


async def test_they_may_be_accepted_ahead_and_a_newcomer_accepts_what_holds(acme: App) -> None:
    await publishes(acme, SECOND)
    await acme.use.accept_terms(await acme.private("leo"), "acme", 2)
    assert await acme.use.announce_terms() == 0
    await acme.joins("ida", "acme")
    assert (await acme.enrolment("ida", "acme")).terms_version == 1
    assert await acme.use.announce_terms() == 1
    acme.later(**ON_THE_DAY)
    report = await acme.use.show_report(await acme.owner(), program="acme")
    assert report.acceptance is not None
    assert (report.acceptance.accepted, report.acceptance.partners) == (1, 2)
    assert report.acceptance.waiting == [await acme.code_of("ida", "acme")]
    await acme.joins("zoe", "acme")
    assert (await acme.enrolment("zoe", "acme")).terms_version == 2
    with pytest.raises(NotFound):
        await acme.use.accept_terms(await acme.private("zoe"), "acme", 3)


async def test_a_client_earns_as_long_as_was_promised_when_it_registered(app: App) -> None:
    year = FIRST.replace("[commission]", "[commission]\nduration_months = 12")
    await publishes(app, year)
    await app.joins("leo", "acme")
    await app.client("ann", by="leo", program="acme")
    await publishes(app, SECOND.replace("[commission]", "[commission]\nduration_months = 1"))
    app.later(days=20)
    await app.client("tom", by="leo", program="acme")
    rows = {row["client_id"]: row["earns_until"] for row in await app.rows("referrals")}
    assert sorted(until.date().isoformat() for until in rows.values()) == [
        "2026-04-22",
        "2027-03-02",
    ]
