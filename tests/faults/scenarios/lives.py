"""Lives of partners with every money operation there is, each life on its own vendor."""

import csv
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from domain.period import Month
from domain.usecases.statements.owe import MORNING
from storage.tables import partners
from tests.domain.builders import PRESETS
from tests.faults.scenarios.operations import Act, Player, Preparation
from tests.faults.story import Story
from tests.faults.world import PROGRAM

PAYING = 5
"""One more paying client lifts the partner to the next tier."""
IBAN = "DE89 3704 0044 0532 0130 00"
HOLD_DAYS, PAYDAY_DAYS = 20, 40
HELD = PROGRAM.replace("[commission]", f"[commission]\nhold_days = {HOLD_DAYS}")
MONTHLY = PROGRAM.replace("[payout]", '[payout]\nschedule = "monthly"\nday = 5')
SELLER = re.sub(
    r"^\[joining\.originals\]$.*?(?=^\[\[)"
    r"|^(?:mode|contract_number|review_days|reapply_days|draft_days|country) = .*?$"
    r"|^(?:optional_|employee_)?(?:fields|papers) = \[[^\]]*\]$",
    "",
    (PRESETS / "widget-reseller.toml").read_text("utf-8"),
    flags=re.MULTILINE | re.DOTALL,
)
"""The preset of resellers, whom people join by accepting its rules."""


@dataclass(frozen=True)
class Life:
    """A story with money operations.

    Attributes:
        live: Tells it, and keeps the operations.
        program: The text of the program, or the name of a preset.
    """

    live: Callable[[Preparation], Awaitable[None]]
    program: str = "saas-tiers"


async def pay(made: Preparation) -> None:
    """Payments, refunds, chargebacks, an import, and what a partner does with its money."""
    ann = await made.partner("Ann")
    story = Story()
    for number in range(PAYING):
        story.tell_client(f"c-{number}", made.code, story.begin)
        story.tell_payment(f"c-{number}", f"p-{number}", 400, story.begin)
    await made.report(story)
    more = Story(begin=story.begin)
    more.tell_client("c-new", made.code, story.begin)
    more.tell_payment("c-new", "p-new", 100, story.begin)
    await made.events("payment that crosses a tier", more)
    await _import(made, story)
    more = Story(begin=story.begin)
    more.tell_payment("c-0", "p-more", 30, story.begin)
    more.tell_refund("p-0", 100, story.begin)
    await made.events("payment and refund", more)
    more = Story(begin=story.begin)
    more.tell_refund("p-1", 400, story.begin, kind="chargeback")
    await made.events("chargeback", more, goes_on=True)
    more = Story(begin=story.begin)
    more.tell_refund("p-1", 400, story.begin, kind="chargeback_won")
    await made.events("chargeback won", more, goes_on=True)
    await _withdraw(made, ann, then="pay-out cancelled")
    await ann.types("/convert 50", "of credit")
    await made.act("conversion", lambda: ann.presses("✅"))
    await ann.sees("of credit is yours")
    more = Story(begin=story.begin)
    more.tell_refund("p-0", 400, story.begin)
    await made.events("refund of what was converted", more)


