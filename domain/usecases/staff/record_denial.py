"""The home of writing down who was refused for want of a right."""

from domain.entities.people import Caller
from domain.surroundings import Surroundings

NOBODY = "nobody"
ASKED_LENGTH_MAX = 64


class RecordDenial:
    """Write a refusal for want of a right into the audit trail.

    - The role is the one that the person has in the staff, wherever it spoke.
    - What was typed behind a command is not kept.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller | None, *, right: str, asked: str, chat_id: int
    ) -> None:
        """Write it down.

        Args:
            caller: Who was refused; ``None`` for somebody who hides, such as an anonymous admin.
            right: The right that was missing.
            asked: The command or the value of the button.
            chat_id: Where.
        """
        role = caller.staff_role if caller else None
        async with self._around.open_work(books=False) as work:
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id if caller else None,
                role=role.value if role else NOBODY,
                action="denied",
                subject=f"right:{right}",
                details={"asked": asked[:ASKED_LENGTH_MAX], "chat_id": chat_id},
            )
            await work.commit()
