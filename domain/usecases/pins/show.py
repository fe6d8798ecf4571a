"""The home of what a partner sees of the clients that it named: the list and the card."""

from domain.access import own_place
from domain.entities.page import PAGE_SIZE, Page, page_of
from domain.entities.people import Caller
from domain.entities.pin import PinView
from domain.entities.views import Cursor
from domain.rules.named_clients import own_pin, seen_by
from domain.rules.pinning import PinningOff
from domain.surroundings import Surroundings


class ListPins:
    """Show an admin the clients that its partner named, newest first."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, before: Cursor | None = None) -> Page[PinView]:
        """Return a page.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            PinningOff: the program has no pinning.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            if self._around.programs[place.enrolment.program].pinning is None:
                raise PinningOff
            found = await work.pins.page(place.enrolment.id, before=before, limit=PAGE_SIZE + 1)
            views = await work.pins.views(found)
        hides = place.hides_clients(mask_clients=self._around.mask_clients)
        rows = [seen_by(row, hides=hides) for row in views]
        return page_of(rows, PAGE_SIZE, lambda row: Cursor(row.pin.created_at, row.pin.id))


class ShowPin:
    """Show an admin one pin of its partner."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, pin_id: int) -> PinView:
        """Return the pin.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            NotFound: the partner has no such pin.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller)
            pin = own_pin(place.enrolment.id, await work.pins.get(pin_id), pin_id)
            view = (await work.pins.views([pin]))[0]
        return seen_by(view, hides=place.hides_clients(mask_clients=self._around.mask_clients))
