"""The home of what payments and refunds do."""

from collections.abc import Sequence
from dataclasses import replace

from domain.entities.client import Referral
from domain.entities.payment import Line, Payment, Refund, RefundKind
from domain.events.types import PaymentRefunded, PaymentSucceeded
from domain.intake.clawing_back import claw_back
from domain.intake.earning import accrue, release_due
from domain.intake.facts import Facts
from domain.intake.invoicing import invoice_paid_by, lines_paid, pay, payment_obstacle, refund
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
    waits_for_client,
    waits_for_payment,
    waits_for_staff,
    wrong_exchange,
)
from domain.money import SAME_CURRENCY, BadAmount, parse_money
from domain.programs.model import Program
from domain.rules.commission import RefundRefused, knows_category, refund_lines


def record_payment(facts: Facts, event: PaymentSucceeded) -> Verdict:
    """Keep the payment and make its commissions (R7, R8, R10-R12)."""
    client = client_for(facts, event.client_id, event.account_id)
    if client is None:
        return waits_for_client(event.client_id)
    if event.program is not None and event.program not in facts.programs:
        known = ", ".join(sorted(facts.programs))
        return rejected("program_unknown", "data.program", f"active programs are {known}")
    invoice = invoice_paid_by(facts, event)
    named = event.program or (invoice.program if invoice else None)
    referral = _referral_of(referrals_once_settled(facts, client, event.account_id), named)
    earns = referral is not None and referral.enrolment_id is not None
    program = facts.programs.get(referral.program) if referral and earns else None
    if invoice is not None:
        absorbed = absorbed_by(facts, client, event.account_id)
        obstacle = payment_obstacle(invoice, event, (client, absorbed or client), referral)
    else:
        obstacle = _obstacle(facts, event, program) if program else None
    if obstacle is not None:
        return obstacle
    causes = settle_account(facts, client, event.client_id, event.account_id)
    client = facts.clients[client.id]
    referral = _referral_of(facts.referrals_of(client.id), named)
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


def _referral_of(own: Sequence[Referral], program: str | None) -> Referral | None:
    """Return the referral that a payment counts for: of its program, else the oldest (R5)."""
    if program is not None:
        return next((referral for referral in own if referral.program == program), None)
    attributed = [referral for referral in own if referral.enrolment_id is not None]
    return next(iter(attributed or own), None)


def _obstacle(facts: Facts, event: PaymentSucceeded, program: Program) -> Verdict | None:
    """Return what people must mend before the payment can count, or why it never can."""
    if event.currency == program.currency:
        if event.exchange not in (None, SAME_CURRENCY):
            return wrong_exchange(program.currency)
    elif event.exchange is None:
        return waits_for_staff(
            "exchange_rate",
            "data.exchange_rate",
            f"is required: {event.currency} is not the program's currency {program.currency}",
        )
    unknown = unmapped(facts, event, program)
    if unknown:
        return waits_for_staff(
            "category",
            "data.lines" if event.has_lines else "data.category",
            f"the program has no rate for {unknown[0] or 'a payment without category'}",
        )
    return None


def unmapped(facts: Facts, event: PaymentSucceeded, program: Program) -> list[str | None]:
    """Return the categories that no rate row speaks of and nobody has mapped (R7)."""
    rates = program.at(event.paid_at).rates
    return [
        line.category
        for line in event.lines
        if rates and not knows_category(rates, facts.category_for(program.key, line.category))
    ]


def program_of(facts: Facts, event: PaymentSucceeded) -> Program | None:
    """Return the program that a payment would earn in, ``None`` for no partner's client."""
    client = client_for(facts, event.client_id, event.account_id)
    own = referrals_once_settled(facts, client, event.account_id) if client else []
    referral = _referral_of(own, event.program)
    if referral is None or referral.enrolment_id is None:
        return None
    return facts.programs.get(referral.program)


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
    return applied()


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
    if event.kind is RefundKind.CHARGEBACK_WON and minor > payment.chargebacks:
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
