"""How each operation of the matrix is done by whoever tries it, through Telegram."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from domain.rights import StaffRole
from handlers.ui.callbacks import (
    Activate,
    BroadcastCard,
    ClientCard,
    OwnPayout,
    PayoutCard,
    StaffCard,
)
from handlers.ui.callbacks_applications import DeskPress
from handlers.ui.callbacks_claims import ClaimCard, HoldCard
from handlers.ui.callbacks_inviting import InvitePress
from handlers.ui.callbacks_invoices import InvoiceCard
from handlers.ui.callbacks_papers import PaperLinkPress, PaperPress, PapersOf
from handlers.ui.callbacks_questions import TicketPress
from handlers.ui.callbacks_standing import StandingPress
from handlers.ui.callbacks_team import TeamPress
from tests.authorization.world import Came, Surface


@dataclass(frozen=True)
class Scene:
    """What there is to act upon; all of it belongs to the partner of the actor ``admin``.

    Attributes:
        code: Its code.
        client: Id of its client.
        asked: A pay-out that waits.
        large: One above the limit that two people must decide.
        done: One that is sent.
        staffs: One of a partner to which whoever tries to approve it belongs.
        payment: Id of a payment that staff entered.
        support: A member of staff to remove.
        draft: A message to many people that is not sent yet.
        sending: One that is being sent.
        claim: A claim that waits.
        hold: A hold on a partner that waits for a check.
        other_code: Code of the actor ``other``.
        event: The button that runs a parked event again.
        ticket: A question to the vendor.
        colleague: Telegram id of a user of the partner.
        partner: Our id of the partner.
        enrolment: Our id of its enrolment.
        invitation: An invitation of a client by e-mail.
        suspended: Our id of the enrolment of the suspended partner.
        dossier: Papers of a partner.
        paper: One of them.
        invoice: A request for an invoice.
        issued: An invoice that is to be paid.
    """

    code: str
    client: str
    asked: int
    large: int
    done: int
    staffs: int
    payment: str
    support: int
    config_owner: int
    draft: int
    sending: int
    event: str
    claim: int
    hold: int
    other_code: str
    ticket: int
    colleague: int
    partner: int
    enrolment: int
    suspended: int
    invitation: int
    dossier: int
    paper: int
    application: int
    invoice: int
    issued: int


@dataclass(frozen=True)
class Actor:
    """Who acts, and where: a chat, or ``None`` for the private one."""

    name: str
    chat_id: int | None


Act = Callable[[Surface, Actor, Scene], Awaitable[Came]]


def types(text: Callable[[Scene], str] | str) -> Act:
    """Return the act of typing a text."""

    def act(surface: Surface, actor: Actor, scene: Scene) -> Awaitable[Came]:
        typed = text if isinstance(text, str) else text(scene)
        if actor.name == "anonymous":
            return surface.types_anonymously(typed)
        return surface.types(actor.name, typed, actor.chat_id)

    return act


def presses(data: Callable[[Scene], str] | str) -> Act:
    """Return the act of pressing a button; nobody can press anonymously, so that one types."""

    def act(surface: Surface, actor: Actor, scene: Scene) -> Awaitable[Came]:
        if actor.name == "anonymous":
            return surface.types_anonymously("/queue")
        value = data if isinstance(data, str) else data(scene)
        return surface.presses(actor.name, value, actor.chat_id)

    return act


def _payout(action: str, which: str = "asked", reason: str = "") -> Act:
    return presses(
        lambda scene: PayoutCard(
            action=action, payout_id=getattr(scene, which), reason=reason
        ).pack()
    )


def _staff(action: str, role: StaffRole | None = None, which: str = "support") -> Act:
    def data(scene: Scene) -> str:
        person_id = getattr(scene, which) if action != "invite" else 0
        return StaffCard(
            action=action, person_id=person_id, role=role.value if role else ""
        ).pack()

    return presses(data)


def _standing(move: str, which: str) -> Act:
    return presses(
        lambda scene: StandingPress(
            action="do", move=move, id=getattr(scene, which), reason="other"
        ).pack()
    )


ACTS: dict[str, Act] = {
    "help": types("/help"),
    "rules": types("/join"),
    "open_link": types(lambda scene: f"/start r_{scene.code}"),
    "join": presses(Activate(program="saas-tiers", version=1).pack()),
    "own_client_data": types("/my"),
    "erase": presses(ClientCard(action="erase").pack()),
    "partner": types(lambda scene: f"/partner {scene.code}"),
    "partner_balance": types(lambda scene: f"/partner {scene.code}"),
    "withdraw": types("/withdraw"),
    "account": _payout("account"),
    "link": types("/link"),
    "invite_client": types("/invite"),
    "revoke_invitation": presses(
        lambda scene: InvitePress(action="revoke", id=scene.invitation).pack()
    ),
    "referrals": types("/referrals"),
    "client": types(lambda scene: f"/client {scene.client}"),
    "balance": types("/balance"),
    "cancel_payout": presses(
        lambda scene: OwnPayout(action="cancel", payout_id=scene.asked).pack()
    ),
    "claim": types("/claim"),
    "claims": types("/claims"),
    "promos": types("/promo"),
    "decide_claim": presses(
        lambda scene: ClaimCard(action="no_now", claim_id=scene.claim, reason="other").pack()
    ),
    "hold": types(lambda scene: f"/hold {scene.other_code} looks odd"),
    "suspend": _standing("suspend", "enrolment"),
    "end": _standing("end", "enrolment"),
    "reinstate": _standing("reinstate", "suspended"),
    "release_hold": presses(
        lambda scene: HoldCard(action="release_now", hold_id=scene.hold, reason="verified").pack()
    ),
    "confirm_fraud": presses(
        lambda scene: HoldCard(action="confirm_now", hold_id=scene.hold, reason="other").pack()
    ),
    "invoices": types("/invoices"),
    "own_invoices": types("/invoices"),
    "issue_invoice": presses(
        lambda scene: InvoiceCard(action="issue_now", invoice_id=scene.invoice).pack()
    ),
    "confirm_invoice": presses(
        lambda scene: InvoiceCard(action="confirm_now", invoice_id=scene.issued).pack()
    ),
    "payouts": types("/payouts"),
    "invite_colleague": presses(TeamPress(action="invite", role="user").pack()),
    "remove_colleague": presses(
        lambda scene: TeamPress(action="remove", id=scene.colleague).pack()
    ),
    "change_colleague": presses(
        lambda scene: TeamPress(action="role", id=scene.colleague, role="admin").pack()
    ),
    "leave_team": presses(lambda scene: TeamPress(action="left", id=scene.partner).pack()),
    "own_payouts": types("/payouts"),
    "export": types("/export"),
    "adjust": types(lambda scene: f"/adjust {scene.code} 5.00 goodwill"),
    "approve": _payout("approve"),
    "approve_own": _payout("approve", "staffs"),
    "settle": _payout("settle"),
    "settle_large": _payout("settle", "large"),
    "reject": _payout("reject_now", reason="other"),
    "bring_back": _payout("return_now", "done", reason="other"),
    "pay": types(lambda scene: f"/pay {scene.client} 10.00 USD"),
    "refund": types(lambda scene: f"/refund {scene.payment} 1.00"),
    "rerun": presses(lambda scene: scene.event),
    "broadcast": types("/broadcast"),
    "send_broadcast": presses(lambda scene: BroadcastCard(action="send", id=scene.draft).pack()),
    "stop_broadcast": presses(lambda scene: BroadcastCard(action="stop", id=scene.sending).pack()),
    "report": types("/report"),
    "books": types("/books"),
    "staff": types("/staff"),
    "invite_support": _staff("invite", StaffRole.SUPPORT),
    "invite_manager": _staff("invite", StaffRole.MANAGER),
    "invite_owner": _staff("invite", StaffRole.OWNER),
    "remove_support": _staff("remove"),
    "change_role": _staff("role", StaffRole.FINANCE),
    "remove_config_owner": _staff("remove", which="config_owner"),
    "audit": types("/audit"),
    "audit_staff": types("/audit"),
    "privacy": types("/privacy"),
    "profile": types("/profile"),
    "support": types("/support How do I pay?"),
    "documents": types("/documents"),
    "application": presses(lambda scene: DeskPress.of("card", scene.application).pack()),
    "application_answers": presses(lambda scene: DeskPress.of("all", scene.application).pack()),
    "judge_application": presses(
        lambda scene: DeskPress.of("fw0", scene.application, "phone", "other").pack()
    ),
    "prepare_approval": presses(lambda scene: DeskPress.of("prep", scene.application).pack()),
    "papers": presses(lambda scene: PapersOf(dossier_id=scene.dossier).pack()),
    "link_paper": presses(lambda scene: PaperLinkPress(paper_id=scene.paper).pack()),
    "open_paper": presses(lambda scene: PaperPress(paper_id=scene.paper).pack()),
    "tickets": presses(lambda scene: TicketPress(action="open", id=scene.ticket).pack()),
    "answer_ticket": presses(lambda scene: TicketPress(action="close", id=scene.ticket).pack()),
}
