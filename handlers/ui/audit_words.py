"""The home of the sentences of the audit trail: who did what to what, in the reader's language.

Every action that the domain writes down has a sentence here; a test compares them.
"""

from collections.abc import Callable

from domain.entities.audit import AuditRow
from handlers.ui.html import Html, bold, code, safe, short
from handlers.ui.language import Language
from handlers.ui.marks import role_name
from handlers.ui.paper_words import paper_kind

Words = Callable[[Language, AuditRow], Html]
NAME_LENGTH = 40
WHAT_LENGTH = 60


def audit_sentence(language: Language, row: AuditRow) -> Html:
    """Return a row as a sentence; an action of a newer version is told by its name."""
    return _SENTENCES.get(row.action, _unknown)(language, row)


def who(language: Language, row: AuditRow) -> Html:
    """Return who did it: the name, or what is known of it."""
    if row.actor_name:
        return bold(short(row.actor_name, NAME_LENGTH))
    if row.actor is None:
        return language.say("Somebody without a name")
    return language.say("Person {id}", id=code(row.actor))


def what(row: AuditRow) -> str:
    """Return the object by its name, or as it was written down."""
    return short(row.label or row.subject.partition(":")[2] or row.subject, WHAT_LENGTH)


def _role(language: Language, role: object) -> Html:
    names = {"owner", "manager", "finance", "support"}
    return role_name(language, str(role)) if role in names else safe(short(str(role), 20))


def _plain(message: str) -> Words:
    """Return the words of an action that needs nothing but who and what.

    The message is marked where the table is made, and translated when it is said.
    """

    def words(language: Language, row: AuditRow) -> Html:
        return language.say(message, who=who(language, row), what=what(row))

    return words


def _marked(message: str) -> str:
    """Mark a text for the catalogues without saying it."""
    return message


say = _marked


def _rules(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who} accepted the rules of {program}.",
        who=who(language, row),
        program=short(str(row.details.get("program", "—")), NAME_LENGTH),
    )


def _paper_opened(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who} looked at a paper: {kind}, page {page}.",
        who=who(language, row),
        kind=paper_kind(language, str(row.details.get("kind", "—"))),
        page=row.details.get("page", "—"),
    )


def _paper_link_made(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who} asked for a link to a paper: {kind}, page {page}.",
        who=who(language, row),
        kind=paper_kind(language, str(row.details.get("kind", "—"))),
        page=row.details.get("page", "—"),
    )


def _papers_erased(language: Language, row: AuditRow) -> Html:
    if row.details.get("why") == "retention":
        return language.say("Papers were erased: their time of keeping was over.")
    return language.say("Papers were erased: their owner asked for it.")


def _terms(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who} accepted the changed rules of {program}, version {version}.",
        who=who(language, row),
        program=short(str(row.details.get("program", "—")), NAME_LENGTH),
        version=_number(row, "version"),
    )


def _invited(language: Language, row: AuditRow) -> Html:
    role = _role(language, row.subject.partition(":")[2])
    return language.say("{who} invited somebody as {role}.", who=who(language, row), role=role)


def _joined(language: Language, row: AuditRow) -> Html:
    role = _role(language, row.role)
    return language.say("{who} joined the staff as {role}.", who=who(language, row), role=role)


def _removed(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who} removed {what} from the staff ({role}).",
        who=who(language, row),
        what=what(row),
        role=_role(language, row.details.get("role", "—")),
    )


def _role_changed(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who} changed the role of {what}: {was} → {role}.",
        who=who(language, row),
        what=what(row),
        was=_role(language, row.details.get("was", "—")),
        role=_role(language, row.details.get("role", "—")),
    )


def _sent(language: Language, row: AuditRow) -> Html:
    return language.say_many(
        "{who} sent a message to {count} person.",
        "{who} sent a message to {count} people.",
        _number(row, "total"),
        who=who(language, row),
    )


def _exported(language: Language, row: AuditRow) -> Html:
    return language.say_many(
        "{who} exported {count} row of the audit trail as a file.",
        "{who} exported {count} rows of the audit trail as a file.",
        _number(row, "rows"),
        who=who(language, row),
    )


