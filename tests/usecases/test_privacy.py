"""A person takes its data out, leaves its partner, and is forgotten."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import insert, text

from domain.access import NotAPartner
from domain.entities.partner import EnrolmentStatus
from domain.entities.preferences import Topic
from domain.rights import MemberRole, StaffRole
from domain.usecases.payouts.decide import PayoutMove
from domain.usecases.people.identify import SeenPerson
from domain.usecases.privacy.leave import LastAdminHasMoney, LastAdminHasTeam
from storage.tables import conversations
from tests.usecases.app import IBAN, App

LEO = SeenPerson(
    id=7_345_678_901, name="Leopold Quasimodo", username="leo_quasi", language_code="en"
)
KNOWN = ("quasimodo", "leopold", "leo_quasi", "acc-leo-77", "for the roof")


async def _lives(app: App) -> None:
    """Let Leo be a partner who was paid everything, with traces wherever there can be some."""
    app.shows("leo", LEO)
    await app.joins("leo")
    await app.use.name_vendor_account(await app.private("leo"), "acc-leo-77")
    await app.earns("leo", "60.00")
    payout = await app.asks("leo", "60.00", comment="for the roof")
    await app.presses("boss", payout, PayoutMove.SETTLE)
    leo = await app.private("leo")
    await app.use.choose_preferences.hear(leo, frozenset({Topic.NEWS}), on=False)
    async with app.around.open_work(books=False) as work:
        await work.preferences.open(LEO.id, "settings", at=app.now)
        await work.commit()
    async with app.engines.writes.begin() as connection:
        await connection.execute(
            insert(conversations).values(
                key=f"1:{LEO.id}:{LEO.id}", state="x", data=b"", updated_at=app.now
            )
        )


async def _found(app: App) -> set[str]:
    contents = await app.contents(but=())
    rows = [row.lower() for rows in contents.values() for row in rows]
    return {known for known in KNOWN if any(known in row for row in rows)}


async def test_leaving_takes_every_known_value_out_of_every_table(app: App) -> None:
    await _lives(app)
    assert await _found(app) == set(KNOWN)
    books = {name: await app.rows(name) for name in ("entries", "postings", "commissions")}
    await app.use.leave_partner(await app.private("leo"))
    assert await _found(app) == set()
    assert {name: await app.rows(name) for name in books} == books
    for table in ("people", "preferences", "openings", "conversations"):
        assert [row for row in await app.rows(table) if str(LEO.id) in str(row)] == []
    assert await app.rows("notices", recipient=LEO.id) == []
    (enrolment,) = await app.rows("enrolments")
    assert enrolment["status"] is EnrolmentStatus.ENDED
    (row,) = await app.audited("partner_left")
    assert (row["actor"], row["subject"]) == (None, f"partner:{enrolment['partner_id']}")


async def test_who_left_is_a_stranger_and_may_come_again(app: App) -> None:
    await _lives(app)
    await app.use.leave_partner(await app.private("leo"))
    leo = await app.private("leo")
    assert leo.membership is None
    with pytest.raises(NotAPartner):
        await app.use.leave_partner(leo)
    await app.joins("leo")
    assert len(await app.rows("partners")) == 2


async def test_the_last_admin_stays_while_there_is_money(app: App) -> None:
    await app.joins("leo")
    await app.earns("leo", "60.00", payment="p-1")
    for act in (app.use.leave_partner.check, app.use.leave_partner):
        with pytest.raises(LastAdminHasMoney) as refused:
            await act(await app.private("leo"))
        assert str(refused.value.facts["amount"]) == "60.00"
    payout = await app.asks("leo", "60.00")
    with pytest.raises(LastAdminHasMoney):
        await app.use.leave_partner(await app.private("leo"))
    await app.presses("boss", payout, PayoutMove.SETTLE)
    await app.use.leave_partner.check(await app.private("leo"))
    await app.refunds("p-1", "600.00")
    with pytest.raises(LastAdminHasMoney) as refused:
        await app.use.leave_partner(await app.private("leo"))
    assert str(refused.value.facts["amount"]) == "-60.00"


async def test_the_ways_that_are_named_are_those_that_are_open(app: App) -> None:
    await app.joins("leo")
    leo = await app.private("leo")

    async def ways() -> set[str]:
        with pytest.raises(LastAdminHasMoney) as refused:
            await app.use.leave_partner.check(await app.private("leo"))
        assert not refused.value.facts["may_give_up"]
        found = refused.value.facts["ways"]
        assert isinstance(found, frozenset)
        return set(found)

    await app.earns("leo", "60.00")
    assert await ways() == {"withdraw", "convert", "team"}
    with pytest.raises(LastAdminHasMoney):
        await app.use.leave_partner(leo, give_up=6000)
    await app.asks("leo", "60.00")
    assert await ways() == {"processing", "team"}
    await app.sets_status("leo", EnrolmentStatus.ENDED)
    assert await ways() == {"processing"}


async def test_who_was_ended_gives_up_what_it_cannot_have_and_is_erased(app: App) -> None:
    app.shows("leo", LEO)
    await app.joins("leo")
    await app.earns("leo", "240.00")
    await app.sets_status("leo", EnrolmentStatus.ENDED)
    leo = await app.private("leo")
    with pytest.raises(LastAdminHasMoney) as refused:
        await app.use.leave_partner(leo)
    assert (refused.value.facts["ways"], refused.value.facts["may_give_up"]) == (frozenset(), True)
    left = await app.use.leave_partner.money(leo)
    assert [str(amount) for amount in left.amounts] == ["240.00"]
    with pytest.raises(LastAdminHasMoney):
        await app.use.leave_partner(leo, give_up=left.mark - 1)

    before = await app.rows("postings")
    await app.use.leave_partner(leo, give_up=left.mark)

    assert await _found(app) == set()
    assert await app.rows("postings") == before
    (row,) = await app.audited("money_given_up")
    assert row["details"] == {"amounts": [[24000, "USD"]]}
    (enrolment,) = await app.rows("enrolments")
    assert (await app.told_staff())[-1] == (
        "money_given_up",
        {"code": enrolment["code"], "amounts": [[24000, "USD"]]},
    )


async def test_the_last_admin_stays_while_there_are_users(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ida", "leo", MemberRole.USER)
    with pytest.raises(LastAdminHasTeam):
        await app.use.leave_partner(await app.private("leo"))
    await app.use.leave_partner(await app.private("ida"))
    await app.use.leave_partner(await app.private("leo"))
    assert [row["name"] for row in await app.rows("partners")] == ["—"]


async def test_with_another_admin_the_partner_goes_on_under_its_name(app: App) -> None:
    await app.joins("leo")
    await app.becomes_member("ann", "leo", MemberRole.ADMIN)
    await app.earns("leo", "60.00")
    await app.use.leave_partner(await app.private("leo"))
    view = await app.use.show_enrolment(await app.private("ann"))
    assert (view.partner.name, view.enrolment.status) == ("Ann", EnrolmentStatus.ACTIVE)
    assert await app.owed_to("ann") == "60.00"
    assert [row["subject"] for row in await app.audited("member_left")] == [
        f"partner:{view.partner.id}"
    ]


async def test_staff_and_clients_stay_what_they_are(app: App) -> None:
    await app.joins("leo")
    await app.staff("leo", StaffRole.SUPPORT)
    await app.joins("mia")
    await app.consents("mia")
    for name in ("leo", "mia"):
        await app.use.leave_partner(await app.private(name))
    assert (await app.in_chat("leo")).staff_role is StaffRole.SUPPORT
    assert (await app.private("mia")).client_id


async def test_everything_about_a_person_is_taken_out(app: App) -> None:
    await _lives(app)
    await app.opens("ann", await app.code_of("leo"))
    await app.consents("ann", "+380671112233")
    kept = await app.use.export_own_data(await app.private("leo"))
    assert kept["person"][0]["name"] == "Leopold Quasimodo"
    assert kept["vendor_account"][0]["vendor_account_id"] == "acc-leo-77"
    (payout,) = kept["payouts"]
    assert (payout["account"], payout["comment"], payout["minor"]) == (IBAN, "for the roof", 6000)
    assert {row["kind"] for row in kept["notices"]} >= {"commission", "payout_done"}
    assert "Ann" not in str(kept)
    ann = await app.use.export_own_data(await app.private("ann"))
    assert ann["client"][0]["phone"] == "+380671112233"
    assert (ann["payouts"], ann["balance"], ann["membership"]) == ([], [], [])
    assert [row["actor"] for row in await app.audited("own_data_exported")] == [
        LEO.id,
        app.id_of("ann"),
    ]


async def test_notices_about_a_client_are_found_by_an_index(app: App) -> None:
    """The whole outbox is never read while the books wait."""
    plans = []
    async with app.engines.reads.connect() as connection:
        if app.engines.is_postgresql:
            await connection.execute(text("SET LOCAL enable_seqscan = off"))
        explain = "EXPLAIN" if app.engines.is_postgresql else "EXPLAIN QUERY PLAN"
        for condition in (
            "client_id = 7",
            "id IN (SELECT notice_id FROM notice_clients WHERE client_id = 7)",
            "recipient = 7",
        ):
            rows = await connection.execute(
                text(f"{explain} SELECT id FROM notices WHERE {condition}")  # noqa: S608 - ours
            )
            plans.append(" ".join(str(row) for row in rows))
    for plan in plans:
        assert "Seq Scan on notices" not in plan
        assert "SCAN notices" not in plan


async def test_a_user_takes_out_nothing_of_the_partner(app: App) -> None:
    await _lives(app)
    app.now = datetime(2026, 3, 9, tzinfo=UTC)
    await app.becomes_member("ida", "leo", MemberRole.USER)
    kept = await app.use.export_own_data(await app.private("ida"))
    assert (kept["payouts"], kept["balance"], kept["vendor_account"]) == ([], [], [])
    assert len(kept["enrolments"]) == 1
