"""The home of the demo's past: months of payments, pay-outs in each state, what waits for staff.

Everything but joining by application is done by the use cases that people and billing reach, at
times that are known, so that each start of the demo tells the same story.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256

from bot.commands.demo_clients import (
    CLOUD,
    CRM,
    HOSTING,
    WIDGETS,
    SampleClient,
    events_of,
    refund_of,
)
from bot.commands.demo_requisites import SAMPLE_REQUISITES
from bot.ids import IdMaker
from bot.wiring import Product
from domain.entities.claim import NamedBy, NamedClient
from domain.entities.partner import Enrolment, EnrolmentStatus, LegalForm, Link
from domain.entities.payout import PayoutMove
from domain.entities.people import Caller
from domain.entities.preferences import Topic
from domain.entities.question import Words
from domain.ids import code_from
from domain.ledger.accounts import Account, AccountKind
from domain.usecases.clicks.follow import Visit
from domain.usecases.events.record import ReportedEvent
from domain.usecases.payouts.decide import PayoutDecision
from domain.usecases.payouts.request import PayoutRequest
from domain.usecases.people.identify import SeenPerson

OWNER_ID = 1_001
RESELLER_ID = 2_002
INTEGRATOR_ID = 2_003
BY_APPLICATION = ("widget-reseller", "cloud-referral", "cloud-project", "lead-pool")
ACCOUNT = "SAMPLE-ACCOUNT-0001"
VISITS = 90
LOUD = frozenset({Topic.REGISTRATION, Topic.COMMISSION, Topic.TIER, Topic.PAYOUT})
"""What would fill the chats with the past."""


async def make_history(product: Product, partner_id: int) -> None:
    """Give the sample partner a past in every program, and two more partners theirs."""
    mila = await _caller(product, partner_id)
    omar = await _joins(product, RESELLER_ID, "Omar Sample", ("hosting-matrix",))
    greta = await _joins(product, INTEGRATOR_ID, "Greta Sample", ("widget-reseller",))
    await product.use_cases.save_requisites(greta, SAMPLE_REQUISITES)
    await product.use_cases.accept_rules(mila, "hosting-matrix")
    await _enrol(product, mila, BY_APPLICATION)
    people = [await _caller(product, who.person.id) for who in (mila, omar, greta)]
    for who in people:
        await product.use_cases.choose_preferences.hear(who, LOUD, on=False)
    mila, omar, greta = people
    await _report(product, mila, CRM, "saas-tiers")
    await _report(product, mila, HOSTING[:4], "hosting-matrix", prefix="mila-")
    await _report(product, mila, CLOUD, "cloud-referral")
    await _report(product, omar, HOSTING, "hosting-matrix")
    await _report(product, greta, WIDGETS, "widget-reseller")
    await _choose(product, mila, "saas-tiers")
    await _choose(product, greta, "widget-reseller")
    await _money(product, await _caller(product, partner_id))
    await _wait_for_staff(product, await _caller(product, partner_id))
    while await product.deliver():
        continue
    for who in people:
        await product.use_cases.choose_preferences.hear(who, LOUD, on=True)


async def _caller(product: Product, person_id: int) -> Caller:
    async with product.open_work.read() as work:
        caller = await work.people.caller(person_id)
    if caller is None:
        raise RuntimeError("a sample person did not speak yet")
    return caller


async def _joins(product: Product, person_id: int, name: str, programs: Sequence[str]) -> Caller:
    """Let a sample person become a partner of the programs, and name its account."""
    seen = SeenPerson(id=person_id, name=name, username=None, language_code="en")
    caller = await product.use_cases.identify_caller(seen, in_admin_chat=False)
    first = "hosting-matrix" if programs[0] in BY_APPLICATION else programs[0]
    await product.use_cases.accept_rules(caller, first)
    caller = await _caller(product, person_id)
    await _enrol(product, caller, [key for key in programs if key in BY_APPLICATION])
    account = f"vendor-{name.split(maxsplit=1)[0].lower()}-sample"
    await product.use_cases.name_vendor_account(caller, account)
    return await _caller(product, person_id)


async def _enrol(product: Product, caller: Caller, programs: Sequence[str]) -> None:
    """Put a partner into programs that take partners by application only, as a company."""
    partner_id = caller.membership.partner_id if caller.membership else 0
    now, new_id = product.clock(), IdMaker(product.clock)
    async with product.open_work() as work:
        if programs:
            await work.partners.set_legal_form(partner_id, LegalForm.LEGAL_ENTITY)
        for key in programs:
            program = product.programs[key]
            enrolment = Enrolment(
                id=new_id(),
                partner_id=partner_id,
                program=key,
                code=code_from(sha256(f"{key}-{caller.person.id}".encode()).digest()[:16]),
                status=EnrolmentStatus.ACTIVE,
                terms_version=program.version,
                joined_at=now,
            )
            await work.partners.add_enrolment(enrolment)
            await work.partners.add_link(Link(code=enrolment.code, enrolment_id=enrolment.id), now)
            await work.ledger.open_accounts(
                [
                    Account(
                        id=new_id(),
                        enrolment_id=enrolment.id,
                        kind=kind,
                        currency=program.currency,
                    )
                    for kind in AccountKind
                ]
            )
        await work.commit()


async def _code(product: Product, caller: Caller, program: str) -> str:
    view = await product.use_cases.show_enrolment(caller, program)
    return view.enrolment.code


async def _report(
    product: Product,
    caller: Caller,
    clients: Sequence[SampleClient],
    program: str,
    *,
    prefix: str = "",
) -> None:
    """Let billing report clients, services and payments, and visitors open the link."""
    now, code = product.clock(), await _code(product, caller, program)
    currency = product.programs[program].currency
    found = [
        event
        for client in clients
        for event in events_of(client, prefix + program, code, currency, now)
    ]
    found.sort(key=lambda event: event[0])
    await product.use_cases.record_events(
        [[ReportedEvent(id=id_, kind=kind, data=data) for _, id_, kind, data in found]]
    )
    visits = [Visit(code, _visited(now, number)) for number in range(VISITS)]
    await product.use_cases.record_visits(visits)


def _visited(now: datetime, number: int) -> datetime:
    """Return when a visitor came: more of them lately, at all hours."""
    return now - timedelta(
        days=(number * number) % 170, hours=number % 12, minutes=7 * number % 60
    )


async def _choose(product: Product, caller: Caller, program: str) -> None:
    own = await product.use_cases.list_own_enrolments(caller)
    wanted = next(one for one in own if one.program == program)
    await product.use_cases.choose_enrolment(caller, wanted.id)


async def _money(product: Product, mila: Caller) -> None:
    """Bring a pay-out into every state, and let one payment be refunded."""
    use, owner = product.use_cases, await _owner(product)
    asked = []
    for number, amount in enumerate(("60.00", "55.00", "52.00", "51.00", "50.00", "50.00"), 1):
        request = PayoutRequest(
            amount=amount,
            account=ACCOUNT,
            comment="Sample",
            request_key=f"sample-{number}",
            program="saas-tiers",
        )
        asked.append(await use.request_payout(mila, request))
    done, returned, rejected, cancelled, approved, _ = (one.id for one in asked)
    for id_, move, reason in (
        (done, PayoutMove.SETTLE, "other"),
        (returned, PayoutMove.SETTLE, "other"),
        (returned, PayoutMove.BRING_BACK, "account_closed"),
        (rejected, PayoutMove.REJECT, "details"),
        (approved, PayoutMove.APPROVE, "other"),
    ):
        words = "Sample reason" if move in (PayoutMove.REJECT, PayoutMove.BRING_BACK) else ""
        decision = PayoutDecision(payout_id=id_, move=move, reason_code=reason, reason_text=words)
        await use.decide_payout(owner, decision)
    await use.cancel_payout(mila, cancelled)
    event_id, kind, data = refund_of(CRM[1], "saas-tiers", product.clock())
    await use.record_events([[ReportedEvent(id=event_id, kind=kind, data=data)]])


async def _wait_for_staff(product: Product, mila: Caller) -> None:
    """Leave a claim, a question and a hold in the queues."""
    use = product.use_cases
    named = NamedClient(by=NamedBy.EMAIL, value="client99@example.com")
    await use.open_claim(mila, named, "I brought Harbour Café (sample) at a fair last month.")
    await use.ask_vendor(mila, Words(text="When do you pay out before the holidays? (sample)"))
    await use.place_fraud_hold(
        await _owner(product), "saas-tiers-3-1", "Two clients, one card (sample)"
    )


async def _owner(product: Product) -> Caller:
    seen = SeenPerson(id=OWNER_ID, name="Olena Sample", username=None, language_code="en")
    return await product.use_cases.identify_caller(seen, in_admin_chat=True)
