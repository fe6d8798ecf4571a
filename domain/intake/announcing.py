"""The home of what the vendor's billing is told of service credit (R20).

``save_facts`` keeps every change of credit; this is the message that goes out with each of them.
"""

from domain.entities.conversion import Credit
from domain.ids import encode
from domain.money import Money
from domain.period import text_of


def credit_event(credit: Credit, *, code: str, program: str) -> tuple[str, dict[str, object]]:
    """Return type and data of the outbound event about a change of service credit.

    ``credit.granted`` adds to the account, ``credit.reduced`` takes from it; amounts are above
    zero. Billing knows the change by ``credit_id`` and does each one once.

    Args:
        credit: The change.
        code: The partner's referral code.
        program: Key of the program.
    """
    is_grant = credit.minor > 0
    if credit.commission_id is None:
        reason = "conversion"
    else:
        reason = "chargeback_won" if is_grant else "refund"
    data: dict[str, object] = {
        "credit_id": encode(credit.id),
        "conversion_id": encode(credit.conversion_id),
        "account_id": credit.account_id,
        "amount": str(Money(abs(credit.minor), credit.currency)),
        "currency": credit.currency,
        "reason": reason,
        "partner_code": code,
        "program": program,
        "at": text_of(credit.at),
    }
    if credit.payment_id is not None:
        data["payment_id"] = credit.payment_id
    return ("credit.granted" if is_grant else "credit.reduced"), data
