"""The home of accepting changed terms."""

from dataclasses import dataclass, replace

from domain.access import own_enrolment
from domain.entities.partner import Enrolment
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.programs.model import Program
from domain.surroundings import Surroundings


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsView:
    """What a partner has to know of its terms.

    Attributes:
        enrolment: With the version that it accepted.
        program: The terms that hold now.
        accepted: The version that it accepted, as it was published.
        coming: The next version that does not hold yet, or ``None``.
        asked: The version that it has to accept, or may accept ahead; ``None`` for none.
        is_overdue: Until it accepts, pay-outs and conversion wait.
    """

    enrolment: Enrolment
    program: Program
    accepted: Program
    coming: Program | None
    asked: Program | None
    is_overdue: bool


class ShowTerms:
    """Show a member the terms that hold, those to come, and what is to be accepted (R30)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program: str | None = None) -> TermsView:
        """Return the terms.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
        """
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller, program)
        return _view(self._around, enrolment)


class AcceptTerms:
    """Accept a changed version of the rules.

    - The version that was read is accepted, no other: who pressed an old button accepts less.
    - A version may be accepted before its day; a second press changes nothing (R30).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, program: str, version: int) -> TermsView:
        """Return what is left to know.

        Raises:
            NotAPartner: the person takes part in no such program.
            NotAllowed: the person is no admin of the partner.
            NotFound: there is no such version.
        """
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller, program)
            terms = self._around.programs[enrolment.program]
            if version not in {known.version for known in terms.versions}:
                raise NotFound(terms=version)
            if enrolment.terms_version < version:
                enrolment = replace(enrolment, terms_version=version)
                await work.enrolments.update([enrolment])
                await work.audit.add(
                    at=self._around.clock(),
                    actor=caller.person.id,
                    role="partner",
                    action="terms_accepted",
                    subject=f"enrolment:{enrolment.id}",
                    details={"program": terms.key, "version": version},
                )
                await work.commit()
        return _view(self._around, enrolment)


def _view(around: Surroundings, enrolment: Enrolment) -> TermsView:
    now, program = around.clock(), around.programs[enrolment.program]
    known = program.versions or (program,)
    later = [terms for terms in known if terms.holds_from is not None and terms.holds_from > now]
    coming = next((terms for terms in later if terms.version > program.version), None)
    needed = program.to_accept(now)
    is_overdue = needed is not None and needed.version > enrolment.terms_version
    asked = needed if is_overdue else None
    if coming is not None and coming.is_to_accept and coming.version > enrolment.terms_version:
        # Whoever accepts what is coming has accepted what holds.
        asked = coming
    accepted = [terms for terms in known if terms.version <= enrolment.terms_version]
    return TermsView(
        enrolment=enrolment,
        program=program,
        accepted=accepted[-1] if accepted else known[0],
        coming=coming,
        asked=asked,
        is_overdue=is_overdue,
    )
