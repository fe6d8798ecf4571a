"""Who sees whom masked: each cell of the matrix, in lists, cards, exports, notices (A07, A18)."""

import pytest

from domain.entities.exports import ExportKind
from domain.entities.filters import Choice
from domain.entities.partner import EnrolmentStatus
from domain.errors import NotAllowed
from domain.rights import MemberRole, StaffRole
from tests.usecases.app import App

EMAIL, PHONE = "carla@example.com", "+380671112233"
FULL = ("Carla Smith", EMAIL, PHONE)
MASKED = ("C***", "c***@e***.com", "+380 *** ** 33")
CELLS = {
    "admin": FULL,
    "admin, masked by the config": MASKED,
    "admin, suspended": MASKED,
    "user": MASKED,
    "user, masked by the config": MASKED,
    "user, suspended": MASKED,
}


async def _brought(app: App) -> None:
    await app.joins("ann")
    await app.becomes_member("uma", "ann", MemberRole.USER)
    account = {"account_id": "site-1", "name": "Carla’s shop"}
    await app.client(
        "c-1", by="ann", name="Carla Smith", email=EMAIL, phone=PHONE, account=account
    )
    await app.pays("c-1", "100.00", account_id="site-1")


async def _as(app: App, cell: str) -> str:
    await _brought(app)
    app.configures(mask_clients="config" in cell)
    if "suspended" in cell:
        await app.sets_status("ann", EnrolmentStatus.SUSPENDED)
    return "uma" if cell.startswith("user") else "ann"


@pytest.mark.parametrize("cell", CELLS)
async def test_a_member_sees_clients(app: App, cell: str) -> None:
    who = await app.private(await _as(app, cell))
    expected, is_full = CELLS[cell], CELLS[cell] == FULL
    (row,) = (await app.use.list_referrals(who)).rows
    assert (row.client_name, row.email, row.phone) == expected
    view = await app.use.show_referral(who, row.id)
    assert (view.card.row.client_name, view.card.row.email, view.card.row.phone) == expected
    shop = "Carla’s shop" if is_full else "C***"
    assert [account.name for account in view.card.accounts] == [shop]
    if cell.startswith("user"):
        assert view.payments is None
        with pytest.raises(NotAllowed):
            await app.use.list_payments(who)
        return
    (payment,) = (await app.use.list_payments(who)).rows
    assert (payment.client_name, payment.account_name) == (expected[0], shop)
    assert view.payments
    assert (view.payments.rows[0].client_name, view.payments.rows[0].account_name) == (
        expected[0],
        shop,
    )


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("kind", list(ExportKind))
async def test_a_member_takes_clients_out(app: App, cell: str, kind: ExportKind) -> None:
    who = await app.private(await _as(app, cell))
    if cell.startswith("user"):
        with pytest.raises(NotAllowed):
            await app.use.read_own_export(who, kind, "all")
        return
    page = await app.use.read_own_export(who, kind, "all")
    assert len(page.rows) == (0 if kind is ExportKind.PAYOUTS else 1)
    shown = repr(page.rows)
    for personal in (*FULL, "Carla’s shop"):
        is_there = personal in shown
        assert not is_there or CELLS[cell] == FULL
    assert ("C***" in shown) == (CELLS[cell] == MASKED and bool(page.rows))


@pytest.mark.parametrize(("is_masked", "name"), [(False, "Carla Smith"), (True, "C***")])
async def test_a_notice_names_a_client(app: App, is_masked: bool, name: str) -> None:
    app.configures(mask_clients=is_masked)
    await _brought(app)
    named = {}
    for _ in range(9):
        for notice in await app.use.claim_notices():
            if notice.recipient == app.id_of("ann") and "client" in notice.params:
                named[notice.kind] = notice.params["client"]
            await app.use.settle_notice.sent(notice)
    assert named == {"registration": name, "commission": name}


async def test_masked_names_are_not_found_letter_by_letter(app: App) -> None:
    await _brought(app)
    user, admin = await app.private("uma"), await app.private("ann")

    async def found(who: object, text: str) -> int:
        page = await app.use.list_referrals(who, None, Choice(search=text))  # type: ignore[arg-type]
        return len(page.rows)

    for part in ("carl", "smith", "@example", "%", "carla@"):
        assert await found(user, part) == 0, part
    for whole in ("carla smith", "CARLA@example.com", "c-1", "site-1", "+380 67 111 22 33"):
        assert await found(user, whole) == 1, whole
    for part in ("carl", "SMITH", "@example", "c-1", "380671112233"):
        assert await found(admin, part) == 1, part
    for nothing in ("%", "_", "carla%", "c-", "38067"):
        assert await found(admin, nothing) == 0, nothing


STAFF = {
    StaffRole.OWNER: (False, False),
    StaffRole.MANAGER: (False, False),
    StaffRole.FINANCE: (False, True),
    StaffRole.SUPPORT: (True, True),
}
"""Whether each role sees partners masked, and clients."""


@pytest.mark.parametrize("role", STAFF)
async def test_staff_see_partners_and_clients(app: App, role: StaffRole) -> None:
    await _brought(app)
    await app.earns("ann", "60.00")
    await app.asks("ann", "50.00")
    await app.staff("sam", role)
    caller = await app.in_chat("sam")
    hides_partner, hides_client = STAFF[role]
    found = await app.use.find_partner(caller, await app.code_of("ann"))
    partner = found.overview
    names = ("A***", ("A***", "U***")) if hides_partner else ("Ann", ("Ann", "Uma"))
    assert (partner.partner.name, partner.members) == names
    assert "Carla Smith" in repr(found.payments) or hides_client
    assert ("C***" in repr(found.payments)) is hides_client
    (payout,) = (await app.use.list_payout_queue(caller)).rows
    assert {payout.partner_name, *(row.partner_name for row in found.payouts)} == {names[0]}
    file = await app.use.find_client(caller, "c-1")
    client = file.view.client
    assert file.is_masked is hides_client
    assert ("Carla" in repr(file)) is not hides_client
    assert (client.name, client.email, client.phone) == (MASKED if hides_client else FULL)
