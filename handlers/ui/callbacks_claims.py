"""The home of button values of claims and fraud holds."""

from aiogram.filters.callback_data import CallbackData


class ClaimForm(CallbackData, prefix="clf"):
    """A step of the form by which a partner asks about a client or claims it."""

    step: str


class ClaimCard(CallbackData, prefix="clc"):
    """A press on the card of a claim.

    Attributes:
        action: What was pressed.
        claim_id: The claim.
        to: Code of who gets the client, ``-`` for nobody; empty for the claimant itself.
        reason: Coded reason, once it was chosen.
    """

    action: str
    claim_id: int
    to: str = ""
    reason: str = ""


class HoldCard(CallbackData, prefix="fhc"):
    """A press on the card of a fraud hold."""

    action: str
    hold_id: int
    reason: str = ""
