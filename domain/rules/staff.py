"""The home of the rules of the staff: who cannot be taken away."""

from collections.abc import Sequence

from domain.entities.people import StaffMember
from domain.errors import DomainError
from domain.rights import StaffRole


class LastOwner(DomainError):
    """Somebody must own the program: the last owner can neither be removed nor demoted."""

    code = "last_owner"


class OwnerOfConfig(DomainError):
    """Owners named in the config are changed there only."""

    code = "owner_of_config"


def check_not_last_owner(
    members: Sequence[StaffMember], person_id: int, owners: frozenset[int]
) -> None:
    """Test that somebody else owns the program, too (A59).

    Args:
        members: The staff as it is.
        person_id: The owner who is to be removed or demoted.
        owners: Those named in the config.

    Raises:
        LastOwner: nobody does.
    """
    others = {member.person_id for member in members if member.role is StaffRole.OWNER}
    if not (others | owners) - {person_id}:
        raise LastOwner(person=person_id)
