"""The authorization matrix: who may do what, where; a denial changes nothing (A07-A60, Z18)."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, fields, replace

from bot.use_cases import UseCases
from domain.entities.application import FieldRefusal, RejectionReason
from domain.entities.audit import AuditFilter
from domain.entities.claim import NamedBy, NamedClient
from domain.entities.event import EventShelf
from domain.entities.exports import ExportKind
from domain.entities.invoice import Invoice, InvoiceMove
from domain.entities.paper import Paper
from domain.entities.partner import EnrolmentStatus
from domain.entities.payout import Payout
from domain.entities.payout_document import SignedCopy
from domain.entities.people import Caller, Membership
from domain.entities.question import Words
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.entities.standing import StandingMove
from domain.errors import DomainError, NotAllowed, NotFound
from domain.ids import encode
from domain.money import Money
from domain.programs.model_pinning import Pinning
from domain.rights import STAFF_RIGHTS, MemberRole, StaffRole
from domain.rules.certificates import NoCertificates
from domain.rules.payout_documents import SignedCopyNotWanted
from domain.rules.payout_schedule import NoPayoutSchedule
from domain.usecases.claims.decide import ClaimDecision
from domain.usecases.conversions.convert import ConversionRequest
from domain.usecases.documents.judge import CopyDecision
from domain.usecases.fraud.decide import HoldDecision, HoldMove
from domain.usecases.invoices.decide import InvoiceDecision
from domain.usecases.invoices.request import InvoiceRequest, Order
from domain.usecases.joining.leave import WithdrawFirst
from domain.usecases.payouts.decide import PayoutDecision, PayoutMove
from domain.usecases.payouts.request import PayoutRequest
from domain.usecases.standing.change import StandingDecision
from tests.domain.builders import saas_tiers
from tests.domain.paper_files import pdf
from tests.usecases.app import IBAN, WAITING, App
from tests.usecases.applying import APPLYING, waiting_application
from tests.usecases.papers import files, opens
from tests.usecases.requisites import REQUISITES
from tests.usecases.selling import asks_seat, decides, with_prices

SOME_GROUP = -2002
COPY = 77


@dataclass(frozen=True)
class Scene:
    """What there is to act upon.

    Attributes:
        code: Of the partner Leo.
        asked: A pay-out that waits for a decision.
        done: One that is done.
        rejected: One that was rejected a moment ago.
        payout_list: A list of approved ones.
        entry: A payment that staff entered a moment ago.
        support: A member of staff.
        finance: Another one.
        manager: Another one.
        draft: A message to many people that is not sent yet.
        broadcast: One that is being sent.
        claim: A claim that waits.
        hold: A fraud hold that waits.
        suspended: The enrolment of a suspended partner.
        application: An application that waits.
        paper: A paper that somebody handed in.
        pin: A client that Leo named in advance.
        invoice: A request for an invoice.
        issued: An invoice that is to be paid.
    """

    code: str
    asked: Payout
    done: Payout
    rejected: Payout
    payout_list: int
    entry: str
    support: int
    finance: int
    manager: int
    draft: int
    broadcast: int
    claim: int
    question: int
    suspended: int
    hold: int
    application: int
    paper: Paper
    pin: int
    invoice: Invoice
    issued: Invoice


Act = Callable[[UseCases, Caller, Scene], Awaitable[object]]


TOM = NamedClient(NamedBy.ACCOUNT, "tom")


def _press(move: PayoutMove) -> Act:
    def act(use: UseCases, caller: Caller, scene: Scene) -> Awaitable[object]:
        others = {PayoutMove.BRING_BACK: scene.done, PayoutMove.REOPEN: scene.rejected}
        payout = others.get(move, scene.asked)
        return use.decide_payout(caller, PayoutDecision(payout_id=payout.id, move=move))

    return act


def _claim(*, is_accepted: bool) -> Act:
    return lambda use, caller, scene: use.decide_claim(
        caller, ClaimDecision(claim_id=scene.claim, is_accepted=is_accepted)
    )


def _hold(move: HoldMove) -> Act:
    return lambda use, caller, scene: use.decide_fraud_hold(
        caller, HoldDecision(hold_id=scene.hold, move=move)
    )


def _decide_invoice(use: UseCases, caller: Caller, scene: Scene) -> Awaitable[object]:
    return use.decide_invoice(
        caller,
        InvoiceDecision(invoice_id=scene.invoice.id, move=InvoiceMove.ISSUE, number="A-9"),
    )


def _request_invoice(use: UseCases, caller: Caller, scene: Scene) -> Awaitable[object]:
    order = Order(client_id=scene.invoice.client_id, quantities={"seat": 1})
    return use.request_invoice(caller, InvoiceRequest(order=order, request_key="new"))


def _enter(use: UseCases, caller: Caller, _: Scene) -> Awaitable[object]:
    return use.enter_payment(
        caller, client_id="ann", amount="10.00", currency="USD", request="9:9"
    )


def _refund(use: UseCases, caller: Caller, scene: Scene) -> Awaitable[object]:
    return use.enter_refund(caller, payment_id=scene.entry, amount="1.00", request="9:9")


def _adjust(use: UseCases, caller: Caller, scene: Scene) -> Awaitable[object]:
    return use.adjust_balance.ask(
        caller, code=scene.code, amount="1.00", reason="a sample reason", request="9:9"
    )


def _invite(role: StaffRole) -> Act:
    return lambda use, caller, _: use.invite_staff(caller, role)


# The letters of the roles that may, in the admin chat only: Owner, Manager, Finance, Support.
MATRIX: dict[str, tuple[str, str, Act]] = {
    "see the queue of pay-outs": (
        "OMFS",
        "list_payout_queue",
        lambda use, caller, _: use.list_payout_queue(caller),
    ),
    "see invoices that wait": (
        "OMFS",
        "list_invoice_queue",
        lambda use, caller, _: use.list_invoice_queue(caller),
    ),
    "begin to issue an invoice": (
        "OMF",
        "offer_issue",
        lambda use, caller, scene: use.offer_issue(caller, scene.invoice.id),
    ),
    "begin to refuse an invoice": (
        "OMF",
        "prepare_invoice_move",
        lambda use, caller, scene: use.prepare_invoice_move(
            caller, scene.invoice.id, InvoiceMove.REJECT
        ),
    ),
    "issue an invoice": ("OMF", "decide_invoice", _decide_invoice),
    "confirm an invoice": (
        "OF",
        "confirm_invoice",
        lambda use, caller, scene: use.confirm_invoice(caller, scene.issued.id),
    ),
    "count events": ("OMFS", "count_events", lambda use, caller, _: use.count_events(caller)),
    "see parked events": (
        "OMFS",
        "list_events",
        lambda use, caller, _: use.list_events(caller, EventShelf.PARKED),
    ),
    "see an event": (
        "OMFS",
        "show_event",
        lambda use, caller, _: use.show_event(caller, "parked-event"),
    ),
    "drop an event": (
        "OMF",
        "drop_event",
        lambda use, caller, _: use.drop_event(caller, "parked-event"),
    ),
    "see webhooks": ("OMFS", "show_outbound", lambda use, caller, _: use.show_outbound(caller)),
    "send webhooks again": (
        "OMF",
        "retry_outbound",
        lambda use, caller, _: use.retry_outbound(caller),
    ),
    "see lost messages": (
        "OMFS",
        "list_lost_notices",
        lambda use, caller, _: use.list_lost_notices(caller),
    ),
    "send lost messages again": (
        "OMF",
        "settle_lost_notices",
        lambda use, caller, _: use.settle_lost_notices(caller, again=True),
    ),
    "see what waits": ("OMFS", "show_queue", lambda use, caller, _: use.show_queue(caller)),
    "find a pay-out": (
        "OMFS",
        "find_payout",
        lambda use, caller, scene: use.find_payout(caller, encode(scene.asked.id)[-6:]),
    ),
    "look for partners": (
        "OMFS",
        "search_partners",
        lambda use, caller, scene: use.search_partners(caller, scene.code),
    ),
    "look for clients": (
        "OMFS",
        "search_clients",
        lambda use, caller, _: use.search_clients(caller, "ann"),
    ),
    "see which days are possible": (
        "OF",
        "offer_paid_days",
        lambda use, caller, scene: use.offer_paid_days(caller, scene.asked.id),
    ),
    "see what is approved": (
        "OF",
        "offer_payout_list",
        lambda use, caller, _: use.offer_payout_list(caller),
    ),
    "make a list of pay-outs": (
        "OF",
        "make_payout_list",
        lambda use, caller, _: use.make_payout_list(caller),
    ),
    "see a list of pay-outs": (
        "OF",
        "show_payout_list",
        lambda use, caller, scene: use.show_payout_list(caller, scene.payout_list),
    ),
    "read a list for the bank": (
        "OF",
        "read_bank_list",
        lambda use, caller, scene: use.read_bank_list(caller, scene.payout_list),
    ),
    "be asked why it is rejected": (
        "OMF",
        "prepare_payout_decision",
        lambda use, caller, scene: use.prepare_payout_decision(
            caller, scene.asked.id, PayoutMove.REJECT
        ),
    ),
    "take a rejection back": ("OMF", "decide_payout", _press(PayoutMove.REOPEN)),
    "find who pays": ("OF", "find_payer", lambda use, caller, _: use.find_payer(caller, "ann")),
    "find a payment": (
        "OF",
        "find_payment",
        lambda use, caller, scene: use.find_payment(caller, scene.entry),
    ),
    "see a partner": (
        "OMFS",
        "find_partner",
        lambda use, caller, scene: use.find_partner(caller, scene.code),
    ),
    "see a client": ("OMFS", "find_client", lambda use, caller, _: use.find_client(caller, "ann")),
    "see where to pay": (
        "OF",
        "reveal_payout_account",
        lambda use, caller, scene: use.reveal_payout_account(caller, scene.asked.id),
    ),
    "see questions": (
        "OMFS",
        "list_questions",
        lambda use, caller, _: use.list_questions(caller, None),
    ),
    "answer a question": (
        "OMFS",
        "answer_question",
        lambda use, caller, scene: use.answer_question(caller, scene.question, Words(text="So.")),
    ),
    "see papers": (
        "OMFS",
        "show_papers",
        lambda use, caller, scene: use.show_papers(caller, scene.paper.dossier_id),
    ),
    "open a paper": (
        "OMF",
        "open_paper",
        lambda use, caller, scene: use.open_paper(caller, scene.paper.id),
    ),
    "ask for a link to a paper": (
        "OMF",
        "link_paper",
        lambda use, caller, scene: use.link_paper(caller, scene.paper.id),
    ),
    "see e-mails": ("OMFS", "show_mails", lambda use, caller, _: use.show_mails(caller)),
    "send e-mails again": (
        "OMF",
        "retry_mails",
        lambda use, caller, _: use.retry_mails(caller),
    ),
    "see applications": (
        "OMFS",
        "list_applications",
        lambda use, caller, _: use.list_applications(caller, None),
    ),
    "see the files of a paper": (
        "OMFS",
        "list_application_papers",
        lambda use, caller, scene: use.list_application_papers(
            caller, scene.application, PaperKind.PASSPORT
        ),
    ),
    "see all answers": (
        "OMF",
        "list_applications",
        lambda use, caller, scene: use.list_applications.reveal(caller, scene.application),
    ),
    "refuse an answer": (
        "OMF",
        "judge_application",
        lambda use, caller, scene: use.judge_application.answer(
            caller, scene.application, FieldKind.PHONE, FieldRefusal.OTHER
        ),
    ),
    "note the originals": (
        "OMF",
        "receive_originals",
        lambda use, caller, scene: use.receive_originals(caller, scene.application),
    ),
    "ask the applicant": (
        "OMF",
        "talk_about_application",
        lambda use, caller, scene: use.talk_about_application.ask(
            caller, scene.application, "Who?"
        ),
    ),
    "prepare an approval": (
        "OM",
        "prepare_approval",
        lambda use, caller, scene: use.prepare_approval(caller, scene.application),
    ),
    "reject an application": (
        "OM",
        "decide_application",
        lambda use, caller, scene: use.decide_application.reject(
            caller, scene.application, RejectionReason.DATA
        ),
    ),
    "see claims": ("OMFS", "list_claims", lambda use, caller, _: use.list_claims(caller)),
    "see who is claimed": (
        "OM",
        "reveal_claim",
        lambda use, caller, scene: use.reveal_claim(caller, scene.claim),
    ),
    "accept a claim": ("OM", "decide_claim", _claim(is_accepted=True)),
    "end the protection of a client": (
        "OM",
        "end_protection",
        lambda use, caller, scene: use.end_protection.by_staff(caller, scene.pin),
    ),
    "reject a claim": ("OM", "decide_claim", _claim(is_accepted=False)),
    "see checks": (
        "OMFS",
        "list_fraud_holds",
        lambda use, caller, _: use.list_fraud_holds(caller),
    ),
    "suspend a partner": (
        "OM",
        "change_standing",
        lambda use, caller, scene: use.change_standing.show(
            caller, scene.code, StandingMove.SUSPEND
        ),
    ),
    "end a partner": (
        "OM",
        "change_standing",
        lambda use, caller, scene: use.change_standing.show(caller, scene.code, StandingMove.END),
    ),
    "reinstate a partner": (
        "OM",
        "change_standing",
        lambda use, caller, scene: use.change_standing(
            caller,
            StandingDecision(enrolment_id=scene.suspended, move=StandingMove.REINSTATE),
        ),
    ),
    "see who waits for a promo code": (
        "OM",
        "give_promo",
        lambda use, caller, _: use.give_promo.lists(caller),
    ),
    "put a partner on hold": (
        "OMFS",
        "place_fraud_hold",
        lambda use, caller, scene: use.place_fraud_hold(caller, scene.code, "a check"),
    ),
    "release a hold": ("OMF", "decide_fraud_hold", _hold(HoldMove.RELEASE)),
    "confirm a hold": ("OMF", "decide_fraud_hold", _hold(HoldMove.CONFIRM)),
    "approve": ("OMF", "decide_payout", _press(PayoutMove.APPROVE)),
    "see the documents of a pay-out": (
        "OF",
        "read_payout_documents",
        lambda use, caller, scene: use.read_payout_documents.for_staff(caller, scene.asked.id),
    ),
    "see its signed copy": (
        "OMF",
        "decide_signed_copy",
        lambda use, caller, scene: use.decide_signed_copy.show(caller, scene.asked.id),
    ),
    "accept its signed copy": (
        "OMF",
        "decide_signed_copy",
        lambda use, caller, scene: use.decide_signed_copy(
            caller, CopyDecision(copy_id=COPY, is_accepted=True)
        ),
    ),
    "reject": ("OMF", "decide_payout", _press(PayoutMove.REJECT)),
    "press Done": ("OF", "decide_payout", _press(PayoutMove.SETTLE)),
    "take what the bank returned": ("OF", "decide_payout", _press(PayoutMove.BRING_BACK)),
    "enter a payment": ("OF", "enter_payment", _enter),
    "enter a refund": ("OF", "enter_refund", _refund),
    "adjust a balance": ("OF", "adjust_balance", _adjust),
    "undo an entry": (
        "OF",
        "undo_entry",
        lambda use, caller, scene: use.undo_entry(caller, scene.entry),
    ),
    "run an event again": (
        "OMF",
        "rerun_event",
        lambda use, caller, _: use.rerun_event(caller, "parked-event"),
    ),
    "audit the books": ("OMF", "audit_books", lambda use, caller, _: use.audit_books(caller)),
    "see the staff": ("OM", "list_staff", lambda use, caller, _: use.list_staff(caller)),
    "invite support": ("OM", "invite_staff", _invite(StaffRole.SUPPORT)),
    "invite finance": ("O", "invite_staff", _invite(StaffRole.FINANCE)),
    "invite a manager": ("O", "invite_staff", _invite(StaffRole.MANAGER)),
    "invite an owner": ("O", "invite_staff", _invite(StaffRole.OWNER)),
    "remove support": (
        "OM",
        "remove_staff",
        lambda use, caller, scene: use.remove_staff(caller, scene.support),
    ),
    "remove finance": (
        "O",
        "remove_staff",
        lambda use, caller, scene: use.remove_staff(caller, scene.finance),
    ),
    "remove a manager": (
        "O",
        "remove_staff",
        lambda use, caller, scene: use.remove_staff(caller, scene.manager),
    ),
}
MATRIX |= {
    "change a role": (
        "O",
        "change_staff_role",
        lambda use, caller, scene: use.change_staff_role(caller, scene.support, StaffRole.FINANCE),
    ),
    "see how a program does": (
        "OMFS",
        "show_report",
        lambda use, caller, _: use.show_report(caller),
    ),
    "read the audit trail": (
        "OMF",
        "read_audit",
        lambda use, caller, _: use.read_audit(caller, AuditFilter()),
    ),
    "look somebody up in it": (
        "OMF",
        "read_audit",
        lambda use, caller, scene: use.read_audit.about(caller, scene.code),
    ),
    "take it out as a file": (
        "OMF",
        "read_audit",
        lambda use, caller, _: use.read_audit.export(caller, AuditFilter()),
    ),
    "begin a message to many people": (
        "OM",
        "compose_broadcast",
        lambda use, caller, _: use.compose_broadcast.start(caller),
    ),
    "write its text": (
        "OM",
        "compose_broadcast",
        lambda use, caller, scene: use.compose_broadcast.write(caller, scene.draft, "en", "x"),
    ),
    "see it": (
        "OM",
        "show_broadcast",
        lambda use, caller, scene: use.show_broadcast(caller, scene.draft),
    ),
    "see the latest ones": (
        "OM",
        "show_broadcast",
        lambda use, caller, _: use.show_broadcast.latest(caller),
    ),
    "send it, or ask for a second person": (
        "OM",
        "send_broadcast",
        lambda use, caller, scene: use.send_broadcast(caller, scene.draft, (-1001, 1)),
    ),
    "stop one": (
        "OM",
        "stop_broadcast",
        lambda use, caller, scene: use.stop_broadcast(caller, scene.broadcast),
    ),
}
LETTERS = {
    "owner of the config": "O",
    "owner": "O",
    "manager": "M",
    "finance": "F",
    "support": "S",
    "partner": "",
    "client": "",
    "nobody": "",
    "removed a second ago": "",
}


async def _scene(app: App) -> Scene:
    app.offers(replace(with_prices(saas_tiers()), pinning=Pinning()), WAITING, APPLYING)
    await app.joins("leo")
    await app.client("ann", by="leo")
    await app.earns("leo", "300.00")
    asked, done = await app.asks("leo", "60.00"), await app.asks("leo", "50.00")
    approved, rejected = await app.asks("leo", "50.00"), await app.asks("leo", "51.00")
    await app.presses("boss", done, PayoutMove.SETTLE)
    await app.presses("boss", approved, PayoutMove.APPROVE)
    app.later(seconds=1)
    await app.presses("boss", rejected, PayoutMove.REJECT)
    await _copy(app, asked)
    chosen = await app.use.make_payout_list(await app.owner())
    for name, role in (
        ("sue", StaffRole.SUPPORT),
        ("fay", StaffRole.FINANCE),
        ("may", StaffRole.MANAGER),
    ):
        await app.staff(name, role)
    entered = await app.use.enter_payment(
        await app.owner(), client_id="ann", amount="100.00", currency="USD", request="1:1"
    )
    parked = {"payment_id": "parked", "client_id": "ann", "amount": "1.00", "currency": "EUR"}
    paid_at = app.now.isoformat()
    await app.reports("payment.succeeded", event_id="parked-event", paid_at=paid_at, **parked)
    await app.joins("lea")
    await app.client("tom")
    claim = await app.use.open_claim(await app.private("lea"), TOM, "")
    question = await app.use.ask_vendor(await app.private("lea"), Words(text="How?"))
    suspended = await app.joins("lou")
    await app.sets_status("lou", EnrolmentStatus.SUSPENDED)
    held = await app.use.place_fraud_hold(await app.owner(), await app.code_of("lea"), "a check")
    pinned = await app.use.pin_client(await app.private("leo"), "cabinet-1")
    issued = await asks_seat(app, "leo", "ann", "issued")
    await decides(app, issued, InvoiceMove.ISSUE)
    return Scene(
        code=await app.code_of("leo"),
        asked=asked,
        done=done,
        rejected=rejected,
        payout_list=chosen.id,
        entry=entered.entry_id,
        support=app.id_of("sue"),
        finance=app.id_of("fay"),
        manager=app.id_of("may"),
        draft=await _broadcast(app),
        broadcast=await _broadcast(app, is_sent=True),
        claim=claim.id,
        question=question.id,
        hold=held[0].hold.id,
        suspended=suspended.id,
        application=await waiting_application(app),
        paper=await _paper(app),
        pin=pinned.pin.id,
        invoice=await asks_seat(app, "leo", "ann", "requested"),
        issued=issued,
    )


async def _copy(app: App, payout: Payout) -> None:
    """Let a signed copy wait, as a program that wants one has it."""
    copy = SignedCopy(
        id=COPY,
        payout_id=payout.id,
        link="",
        paper_ids=(1,),
        sent_by=app.id_of("leo"),
        sent_at=app.now,
    )
    async with app.around.open_work() as work:
        await work.payout_documents.add_signed(copy)
        await work.commit()


async def _paper(app: App) -> Paper:
    return await files(app, (await opens(app, "zed")).id, pdf())


async def _broadcast(app: App, *, is_sent: bool = False) -> int:
    owner = await app.owner()
    draft = await app.use.compose_broadcast.start(owner, afresh=True)
    await app.use.compose_broadcast.write(owner, draft.id, "en", "News")
    if is_sent:
        await app.use.send_broadcast(owner, draft.id, (-1001, 1))
    return draft.id


async def _callers(app: App) -> dict[str, Caller]:
    """Return everybody in the admin chat, as it was when the update came."""
    for role in StaffRole:
        await app.staff(f"the {role.value}", role)
    await app.staff("gone", StaffRole.OWNER)
    gone = await app.in_chat("gone")
    await app.consents("cleo")
    app.later(seconds=1)
    await app.leaves_staff("gone")
    assert gone.staff_role is StaffRole.OWNER
    return {
        "owner of the config": await app.owner(),
        **{role.value: await app.in_chat(f"the {role.value}") for role in StaffRole},
        "partner": await app.in_chat("leo"),
        "client": await app.in_chat("cleo"),
        # Whatever was read when the update came, rights are read with the effect.
        "nobody": replace(await app.in_chat("zoe"), staff_role=StaffRole.OWNER),
        "removed a second ago": gone,
    }


async def _nothing() -> None:
    """Let an allowed act end without being kept, so that the next one finds the same scene."""


async def _came_of(act: Awaitable[object]) -> str:
    try:
        await act
    except NotAllowed:
        return "not allowed"
    except DomainError as refusal:
        return f"refused: {refusal}"
    return "allowed"


async def test_every_cell_of_the_matrix_of_staff(app: App) -> None:
    scene, callers = await _scene(app), await _callers(app)
    assert callers.keys() == LETTERS.keys()
    rehearsal = app.with_commit(_nothing)
    before = await app.contents()
    wrong: list[str] = []
    for what, (may, _, act) in MATRIX.items():
        for who, caller in callers.items():
            for here in (True, False):
                expected = "allowed" if here and LETTERS[who] and LETTERS[who] in may else ""
                use = rehearsal if expected else app.use
                came = await _came_of(act(use, replace(caller, in_admin_chat=here), scene))
                if came != (expected or "not allowed"):
                    wrong.append(f"{who} {'in the chat' if here else 'elsewhere'} {what}: {came}")
        if await app.contents() != before:
            wrong.append(f"{what}: something was changed")
            break
    assert wrong == []


async def test_a_denial_names_the_right_and_every_right_is_asked_for(app: App) -> None:
    scene = await _scene(app)
    nobody = await app.in_chat("zoe")
    named = set()
    for _, _, act in MATRIX.values():
        try:
            await act(app.use, nobody, scene)
        except NotAllowed as refusal:
            named.add(refusal.facts["right"])
    finer = {"partner.read_unmasked", "audit.read_all"}
    assert named == STAFF_RIGHTS.keys() - finer - {"broadcast.send_alone"}


async def test_who_may_not_see_a_client_in_full_sees_it_masked(app: App) -> None:
    await _scene(app)
    callers = await _callers(app)
    seen = {
        who: await app.use.find_client(callers[who], "ann")
        for who, letter in LETTERS.items()
        if letter
    }
    assert {who: (f.view.client.name, f.is_masked) for who, f in seen.items()} == {
        "owner of the config": ("Ann", False),
        "owner": ("Ann", False),
        "manager": ("Ann", False),
        "finance": ("A***", True),
        "support": ("A***", True),
    }


async def test_only_an_owner_of_the_config_makes_a_group_the_admin_chat(app: App) -> None:
    callers = await _callers(app)
    app.configures(admin_chat=None)
    before = await app.contents()
    for who, caller in callers.items():
        for here in (True, False):
            if who != "owner of the config":
                locating = app.use.admin_chat.locate(
                    replace(caller, in_admin_chat=here), SOME_GROUP
                )
                assert await _came_of(locating) == "not allowed", who
    assert await app.contents() == before
    boss = replace(callers["owner of the config"], in_admin_chat=False)
    assert await app.use.admin_chat.locate(boss, SOME_GROUP)


async def test_what_is_not_there_is_told_to_those_only_who_may_know(app: App) -> None:
    scene, callers = await _scene(app), await _callers(app)
    nothing = replace(
        scene,
        code="zzzz2345",
        asked=replace(scene.asked, id=1),
        done=replace(scene.done, id=1),
        rejected=replace(scene.rejected, id=1),
        payout_list=1,
        entry="staff-zzzz",
        suspended=1,
        support=1,
        finance=1,
        manager=1,
        invoice=replace(scene.invoice, id=1),
        issued=replace(scene.issued, id=1),
    )
    for what, (_, name, act) in MATRIX.items():
        if name in ABOUT_AN_OBJECT:
            came = await _came_of(act(app.use, callers["owner"], nothing))
            assert came.startswith(f"refused: {NotFound.code}"), what
            assert await _came_of(act(app.use, callers["nobody"], nothing)) == "not allowed", what


ABOUT_AN_OBJECT = {
    "confirm_invoice",
    "decide_invoice",
    "offer_issue",
    "prepare_invoice_move",
    "find_payment",
    "find_payout",
    "offer_paid_days",
    "prepare_payout_decision",
    "read_bank_list",
    "search_partners",
    "show_payout_list",
    "find_partner",
    "reveal_payout_account",
    "adjust_balance",
    "decide_payout",
    "enter_refund",
    "undo_entry",
    "remove_staff",
    "change_staff_role",
    "change_standing",
}

# Members of partners (R35)


def _request(use: UseCases, caller: Caller, _: Scene) -> Awaitable[object]:
    request = PayoutRequest(amount="50.00", account=IBAN, comment="", request_key="new")
    return use.request_payout(caller, request)


async def _archive(use: UseCases, caller: Caller, scene: Scene) -> None:
    """Put the first link away, which nobody can: who may is told so."""
    try:
        await use.archive_link(caller, scene.code, is_archived=True)
    except NotFound as refusal:
        if refusal.code != NotFound.code:
            raise


async def _open_referral(use: UseCases, caller: Caller, _: Scene) -> None:
    for row in (await use.list_referrals(caller)).rows:
        await use.show_referral(caller, row.id)


def _convert(use: UseCases, caller: Caller, _: Scene) -> Awaitable[object]:
    request = ConversionRequest(amount=Money(1, "USD"), credit=None, request_key="new")
    return use.convert_balance(caller, request)


async def _asks_to_leave(use: UseCases, caller: Caller) -> None:
    """Leave; who may, and has money to withdraw, is asked to do that first."""
    with suppress(WithdrawFirst):
        await use.leave_program(caller, "saas-tiers")


async def _send_copy(use: UseCases, caller: Caller, scene: Scene) -> None:
    """Send a signed copy; this program wants none, and who may is told so."""
    with suppress(SignedCopyNotWanted):
        await use.send_signed_copy.check(caller, scene.asked.id)


async def _certificate(use: UseCases, caller: Caller, _: Scene) -> None:
    """Ask for a certificate; this program issues none, and members are told so."""
    with suppress(NoCertificates):
        await use.issue_certificate(caller)


async def _accepts_terms(use: UseCases, caller: Caller, _: Scene) -> None:
    """Accept a version that nobody published: who may is told so."""
    try:
        await use.accept_terms(caller, "saas-tiers", 7)
    except NotFound as refusal:
        if refusal.code != NotFound.code:
            raise


async def _names_payout_account(use: UseCases, caller: Caller, _: Scene) -> None:
    """Name an account for a schedule; who may is told that the program has none."""
    with suppress(NoPayoutSchedule):
        await use.name_payout_account(caller, IBAN)


ADMINS_ONLY: dict[str, Act] = {
    "list_invoices": lambda use, caller, _: use.list_invoices(caller),
    "move_own_invoice": lambda use, caller, scene: use.move_own_invoice.withdraw(
        caller, scene.invoice.id
    ),
    "offer_invoice": lambda use, caller, _: use.offer_invoice(caller),
    "request_invoice": _request_invoice,
    "show_stats": lambda use, caller, _: use.show_stats(caller),
    "compare_links": lambda use, caller, _: use.compare_links(caller),
    "add_link": lambda use, caller, _: use.add_link(caller, "Blog"),
    "rename_link": lambda use, caller, scene: use.rename_link(caller, scene.code, "Home"),
    "archive_link": _archive,
    "read_own_export": lambda use, caller, _: use.read_own_export(
        caller, ExportKind.PAYMENTS, "all"
    ),
    "show_balance": lambda use, caller, _: use.show_balance(caller),
    "show_statement": lambda use, caller, _: use.show_statement.months(caller),
    "ask_about_client": lambda use, caller, _: use.ask_about_client(caller, TOM),
    "open_claim": lambda use, caller, _: use.open_claim(caller, TOM, ""),
    "list_own_claims": lambda use, caller, _: use.list_own_claims(caller),
    "pin_client": lambda use, caller, _: use.pin_client(caller, "cabinet-2"),
    "list_pins": lambda use, caller, _: use.list_pins(caller),
    "show_pin": lambda use, caller, scene: use.show_pin(caller, scene.pin),
    "release_pin": lambda use, caller, scene: use.release_pin(caller, scene.pin),
    "leave_program": lambda use, caller, _: _asks_to_leave(use, caller),
    "rename_partner": lambda use, caller, _: use.rename_partner(caller, "Another"),
    "show_profile": lambda use, caller, _: use.show_profile(caller),
    "show_renewals": lambda use, caller, _: use.show_renewals(caller),
    "offer_payout": lambda use, caller, _: use.offer_payout(caller),
    "request_payout": _request,
    "offer_conversion": lambda use, caller, _: use.offer_conversion(caller),
    "convert_balance": _convert,
    "list_conversions": lambda use, caller, _: use.list_conversions(caller),
    "explain_sum": lambda use, caller, scene: use.explain_sum.payout(caller, scene.asked.id),
    "show_requisites": lambda use, caller, _: use.show_requisites(caller),
    "save_requisites": lambda use, caller, _: use.save_requisites(caller, REQUISITES),
    "send_signed_copy": _send_copy,
    "cancel_payout": lambda use, caller, scene: use.cancel_payout(caller, scene.asked.id),
    "find_requested_payout": lambda use, caller, _: use.find_requested_payout(caller, "k"),
    "list_payments": lambda use, caller, _: use.list_payments(caller),
    "list_payouts": lambda use, caller, _: use.list_payouts(caller),
    "name_vendor_account": lambda use, caller, _: use.name_vendor_account(caller, "crm-7"),
    "accept_rules": lambda use, caller, _: use.accept_rules(caller, "waiting"),
    "invite_client": lambda use, caller, _: use.invite_client.show(caller),
    "show_team": lambda use, caller, _: use.show_team(caller),
    "invite_colleague": lambda use, caller, _: use.invite_colleague(caller, MemberRole.ADMIN),
    "change_team": lambda use, caller, _: use.change_team.set_role(
        caller, caller.person.id, MemberRole.ADMIN
    ),
    "show_terms": lambda use, caller, _: use.show_terms(caller),
    "accept_terms": _accepts_terms,
    "name_payout_account": _names_payout_account,
}
EVERY_MEMBER: dict[str, Act] = {
    "show_enrolment": lambda use, caller, _: use.show_enrolment(caller),
    "list_referrals": lambda use, caller, _: use.list_referrals(caller),
    "issue_certificate": _certificate,
    "list_links": lambda use, caller, _: use.list_links(caller),
    "leave_team": lambda use, caller, _: use.leave_team.show(caller),
    "show_referral": _open_referral,
}


async def test_a_member_that_is_no_admin_sees_link_and_referrals_only(app: App) -> None:
    scene = await _scene(app)
    await app.becomes_member("max", of="leo")
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    rehearsal = app.with_commit(_nothing)
    max_, ida = await app.private("max"), await app.private("ida")
    # Whatever was read when the update came, the role is read with the effect.
    stale = replace(max_, membership=replace(_membership(max_), role=MemberRole.ADMIN))
    before = await app.contents()
    for name, act in (ADMINS_ONLY | EVERY_MEMBER).items():
        assert await _came_of(act(rehearsal, ida, scene)) == "allowed", name
        for caller in (max_, stale):
            expected = "allowed" if name in EVERY_MEMBER else "not allowed"
            assert await _came_of(act(app.use, caller, scene)) == expected, name
    assert await app.contents() == before


async def test_who_left_a_second_ago_is_no_member_any_more(app: App) -> None:
    scene = await _scene(app)
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    ida = await app.private("ida")
    app.later(seconds=1)
    await app.leaves_partner("ida")
    before = await app.contents()
    acts = {
        name: act for name, act in (ADMINS_ONLY | EVERY_MEMBER).items() if name != "accept_rules"
    }
    for name, act in acts.items():
        for caller in (ida, await app.private("ida"), await app.private("zoe")):
            came = await _came_of(act(app.use, caller, scene))
            assert came.startswith("refused: not_a_partner"), name
    assert await app.contents() == before


def _membership(caller: Caller) -> Membership:
    assert caller.membership
    return caller.membership


# Nothing is left out

ABOUT_ONESELF = {
    "answer_pin_request",
    "open_pin_request",
    "choose",
    "choose_enrolment",
    "choose_preferences",
    "confirm_email",
    "erase_own_data",
    "erase_own_papers",
    "name_email",
    "show_email",
    "export_own_data",
    "identify_caller",
    "join_staff",
    "join_team",
    "accept_invitation",
    "keep_openings",
    "leave_partner",
    "list_link_cards",
    "list_own_enrolments",
    "object_to_inviter",
    "ask_vendor",
    "list_own_questions",
    "move_question",
    "show_question",
    "write_to_question",
    "start_application",
    "choose_legal_form",
    "enter_answer",
    "hand_in_paper",
    "show_own_application",
    "submit_application",
    "withdraw_application",
    "open_link",
    "use_promo",
    "register_by_consent",
    "show_own_data",
}
NO_PERSON = {
    "claim_mails",
    "take_silence",
    "announce_terms",
    "make_scheduled_payouts",
    "claim_notices",
    "follow_paper_link",
    "forget_mails",
    "settle_mail",
    "tend_papers",
    "claim_outbound",
    "forget_outbound",
    "deliver_news",
    "feed_broadcasts",
    "forecast_earnings",
    "look_up_event",
    "mark_blocked",
    "forget_invitations",
    "offer_promos",
    "remind_of_promos",
    "owe_reminders",
    "owe_renewals",
    "owe_statements",
    "read_recipient",
    "record_denial",
    "record_events",
    "record_visits",
    "release_holds",
    "remind_of_claims",
    "remind_of_invoices",
    "scan_for_fraud",
    "show_claim_card",
    "show_fraud_card",
    "show_invoice_card",
    "show_question_card",
    "show_application_card",
    "forget_applications",
    "report_client",
    "report_partner",
    "resolve_code",
    "settle_notice",
    "settle_outbound",
    "show_payout_card",
    "verify_certificate",
    "staff_topics",
}
"""Called by jobs, the redirect, and the HTTP API with its own keys."""


def test_every_use_case_stands_in_one_of_the_tables() -> None:
    of_staff = {name for _, name, _ in MATRIX.values()} | {"admin_chat", "map_category"}
    tables = (of_staff, set(ADMINS_ONLY), set(EVERY_MEMBER), ABOUT_ONESELF, NO_PERSON)
    listed = [name for names in tables for name in names]
    assert len(listed) == len(set(listed))
    assert set(listed) == {field.name for field in fields(UseCases)}
