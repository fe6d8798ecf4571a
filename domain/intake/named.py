"""The home of what a member of a partner may know of a client that it named."""

from dataclasses import replace

from domain.access import Place
from domain.entities.pin import Pin, PinProof, PinStatus, PinView
from domain.errors import NotFound
from domain.rules.masking import mask_name

_OWN = (PinStatus.ACTIVE, PinStatus.COMMISSION_ONLY)
"""Pins whose client belongs to the partner."""


def seen_by(place: Place, view: PinView, *, mask_clients: bool) -> PinView:
    """Return what a member may know of a pin's client.

    Of a client that is not the partner's own nothing is told but the account that it named.
    """
    pin = view.pin
    if pin.status not in _OWN:
        key = "" if pin.proof is PinProof.VENDOR else view.key
        return PinView(pin=pin, code=view.code, claim_id=view.claim_id, key=key)
    hides = place.hides_clients(mask_clients=mask_clients)
    name = view.client_name or ""
    return replace(view, client_name=mask_name(name) if hides else name)


def own_pin(place: Place, pin: Pin | None, pin_id: int) -> Pin:
    """Return the pin if it is the partner's.

    Raises:
        NotFound: there is none, or it is another's.
    """
    if pin is None or pin.enrolment_id != place.enrolment.id:
        raise NotFound(pin=pin_id)
    return pin
