"""The home of keeping what was refused for want of a right."""

from domain.access import staff_role
from domain.entities.people import Caller
from domain.surroundings import Surroundings

ASKED_LENGTH_MAX = 80


class RecordDenial:
    """Write a denial into the audit trail, in a transaction of its own: the act had none.

    - The row names who asked, as what, where, the right that was missing, and the command or
      button; what was typed behind a command is not kept.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, *, right: str, asked: str) -> None:
        """Keep the denial.

        Args:
            caller: Who was refused.
            right: Name of the right that was missing, or ``object`` where the thing is not its.
            asked: The command's word or the button's value.
        """
        async with self._around.open_work(books=False) as work:
            role = await staff_role(work, caller.person.id, self._around.owners)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role=role.value if role else _standing(caller),
                action="denied",
                subject=f"person:{caller.person.id}",
                details={
                    "right": right,
                    "asked": asked[:ASKED_LENGTH_MAX],
                    "in_admin_chat": caller.in_admin_chat,
                },
            )
            await work.commit()


def _standing(caller: Caller) -> str:
    """Return as what somebody asked who is not in the staff."""
    if caller.membership is not None:
        return f"partner {caller.membership.role.value}"
    return "client" if caller.client_id is not None else "stranger"
