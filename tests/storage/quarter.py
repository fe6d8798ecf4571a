"""A quarter of a small business: everything happens that moves money."""

from domain.entities.people import Caller
from domain.period import text_of
from domain.usecases.payouts.decide import PayoutMove
from tests.storage.world import BOSS_CALLER, START, World


async def live_a_quarter(world: World) -> None:
    """Let everything happen that moves money: every state and every kind of entry is there."""
    ann = await world.joins(101, "tiered", "flat")
    bob = await world.joins(102, "tiered")
    await _clients_come(world, ann, bob)
    await _clients_use(world)
    await _clients_pay(world)
    await _money_goes_back(world)
    tiered = await world.code_of(ann, "tiered")
    await world.report(
        "click.recorded", click_id="click-later", code=tiered, clicked_at=text_of(START)
    )
    world.later(days=15)
    await world.releases()
    await world.pays("cid", "p-held", "250.00")
    await world.pays("fay", "p-voided", "10.00")
    await world.refunds("p-voided", "10.00")
    await world.refunds("p-lines", "3.33")
    await _earnings_become_credit(world, bob)
    await _partners_are_paid(world, ann)
    await world.refunds("p-first", "100.05")


async def _clients_come(world: World, ann: Caller, bob: Caller) -> None:
    tiered, flat = await world.code_of(ann, "tiered"), await world.code_of(ann, "flat")
    await world.registers("cid", tiered)
    await world.registers("dan", tiered)
    await world.registers("eve", flat)
    await world.registers("fay", await world.code_of(bob, "tiered"))
    await world.registers("gus")
    await world.registers("hal", tiered, owner_account_id="acc-101")
    await world.registers("ida", click_id="click-later")


async def _clients_use(world: World) -> None:
    for client in ("cid", "dan", "fay"):
        account = f"site-{client}"
        await world.report(
            "account.created",
            client_id=client,
            account_id=account,
            name=account,
            created_at=text_of(world.now),
        )
        await world.uses(f"s-{client}", client, "activated")
    await world.uses("s-second", "cid", "activated")
    await world.uses("s-fay", "fay", "suspended")


async def _clients_pay(world: World) -> None:
    await world.pays("cid", "p-first", "100.05")
    await world.pays("dan", "p-lines", "30.01", lines=_lines("10.00", "20.01"))
    await world.pays("dan", "p-partner", "77.77", settlement="via_partner")
    await world.pays("dan", "p-won", "50.00")
    await world.pays("eve", "p-converted", "12.34", exchange_rate="155.123456")
    await world.pays("fay", "p-fay", "9.99", paid_at="2026-01-31t14:00:00.123456789+02:00")
    await world.pays("fay", "p-credit", "60.00")
    await world.pays("gus", "p-nobody", "5.00")
    await world.pays("hal", "p-self", "5.00")
    await world.pays("ida", "p-ida", "44.00")
    await world.pays("cid", "p-gift", "1.00", category="gift")
    await world.pays("cid", "p-parked", "1.00", "EUR")
    await world.pays("nobody", "p-waiting", "1.00")


async def _money_goes_back(world: World) -> None:
    await world.refunds("p-nobody", "1.00")
    await world.refunds("p-lines", "3.33")
    await world.refunds("p-fay", "9.99")
    await world.refunds("p-partner", "7.77")
    await world.refunds("p-ida", "4.00")
    await world.refunds("p-won", "50.00", kind="chargeback")
    await world.refunds("p-won", "20.00", kind="chargeback_won")
    await world.refunds("p-first", "1000.00")


async def _earnings_become_credit(world: World, bob: Caller) -> None:
    """Let a partner convert, staff correct its balance, and a refund take a bonus back."""
    code = await world.code_of(bob, "tiered")
    await world.converts(bob, "5.00", "tiered")
    world.later(hours=1)
    await world.adjusts(code, "6.40")
    undone = await world.adjusts(code, "-3.00")
    await world.adjustments.undo(BOSS_CALLER, undone)
    await world.adjusts(code, "1.00", is_confirmed=False)
    asked = await world.asks(bob, "3.00", "tiered")
    await world.decides(asked, PayoutMove.APPROVE)
    await world.converts(bob, "1.00", "tiered")
    await world.refunds("p-credit", "30.00")


async def _partners_are_paid(world: World, ann: Caller) -> None:
    done = await world.asks(ann, "6.00", "tiered")
    await world.decides(done, PayoutMove.APPROVE, PayoutMove.SETTLE)
    returned = await world.asks(ann, "2.00", "tiered")
    await world.decides(returned, PayoutMove.SETTLE, PayoutMove.BRING_BACK)
    rejected = await world.asks(ann, "1.50", "tiered")
    await world.decides(rejected, PayoutMove.REJECT)
    await world.cancels(ann, await world.asks(ann, "1.25", "tiered"))
    approved = await world.asks(ann, "7.00", "tiered")
    await world.decides(approved, PayoutMove.APPROVE)
    await world.asks(ann, "100", "flat")


def _lines(*amounts: str) -> list[dict[str, str]]:
    return [
        {"category": f"part-{number}", "amount": amount} for number, amount in enumerate(amounts)
    ]
