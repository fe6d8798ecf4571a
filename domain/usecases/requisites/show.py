"""The home of a partner's requisites as its admin sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.access import own_place
from domain.entities.partner import LegalForm
from domain.entities.people import Caller
from domain.entities.requisites import FIELDS, Country, Details, Requisites
from domain.rules.requisites import check_field
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnRequisites:
    """What is saved, and what may be.

    Attributes:
        saved: What is saved, or ``None``.
        forms: Legal forms to choose from; one where the partner's is known.
    """

    saved: Requisites | None
    forms: Sequence[LegalForm]


class ShowRequisites:
    """Show an admin the requisites of its partner."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> OwnRequisites:
        """Return the requisites.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = (await own_place(work, caller)).enrolment
            partner = await work.partners.get(enrolment.partner_id)
            saved = await work.requisites.of(enrolment.partner_id)
        program = self._around.programs.get(enrolment.program)
        admitted = [row.form for row in program.forms if row.is_paid_out] if program else []
        known = partner.legal_form if partner else None
        forms = [known] if known else admitted or list(LegalForm)
        return OwnRequisites(saved=saved, forms=forms)


def next_field(draft: Details) -> str | None:
    """Return the field that is asked next: an optional one that was left out is empty."""
    fields = FIELDS[draft.country, draft.form]
    return next((name for name in fields if name not in draft.values), None)


def with_field(draft: Details, name: str, text: str) -> Details:
    """Return the draft with a field as typed.

    Raises:
        BadRequisite: it cannot be right.
    """
    value = check_field(name, text, country=draft.country, form=draft.form, known=draft.values)
    values = {**draft.values, name: value}
    return Details(country=draft.country, form=draft.form, values=values)


def begun(country: str, form: str) -> Details:
    """Return an empty draft."""
    return Details(country=Country(country), form=LegalForm(form), values={})
