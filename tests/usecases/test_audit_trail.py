"""Who did what: newest first, by person, partner, client and kind; finance sees money only."""

import pytest

from domain.entities.audit import AuditFilter, AuditGroup
from domain.errors import NotAllowed, NotFound
from domain.rights import StaffRole
from domain.usecases.payouts.decide import PayoutMove
from tests.usecases.app import App
from tests.usecases.claiming import claim, decide


async def _story(app: App) -> None:
    await app.joins("leo")
    await app.joins("mia")
    await app.client("ann", by="leo")
    await app.use.enter_payment(
        await app.owner(), client_id="ann", amount="900.00", currency="USD", request="1:1"
    )
    payout = await app.asks("leo", "60.00")
    await app.presses("boss", payout, PayoutMove.APPROVE)
    await app.staff("fay", StaffRole.FINANCE)
    await app.staff("sue", StaffRole.SUPPORT)
    await app.use.invite_staff(await app.owner(), StaffRole.MANAGER)


async def _actions(app: App, by: str = "boss", **wanted: object) -> list[str]:
    page = await app.use.read_audit(await app.in_chat(by), AuditFilter(**wanted))  # type: ignore[arg-type]
    return [row.action for row in page.rows]


async def test_the_newest_comes_first_and_names_stand_for_numbers(app: App) -> None:
    await _story(app)
    page = await app.use.read_audit(await app.owner(), AuditFilter())
    assert [row.action for row in page.rows][:2] == ["staff_invited", "payout_approve"]
    approved = page.rows[1]
    assert (approved.actor_name, approved.role) == ("Boss", "owner")
    assert (approved.label or "").endswith("· Leo")


async def test_pages_have_each_row_once(app: App) -> None:
    await _story(app)
    owner, seen, before = await app.owner(), [], None
    while True:
        page = await app.use.read_audit(owner, AuditFilter(), before)
        seen += [row.id for row in page.rows]
        if page.following is None:
            break
        before = page.following
    assert seen == sorted((row["id"] for row in await app.rows("audit")), reverse=True)
    assert len(seen) == len(set(seen))


async def test_a_partner_brings_its_payments_and_payouts(app: App) -> None:
    await _story(app)
    owner = await app.owner()
    wanted = await app.use.read_audit.about(owner, (await app.code_of("leo")).upper())
    rows = (await app.use.read_audit(owner, wanted)).rows
    assert {row.action for row in rows} >= {
        "rules_accepted",
        "vendor_account_named",
        "payment_entered",
        "payout_approve",
    }
    other = await app.use.read_audit.about(owner, await app.code_of("mia"))
    assert {row.action for row in (await app.use.read_audit(owner, other)).rows} == {
        "rules_accepted",
        "vendor_account_named",
    }


async def test_a_person_is_found_by_its_name_or_number(app: App) -> None:
    await _story(app)
    owner = await app.owner()
    for word in ("@TG_Leo", str(app.id_of("leo"))):
        wanted = await app.use.read_audit.about(owner, word)
        rows = (await app.use.read_audit(owner, wanted)).rows
        assert {row.actor for row in rows} == {app.id_of("leo")}
    with pytest.raises(NotFound):
        await app.use.read_audit.about(owner, "@nobody")
    client = await app.use.read_audit.about(owner, "ann")
    assert client.client_id is not None


async def test_a_client_brings_what_staff_did_to_it(app: App) -> None:
    await _story(app)
    await app.staff("nina", StaffRole.MANAGER)
    owner = await app.owner()
    opened = await claim(app, "mia", "ann")
    await decide(app, opened, words="the contract names Mia", reason_code="proof")
    await app.client("eve", by="mia")
    await app.use.enter_payment(
        owner, client_id="eve", amount="10.00", currency="USD", request="1:2"
    )
    wanted = await app.use.read_audit.about(owner, "ann")
    rows = (await app.use.read_audit(owner, wanted)).rows
    assert {row.action for row in rows} == {"payment_entered", "claim_accepted"}
    assert len([row for row in rows if row.action == "payment_entered"]) == 1


async def test_kinds_of_action_narrow_the_list(app: App) -> None:
    await _story(app)
    assert set(await _actions(app, group=AuditGroup.STAFF)) == {"staff_invited"}
    money = set(await _actions(app, group=AuditGroup.MONEY))
    assert {"payment_entered", "payout_approve"} <= money
    assert "rules_accepted" not in money


async def test_finance_sees_money_only_and_support_nothing(app: App) -> None:
    await _story(app)
    seen = set(await _actions(app, by="fay"))
    assert seen == set(await _actions(app, group=AuditGroup.MONEY))
    assert set(await _actions(app, by="fay", group=AuditGroup.STAFF)) == set()
    with pytest.raises(NotAllowed):
        await _actions(app, by="sue")
    with pytest.raises(NotAllowed):
        await app.use.read_audit(await app.private("boss"), AuditFilter())


async def test_a_file_has_all_rows_and_is_written_down(app: App) -> None:
    await _story(app)
    count = len(await app.rows("audit"))
    rows = await app.use.read_audit.export(await app.owner(), AuditFilter())
    assert len(rows) == count
    (row,) = await app.audited("audit_exported")
    assert row["details"] == {"rows": count}


async def test_a_partner_brings_its_adjustments_and_checks_with_their_names(app: App) -> None:
    await _story(app)
    await app.adjusts("leo", "12.50")
    await app.use.place_fraud_hold(await app.owner(), await app.code_of("mia"), "a check")
    owner = await app.owner()
    of_leo = await app.use.read_audit.about(owner, await app.code_of("leo"))
    of_mia = await app.use.read_audit.about(owner, await app.code_of("mia"))
    leos = (await app.use.read_audit(owner, of_leo)).rows
    booked = next(row for row in leos if row.action == "adjustment_booked")
    assert booked.label == "12.50 USD · Leo"
    assert "fraud_hold" not in {row.action for row in leos}
    mias = {row.action for row in (await app.use.read_audit(owner, of_mia)).rows}
    assert "fraud_hold" in mias
    assert "adjustment_booked" not in mias
