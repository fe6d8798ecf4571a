"""The home of what a member of a partner may know of a client that it named."""

from dataclasses import replace

from domain.entities.pin import Pin, PinProof, PinStatus, PinView
from domain.errors import NotFound
from domain.rules.masking import mask_name

_OWN = (PinStatus.ACTIVE, PinStatus.COMMISSION_ONLY)
"""Pins whose client belongs to the partner."""


def seen_by(view: PinView, *, hides: bool) -> PinView:
    """Return what a member may know of a pin's client; ``hides`` masks its name (A19).

    Of a client that is not the partner's own nothing is told but the account that it named.
    """
    pin = view.pin
    if pin.status not in _OWN:
        key = "" if pin.proof is PinProof.VENDOR else view.key
        return PinView(pin=pin, code=view.code, claim_id=view.claim_id, key=key)
    name = view.client_name or ""
    return replace(view, client_name=mask_name(name) if hides else name)


def own_pin(enrolment_id: int, pin: Pin | None, pin_id: int) -> Pin:
    """Return the pin if it is the partner's.

    Raises:
        NotFound: there is none, or it is another's.
    """
    if pin is None or pin.enrolment_id != enrolment_id:
        raise NotFound(pin=pin_id)
    return pin
