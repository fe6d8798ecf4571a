"""The home of choosing the name that clients and staff see of a partner."""

from domain.access import own_enrolment
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.surroundings import Surroundings

NAME_LENGTH = (2, 60)


class BadPartnerName(DomainError):
    """The text cannot be a partner's name."""

    code = "bad_partner_name"


class RenamePartner:
    """Let an admin choose its partner's name; the change is audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, name: str) -> str:
        """Return the name as kept.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            BadPartnerName: too short, too long, or with signs that do not print.
        """
        bare = " ".join(name.split())
        least, most = NAME_LENGTH
        has_letter = any(sign.isalnum() for sign in bare)
        if not least <= len(bare) <= most or not bare.isprintable() or not has_letter:
            raise BadPartnerName(least=least, most=most)
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            await work.privacy.rename_partner(enrolment.partner_id, bare)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="partner",
                action="partner_renamed",
                subject=f"partner:{enrolment.partner_id}",
                details={},
            )
            await work.commit()
        return bare
