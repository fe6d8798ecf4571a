"""Everybody of the matrix around one database, and the dispatcher before it."""

from collections.abc import AsyncIterator, Callable
from decimal import Decimal

import pytest

from domain.entities.event import EventRecord
from domain.entities.invoice import InvoiceMove
from domain.entities.partner import EnrolmentStatus
from domain.entities.question import Words
from domain.rights import MemberRole, StaffRole
from domain.usecases.claims.ask import read_client
from domain.usecases.payouts.decide import PayoutMove
from handlers.ui.vendor_callbacks import event_press
from storage.engine import Engines
from storage.paper_folder import PaperFolder
from tests.authorization.acts import Scene
from tests.authorization.world import Surface
from tests.conftest import VAULT_KEY, open_test_engines
from tests.domain.builders import saas_tiers
from tests.domain.paper_files import pdf
from tests.usecases.app import WAITING, App, new_app
from tests.usecases.applying import APPLYING, waiting_application
from tests.usecases.papers import files, opens
from tests.usecases.selling import asks_seat, decides, with_prices

STAFF = {role.value: role for role in StaffRole}


@pytest.fixture
async def surface(
    sqlite_url: str, new_id: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Surface]:
    """Return the product with everybody known to it; nobody has done anything yet."""
    from pathlib import Path

    # Nobody does so much in ten seconds as these actors.
    monkeypatch.setattr("bot.telegram.UPDATES_MAX", 100_000)
    engines: Engines = open_test_engines(sqlite_url)
    app = new_app(engines, VAULT_KEY, new_id)
    app.offers(with_prices(saas_tiers()), WAITING, APPLYING)
    path = Path(sqlite_url.partition("///")[2])
    app.configures(
        second_person_above=Decimal(100), paper_files=PaperFolder(path.with_name("papers"))
    )
    made = Surface(app, path)
    made.keeps_refusals(monkeypatch.setattr)
    yield made
    await engines.close()


@pytest.fixture
async def scene(surface: Surface) -> Scene:
    """Return what there is to act upon, with every actor in its place."""
    app = surface.app
    for name in ("admin", "suspended", "other", "staffs"):
        await app.joins(name)
        await app.earns(name, "900.00")
    await app.becomes_member("user", of="admin", role=MemberRole.USER)
    await app.client("carla-1", by="admin")
    await app.opens("client", await app.code_of("other"))
    await app.consents("client")
    asked, large = await app.asks("admin", "60.00"), await app.asks("admin", "200.00")
    done = await app.asks("admin", "50.00")
    staffs = await app.asks("staffs", "50.00", account="DE89 3704 0044 0532 0130 00")
    await app.joins("kept")
    await app.earns("kept", "10.00")
    await app.client("carla-2")
    claim = await app.use.open_claim(
        await app.private("admin"), read_client("carla-2"), "She wrote to me."
    )
    (hold,) = await app.use.place_fraud_hold(
        await app.owner(), await app.code_of("kept"), "a check"
    )
    await app.presses("boss", done, PayoutMove.SETTLE)
    await app.sets_status("suspended", EnrolmentStatus.SUSPENDED)
    for name, role in STAFF.items():
        await app.staff(name, role)
    await app.staff("sue", StaffRole.SUPPORT)
    await app.staff("removed", StaffRole.OWNER)
    entered = await app.use.enter_payment(
        await app.owner(), client_id="carla-1", amount="100.00", currency="USD", request="1:1"
    )
    paid = {"payment_id": "parked", "client_id": "carla-1", "amount": "1.00", "currency": "EUR"}
    await app.reports(
        "payment.succeeded", event_id="parked-event", paid_at=app.now.isoformat(), **paid
    )
    for name in ("stranger",):
        await app.private(name)
    sending = await _broadcast(app, is_sent=True)
    draft = await _broadcast(app, is_sent=False)
    await app.leaves_staff("removed")
    ticket = await app.use.ask_vendor(await app.private("admin"), Words(text="How?"))
    app.around.open_work.sends_mail = True  # type: ignore[misc]
    invitation = await app.use.invite_client(await app.private("admin"), "ann@example.com")
    paper = await files(app, (await opens(app, "admin")).id, pdf())
    issued = await asks_seat(app, "admin", "carla-1", "issued")
    await decides(app, issued, InvoiceMove.ISSUE)
    invoice = await asks_seat(app, "admin", "carla-1", "requested")
    return Scene(
        code=await app.code_of("admin"),
        client="carla-1",
        asked=asked.id,
        large=large.id,
        done=done.id,
        staffs=staffs.id,
        payment=entered.payment_id,
        support=app.id_of("sue"),
        config_owner=app.id_of("boss"),
        draft=draft,
        sending=sending,
        claim=claim.id,
        hold=hold.hold.id,
        other_code=await app.code_of("other"),
        event=event_press("run", await _parked(app)).pack(),
        ticket=ticket.id,
        enrolment=(await app.enrolment("admin")).id,
        suspended=(await app.enrolment("suspended")).id,
        invitation=invitation.id,
        colleague=app.id_of("user"),
        partner=(await app.enrolment("admin")).partner_id,
        dossier=paper.dossier_id,
        paper=paper.id,
        application=await waiting_application(app),
        invoice=invoice.id,
        issued=issued.id,
    )


async def _parked(app: App) -> EventRecord:
    async with app.around.open_work.read() as work:
        record = await work.reports.event("parked-event")
    assert record
    return record


async def _broadcast(app: App, *, is_sent: bool) -> int:
    owner = await app.owner()
    draft = await app.use.compose_broadcast.start(owner, afresh=True)
    await app.use.compose_broadcast.write(owner, draft.id, "en", "News")
    if is_sent:
        await app.use.send_broadcast(owner, draft.id, (-1001, 1))
    return draft.id
