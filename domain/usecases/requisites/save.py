"""The home of saving a partner's requisites."""

from domain.access import own_enrolment
from domain.entities.partner import Partner
from domain.entities.people import Caller
from domain.entities.requisites import Details, Requisites
from domain.ports.work import Work
from domain.rules.legal_forms import is_paid_out
from domain.rules.requisites import BadRequisite, check_details
from domain.surroundings import Surroundings


class SaveRequisites:
    """Keep by what a partner is named and paid on documents (R22).

    - Only an admin of the partner changes them; everything is checked by the country's rules
      again when it is saved.
    - The audit trail keeps which fields changed, never what they are.
    - Where the partner's legal form is not known and one of its programs asks for it, the form of
      the requisites becomes it (R21): without one nothing could ever be paid out.
    - Documents that were made keep what held then. Another account shows at the next pay-out, as
      any other one does, where a takeover is looked for.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, draft: Details) -> Requisites:
        """Return the requisites as kept.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            BadRequisite: a field is missing or cannot be right.
        """
        details = check_details(draft.country, draft.form, draft.values)
        now = self._around.clock()
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            partner = await work.partners.get(enrolment.partner_id)
            if partner and partner.legal_form not in (None, details.form):
                raise BadRequisite(field="form", why="form")
            is_told = partner is not None and await self._tell_form(work, caller, partner, details)
            before = await work.requisites.of(enrolment.partner_id)
            kept = Requisites(
                partner_id=enrolment.partner_id,
                details=details,
                saved_by=caller.person.id,
                saved_at=now,
            )
            changed = _changed(before.details if before else None, details)
            if before is not None and not changed:
                if is_told:
                    await work.commit()
                return before
            await work.requisites.put(kept)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="partner_requisites_saved",
                subject=f"partner:{enrolment.partner_id}",
                details={"country": details.country.value, "fields": changed},
            )
            await work.commit()
        return kept

    async def _tell_form(
        self, work: Work, caller: Caller, partner: Partner, details: Details
    ) -> bool:
        """Take the legal form from the requisites where it is asked for and not known yet."""
        if partner.legal_form is not None:
            return False
        own = await work.partners.enrolments_of(partner.id)
        programs = [self._around.programs.get(enrolment.program) for enrolment in own]
        if not any(
            program and program.forms and is_paid_out(program, details.form)
            for program in programs
        ):
            return False
        await work.partners.set_legal_form(partner.id, details.form)
        await work.audit.add(
            at=self._around.clock(),
            actor=caller.person.id,
            role="partner",
            action="partner_legal_form_told",
            subject=f"partner:{partner.id}",
            details={"form": details.form.value},
        )
        return True


def _changed(before: Details | None, after: Details) -> list[str]:
    """Return the names of the fields that differ."""
    if before is None or (before.country, before.form) != (after.country, after.form):
        return list(after.values)
    names = {*before.values, *after.values}
    return sorted(name for name in names if before.values.get(name) != after.values.get(name))