async def _import(made: Preparation, story: Story) -> None:
    file = made.vendor.folder / "payments.csv"
    names = ("payment_id", "client_id", "amount", "currency", "paid_at")
    with file.open("w", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(names)
        for number in range(PAYING):
            paid = (f"i-{number}", f"c-{number}", "70.00", "USD", story.begin.isoformat())
            writer.writerow(paid)
    await made.command("import of payments", "import", str(file), "--kind", "payments")


async def _withdraw(made: Preparation, partner: Player, *, then: str = "") -> None:
    """Ask for a pay-out, and perhaps take the request back."""
    await _fill_in(partner)
    await made.act("withdrawal", lambda: partner.presses("Confirm"))
    await partner.sees("is with the vendor")
    if then:
        await partner.types("/payouts", "why this sum?")
        await partner.presses("✖️ Cancel ", "Take this pay-out request back?")
        await made.act(then, lambda: partner.presses("Yes, cancel it"))
        await partner.sees("ancelled")


async def _fill_in(partner: Player) -> None:
    await partner.types("/withdraw 60", "Where should we send")
    await partner.types(IBAN, "Please check")


async def decide(made: Preparation) -> None:
    """What staff do with pay-outs and balances, by hand."""
    ann, owner = await made.partner("Ann"), made.owner
    story = Story()
    story.tell_client("c-1", made.code, story.begin)
    story.tell_payment("c-1", "p-1", 5_000, story.begin)
    await made.report(story)
    for _ in range(2):
        await _fill_in(ann)
        await ann.presses("Confirm", "is with the vendor")

    def press(label: str) -> Act:
        return lambda: owner.presses(label)

    # A card that is brought up to date would take a question away: each waits for the last.
    await made.act("approval", press("Approve"))
    await owner.sees("🔵 approved")
    await made.act("pay-out done", press("Done"))
    await owner.sees("🟢 done")
    await made.settle()
    await owner.presses("The bank sent it back")
    await owner.presses("receiving bank refused it", "what should the partner be told?")
    await made.act("pay-out returned", press("Returned, without a note"))
    await owner.sees("🟠 returned")
    await made.settle()
    await owner.presses("❌ Reject")
    await owner.presses("Documents are missing", "what should the partner be told?")
    await made.act("pay-out rejected", press("Reject without a note"))
    await owner.sees("Ended by")
    await made.act("rejection taken back", press("Take the rejection back"))
    await owner.sees("🟡 new")
    await _many_done(made, ann)
    await _correct(made, press)


async def _correct(made: Preparation, press: Callable[[str], Act]) -> None:
    owner = made.owner
    await owner.types(f"/adjust {made.code} -12.5 paid twice", "Correct this balance?")
    await made.act("adjustment", press("✅"))
    await owner.sees("Balance corrected")
    await made.act("adjustment undone", press("↩️"))
    await owner.sees("Correction undone")
    await made.act("payment entered", lambda: owner.types("/pay c-1 100 USD"))
    await owner.sees("recorded for")
    await made.act("entered payment undone", press("Undo"))
    await owner.sees("an opposite entry")
    await made.act("refund entered", lambda: owner.types("/refund p-1 25"))


async def _many_done(made: Preparation, partner: Player) -> None:
    """Two pay-outs that staff approve and settle in one press."""
    owner = made.owner
    await _fill_in(partner)
    await partner.presses("Confirm", "is with the vendor")
    for _ in range(2):
        await made.settle()
        await owner.presses("✅ Approve", "approved, to be paid")
    await made.settle()
    await owner.types("/payouts")
    await owner.presses("Bank list and Done for many")
    await owner.presses("All approved (2)", "2 pay-outs")
    await owner.presses("All of these are paid")
    await made.act("many done at once", lambda: owner.presses("Yes, 2 are paid"))
    await owner.sees("✅ Done")


async def suspect(made: Preparation) -> None:
    """Money on hold, and a client that is moved with a correction of both balances."""
    owner = made.owner
    bob = await made.partner("Bob")
    await made.partner("Ann")
    story = Story()
    story.tell_client("c-1", made.code, story.begin)
    story.tell_payment("c-1", "p-1", 1_000, story.begin)
    story.tell_payment("c-1", "p-2", 500, story.begin)
    await made.report(story)
    for ending, label in (("released", "✅ Release"), ("confirmed", "⛔️ Confirm fraud")):
        await made.settle()
        name = f"hold that is {ending}"
        place = partial(owner.types, "/hold p-1 strange visits")
        if ending == "released":
            await made.act("hold placed", place)
        else:
            await place()
        await owner.sees("🟠 on hold")
        await made.settle()
        await owner.presses(label)
        if ending == "released":
            await owner.presses("It was a false alarm")
            await made.act(name, lambda: owner.presses("Release without a note"))
            await owner.sees("🟢 released")
        else:
            await owner.presses("The clients are not real")
            await made.act(name, lambda: owner.presses("Confirm without a note"))
            await owner.sees("confirmed as fraud")
    await _move(made, bob)


async def _move(made: Preparation, bob: Player) -> None:
    owner = made.owner
    await bob.types("/claim c-1", "came to the program through another partner")
    await bob.presses("This client is mine")
    await bob.presses("Send without a note", "is with the vendor")
    await owner.sees("has the client now")
    await made.settle()
    await owner.presses("✅ Accept")
    await owner.presses("contact with the client is proven")
    await made.act(
        "claim accepted, client moved",
        lambda: owner.replies("what should the person who asked be told", "Signed in January"),
    )
    await owner.sees("🟢 accepted")
    await made.settle()
    later = Story(name="later")
    later.tell_payment("c-1", "p-3", 100, later.begin)
    await made.events("payment of a moved client", later)


async def sell(made: Preparation) -> None:
    """A partner that collects the price: request, invoice, the money has come."""
    owner = made.owner
    ida = await made.partner("Ida")
    await made.vendor.database.change(
        f"UPDATE {partners.name} SET legal_form = 'individual'"  # noqa: S608 - a constant
    )
    story = Story()
    story.tell_client("c-1", made.code, story.begin)
    await made.report(story)
    await ida.types("/invoices", "There are none yet")
    await ida.presses("➕ New invoice", "For which client?")
    await ida.types("c-1", "each press adds one")
    await ida.presses("➕ Chat widget, for a year", "To pay the vendor")
    await ida.presses("➡️ Continue", "How will you pay")
    await ida.presses("💳 Card", "there will be no act")
    await made.act("invoice asked for", lambda: ida.presses("✅ I agree, no documents"))
    await ida.sees("is with the vendor")
    await owner.sees("Request for an invoice")
    await made.settle()
    await owner.presses("✅ Issue")
    await made.act("invoice issued", lambda: owner.replies("reply with the number", "W-7"))
    await owner.sees("🟡 to be paid")
    await made.settle()
    await owner.presses("💰 The money has come", "Have you received")
    await made.act("invoice paid", lambda: owner.presses("✅ Yes, record it"))
    await owner.sees("🟢 paid")


async def wait_for_hold(made: Preparation) -> None:
    """A commission that becomes payable when its hold ends."""
    await made.partner("Ann")
    story = Story()
    story.first_payment(made.code, 1_000)
    story.next_payment(made.code, 500)
    await made.report(story)
    released = "SELECT COUNT(*) = 2 FROM entries WHERE kind = 'commission_released'"
    await made.job("end of a hold", "release_holds", released, days_later=HOLD_DAYS + 1)


async def wait_for_payday(made: Preparation) -> None:
    """A pay-out that the program makes by itself, and the statement of the month."""
    ann = await made.partner("Ann")
    story = Story()
    story.first_payment(made.code, 1_000)
    await made.report(story)
    await ann.types("/withdraw", "This program pays out by itself")
    await ann.presses("Name the account", "Where should your pay-outs go?")
    await ann.types(IBAN, "Your next pay-out goes to")
    jobs = "look_after_terms owe_statements"
    # A schedule that was just begun pays on its next day, and the last month is taken first.
    taken = "SELECT COUNT(*) = 2 FROM jobs WHERE job LIKE 'payouts:%' OR job = 'statements'"
    await made.rings(jobs, taken)
    then = datetime.now(UTC) + timedelta(days=PAYDAY_DAYS) - MORNING
    month = Month.of(then, UTC).plus(-1)
    all_taken = (
        "SELECT (SELECT COUNT(*) FROM jobs WHERE job LIKE 'payouts:%') = 2"  # noqa: S608
        f" AND (SELECT MAX(period) FROM jobs WHERE job = 'statements') = '{month}'"
    )
    await made.job("pay-out by the calendar", jobs, all_taken, days_later=PAYDAY_DAYS)


LIVES = (
    Life(pay),
    Life(decide),
    Life(suspect),
    Life(sell, SELLER),
    Life(wait_for_hold, HELD),
    Life(wait_for_payday, MONTHLY),
)