def _denied(language: Language, row: AuditRow) -> Html:
    return language.say(
        "⛔️ {who} was refused {asked}: the right {right} was missing.",
        who=who(language, row),
        asked=code(short(str(row.details.get("asked", "—")), WHAT_LENGTH)),
        right=code(what(row)),
    )


def _number(row: AuditRow, name: str) -> int:
    value = row.details.get(name, 0)
    return value if isinstance(value, int) else 0


def _unknown(language: Language, row: AuditRow) -> Html:
    return language.say(
        "{who}: {action}, {what}.",
        who=who(language, row),
        action=short(row.action.replace("_", " "), WHAT_LENGTH),
        what=what(row),
    )


_SENTENCES: dict[str, Words] = {
    "rules_accepted": _rules,
    "vendor_account_named": _plain(say("{who} named the own account of the partner {what}.")),
    "terms_accepted": _terms,
    "payout_account_named": _plain(say("{who} named where scheduled pay-outs go.")),
    "payout_scheduled": _plain(say("The pay-out {what} was made by the schedule.")),
    "link_added": _plain(say("{who} made a link.")),
    "link_archived": _plain(say("{who} put a link away.")),
    "link_restored": _plain(say("{who} took a link into use again.")),
    "exported": _plain(say("A table was exported at the command line: {what}.")),
    "own_data_exported": _plain(say("{who} exported their own data.")),
    "member_left": _plain(say("A member left {what} and was erased.")),
    "partner_left": _plain(say("The last member left {what}; the partner ended.")),
    "money_given_up": _plain(say("The last admin gave up the money of {what}, and left.")),
    "member_invited": _plain(say("{who} invited a colleague to the partner {what}.")),
    "member_uninvited": _plain(say("{who} took an invitation to the partner {what} back.")),
    "member_joined": _plain(say("{who} joined the partner {what}.")),
    "member_went": _plain(say("{who} left the partner {what}.")),
    "member_removed": _plain(say("{who} removed a member of the partner {what}.")),
    "member_role_changed": _plain(say("{who} changed a role at the partner {what}.")),
    "client_invited": _plain(say("{who} invited a client by e-mail.")),
    "client_erased": _plain(say("A client erased its own data.")),
    "payout_request": _plain(say("{who} asked for the pay-out {what}.")),
    "payout_cancel": _plain(say("{who} took the request for the pay-out {what} back.")),
    "payout_approve": _plain(say("{who} approved the pay-out {what}.")),
    "payout_settle": _plain(say("{who} marked the pay-out {what} as done.")),
    "payout_reject": _plain(say("{who} rejected the pay-out {what}.")),
    "payout_reopen": _plain(say("{who} took the rejection of the pay-out {what} back.")),
    "payout_bring_back": _plain(say("{who} marked the pay-out {what} as returned by the bank.")),
    "payout_account_seen": _plain(say("{who} looked at the account of the pay-out {what}.")),
    "payout_list_made": _plain(say("{who} made a list of pay-outs for the bank.")),
    "payment_entered": _plain(say("{who} entered the payment {what}.")),
    "refund_entered": _plain(say("{who} entered a refund of the payment {what}.")),
    "entry_undone": _plain(say("{who} undid an entry on the payment {what}.")),
    "adjustment_asked": _plain(say("{who} asked for the adjustment {what}.")),
    "adjustment_booked": _plain(say("{who} booked the adjustment {what}.")),
    "adjustment_dropped": _plain(say("{who} refused the adjustment {what}.")),
    "adjustment_undone": _plain(say("{who} undid the adjustment {what}.")),
    "conversion_made": _plain(say("{who} turned earnings into service credit.")),
    "fraud_hold": _plain(say("{who} put earnings on hold for a check.")),
    "fraud_release": _plain(say("{who} released earnings after a check.")),
    "fraud_confirm": _plain(say("{who} confirmed a suspicion of fraud.")),
    "application_submitted": _plain(say("{who} sent the application {what}.")),
    "application_withdrawn": _plain(say("{who} took the application {what} back.")),
    "application_opened": _plain(say("{who} looked at all answers of the application {what}.")),
    "application_answer_refused": _plain(say("{who} refused an answer of application {what}.")),
    "application_answer_taken": _plain(say("{who} took an answer of application {what} again.")),
    "application_paper_refused": _plain(say("{who} refused a paper of application {what}.")),
    "application_paper_accepted": _plain(say("{who} accepted a paper of application {what}.")),
    "application_returned": _plain(say("{who} sent the application {what} back to correct.")),
    "application_originals_received": _plain(
        say("{who} noted that the originals of application {what} are here.")
    ),
    "application_asked": _plain(say("{who} asked the applicant of application {what}.")),
    "application_approved": _plain(say("{who} approved the application {what}.")),
    "application_rejected": _plain(say("{who} rejected the application {what}.")),
    "invoice_requested": _plain(say("{who} asked for the invoice {what}.")),
    "invoice_withdrawn": _plain(say("{who} took the request for the invoice {what} back.")),
    "invoice_told_paid": _plain(say("{who} said that the invoice {what} is paid.")),
    "invoice_issued": _plain(say("{who} issued the invoice {what}.")),
    "invoice_rejected": _plain(say("{who} refused the invoice {what}.")),
    "invoice_cancelled": _plain(say("{who} cancelled the invoice {what}.")),
    "invoice_not_received": _plain(say("{who} has no money for the invoice {what} yet.")),
    "invoice_confirmed": _plain(say("{who} confirmed an invoice: payment {what}.")),
    "claim_accepted": _plain(say("{who} accepted the claim {what}.")),
    "claim_rejected": _plain(say("{who} rejected the claim {what}.")),
    "claim_seen": _plain(say("{who} looked at the client of the claim {what}.")),
    "client_named": _plain(say("{who} named a client’s account in advance.")),
    "client_pin_answered": _plain(say("{who} answered, as the client, who looks after it.")),
    "client_unprotected": _plain(say("{who} ended the protection of a client.")),
    "ticket_answered": _plain(say("{who} answered the question {what}.")),
    "ticket_closed": _plain(say("{who} closed the question {what}.")),
    "ticket_handed_over": _plain(say("{who} handed the question {what} over to the partner.")),
    "partner_requisites_saved": _plain(say("{who} changed the requisites of {what}.")),
    "partner_legal_form_told": _plain(say("{who} told the legal form of {what}: requisites.")),
    "partner_certificate_issued": _plain(say("{who} took the certificate of {what}.")),
    "payout_documents_seen": _plain(say("{who} looked at the documents of the pay-out {what}.")),
    "payout_paper_sent": _plain(say("{who} sent the signed copy for the pay-out {what}.")),
    "payout_paper_accepted": _plain(say("{who} accepted the signed copy for the pay-out {what}.")),
    "payout_paper_refused": _plain(say("{who} refused the signed copy for the pay-out {what}.")),
    "partner_renamed": _plain(say("{who} gave the partner {what} another name.")),
    "standing_suspend": _plain(say("{who} suspended the partner {what}.")),
    "standing_end": _plain(say("{who} ended the participation of the partner {what}.")),
    "standing_reinstate": _plain(say("{who} reinstated the partner {what}.")),
    "enrolment_left": _plain(say("{who} left the program, {what}.")),
    "promo_given": _plain(say("{who} gave the client {what} its promo code.")),
    "promo_activated": _plain(say("The client {what} activated its promo code.")),
    "event_rerun": _plain(say("{who} ran the event {what} again.")),
    "event_dropped": _plain(say("{who} dropped the event {what}.")),
    "category_mapped": _plain(say("{who} mapped an unknown category of the program {what}.")),
    "outbound_retry": _plain(say("{who} had webhooks to the vendor sent again.")),
    "mail_retry": _plain(say("{who} had undelivered e-mails sent again.")),
    "paper_link_made": _paper_link_made,
    "paper_opened": _paper_opened,
    "papers_erased": _papers_erased,
    "notices_sent_again": _plain(say("{who} had undelivered notices sent again.")),
    "notices_put_away": _plain(say("{who} put undelivered notices away.")),
    "staff_invited": _invited,
    "staff_joined": _joined,
    "staff_removed": _removed,
    "staff_role_changed": _role_changed,
    "broadcast_asked": _plain(say("{who} asked for a message to many people to be sent.")),
    "broadcast_sent": _sent,
    "broadcast_stopped": _plain(say("{who} stopped a message to many people.")),
    "audit_exported": _exported,
    "denied": _denied,
}

WORDED_ACTIONS = frozenset(_SENTENCES)
"""Actions that have a sentence of their own; a test compares them with the domain."""
