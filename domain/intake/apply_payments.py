"""The home of what payments and refunds do."""

from dataclasses import replace

from domain.entities.payment import Line, Payment, Refund, RefundKind
from domain.events.types import PaymentRefunded, PaymentSucceeded
from domain.intake.catching_up import complete
from domain.intake.causes import causes_of
from domain.intake.clawing_back import claw_back
from domain.intake.earning import accrue, release_due
from domain.intake.facts import Facts
from domain.intake.invoicing import invoice_paid_by, lines_paid, pay, payment_obstacle, refund
from domain.intake.parking import obstacle_of, referral_for
from domain.intake.pinned import (
    absorbed_by,
    client_for,
    referrals_once_settled,
    settle_account,
)
from domain.intake.verdict import (
    Verdict,
    applied,
    rejected,
    waits_for_chargeback,
    waits_for_client,
    waits_for_payment,
)
from domain.money import BadAmount, parse_money
from domain.rules.commission import RefundRefused, refund_lines


def record_payment(facts: Facts, event: PaymentSucceeded) -> Verdict:
    """Keep the payment and make its commissions (R7, R8, R10-R12)."""
    stored = facts.payments.get(event.payment_id)
    if stored is not None and stored.enrolment_id is None:
        return complete(facts, event, stored)
    client = client_for(facts, event.client_id, event.account_id)
    if client is None:
        return waits_for_client(event.client_id)
    if event.program is not None and event.program not in facts.programs:
        known = ", ".join(sorted(facts.programs))
        return rejected("program_unknown", "data.program", f"active programs are {known}")
    invoice = invoice_paid_by(facts, event)
    named = event.program or (invoice.program if invoice else None)
    referral = referral_for(referrals_once_settled(facts, client, event.account_id), named)
    earns = referral is not None and referral.enrolment_id is not None
    program = facts.programs.get(referral.program) if referral and earns else None
    if invoice is not None:
        absorbed = absorbed_by(facts, client, event.account_id)
        obstacle = payment_obstacle(invoice, event, (client, absorbed or client), referral)
    else:
        obstacle = obstacle_of(facts, event, program) if program else None
    if obstacle is not None:
        return obstacle
    causes = settle_account(facts, client, event.client_id, event.account_id)
    client = facts.clients[client.id]
    referral = referral_for(facts.referrals_of(client.id), named)
    invoice = facts.invoices[invoice.id] if invoice else None
    payment = Payment(
        id=facts.new_id(),
        payment_id=event.payment_id,
        client_id=client.id,
        program=event.program,
        enrolment_id=None,
        minor=event.minor,
        currency=event.currency,
        exchange=event.exchange,
        paid_at=event.paid_at,
        settlement=event.settlement,
        account_id=event.account_id,
        lines=tuple(Line(category=line.category, minor=line.minor) for line in event.lines),
        has_lines=event.has_lines,
        recorded_at=facts.now,
    )
    if invoice is not None:
        lines, has_lines = lines_paid(invoice, event)
        payment = replace(payment, lines=lines, has_lines=has_lines)
    payment = accrue(facts, payment, client, referral, invoice)
    facts.payments.add(payment.payment_id, payment)
    if invoice is not None:
        pay(facts, invoice, payment)
    reason = payment.reason.value if payment.reason else None
    return applied(reason, releases=(f"payment:{event.payment_id}", *causes))


def record_refund(facts: Facts, event: PaymentRefunded) -> Verdict:
    """Take back what is no longer due, or give back after a chargeback was won (R13)."""
    payment = facts.payments.get(event.payment_id)
    if payment is None:
        return waits_for_payment(event.payment_id)
    refusal = _refusal(event, payment)
    if refusal is not None:
        return refusal
    sign = -1 if event.kind.gives_back else 1
    try:
        minor, by_category = _amounts(event, payment)
        if event.kind is RefundKind.CHARGEBACK_WON and not payment.chargebacks:
            return waits_for_chargeback(event.payment_id)
        signed = {key: sign * part for key, part in by_category.items()} if by_category else None
        lines = refund_lines(payment.lines, sign * minor, signed)
    except RefundRefused as refused:
        return rejected("refund_exceeds_payment", f"data.{refused.args[0]}", refused.args[1])
    except BadAmount:
        return rejected(
            "bad_amount", "data.amount", f"is not an amount that {payment.currency} can express"
        )
    for position in range(len(payment.lines)):
        commission = facts.commissions.get((payment.id, position))
        if commission is not None:
            release_due(facts, commission)
    is_chargeback = event.kind in (RefundKind.CHARGEBACK, RefundKind.CHARGEBACK_WON)
    takes = sign * minor if is_chargeback else 0
    after = claw_back(facts, payment, lines, event.refunded_at)
    after = replace(
        after,
        refunded_by_line=event.lines is not None,
        chargebacks=payment.chargebacks + takes,
    )
    facts.payments.put(payment.payment_id, after)
    refund(facts, payment, after)
    facts.refunds.append(
        Refund(
            id=facts.new_id(),
            refund_id=event.refund_id,
            payment_id=payment.id,
            minor=sign * minor,
            kind=event.kind,
            refunded_at=event.refunded_at,
            recorded_at=facts.now,
        )
    )
    return applied(releases=causes_of(event))


def _refusal(event: PaymentRefunded, payment: Payment) -> Verdict | None:
    by_line = event.lines is not None
    if by_line and not payment.has_lines:
        return rejected("lines_unknown", "data.lines", "the payment has no lines")
    if payment.refunded_by_line is not None and payment.refunded_by_line != by_line:
        return rejected(
            "lines_mixed",
            "data.lines",
            "refunds of one payment either all name lines or none does",
        )
    return None


def _amounts(event: PaymentRefunded, payment: Payment) -> tuple[int, dict[str | None, int] | None]:
    """Return the refund in minor units of the payment's currency, and by category if named."""
    minor = parse_money(event.amount, payment.currency).minor
    most = payment.chargebacks or payment.minor
    if event.kind is RefundKind.CHARGEBACK_WON and minor > most:
        raise RefundRefused("amount", "more than chargebacks took and not yet gave back")
    by_refunds = payment.refunded - payment.chargebacks
    if event.kind is RefundKind.REFUND_UNDONE and minor > by_refunds:
        raise RefundRefused("amount", "more than refunds took and not yet gave back")
    if event.lines is None:
        return minor, None
    by_category = {
        line.category: parse_money(line.amount, payment.currency).minor for line in event.lines
    }
    if len(by_category) < len(event.lines):
        raise RefundRefused("lines", "name a category twice")
    if sum(by_category.values()) != minor:
        raise RefundRefused("lines", "must add up to amount")
    return minor, by_category
