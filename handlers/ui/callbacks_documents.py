"""The home of button values of requisites, documents of pay-outs and certificates."""

from aiogram.filters.callback_data import CallbackData


class RequisitePress(CallbackData, prefix="rq"):
    """A press in the form of requisites; ``value`` is a country, a legal form or a field."""

    action: str
    value: str = ""


class OwnDocuments(CallbackData, prefix="od"):
    """A press of a partner about the documents of a pay-out."""

    action: str
    payout_id: int


class StaffDocuments(CallbackData, prefix="sd"):
    """A press of staff about the documents of a pay-out, or a signed copy of it.

    Attributes:
        action: What was pressed.
        payout_id: The pay-out.
        copy_id: The signed copy that was shown, or 0.
        reason: The coded reason of a refusal.
    """

    action: str
    payout_id: int
    copy_id: int = 0
    reason: str = ""


class CertificatePress(CallbackData, prefix="ct"):
    """Take the certificate as a file of this kind."""

    form: str
