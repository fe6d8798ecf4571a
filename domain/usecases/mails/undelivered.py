"""The home of e-mails that were given up: staff see them and send them again."""

from dataclasses import dataclass, replace

from domain.access import require_staff
from domain.entities.mail import Mail, MailCounts
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.rules.masking import mask_email
from domain.surroundings import Surroundings

PAGE_SIZE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class MailState:
    """How e-mails stand.

    Attributes:
        counts: How many wait and how many were given up.
        undelivered: A page of what was given up, oldest first, addresses masked, without words.
        has_more: There are others behind the page.
    """

    counts: MailCounts
    undelivered: tuple[Mail, ...]
    has_more: bool


class ShowMails:
    """Show staff which e-mails did not arrive, not what they say."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, after: int = 0) -> MailState:
        """Return a page of them.

        Raises:
            NotAllowed: the caller may not see it here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "queue.read", self._around.owners)
            rows = await work.mails.undelivered(after=after, limit=PAGE_SIZE + 1)
            return MailState(
                counts=await work.mails.counts(),
                undelivered=tuple(map(_masked, rows[:PAGE_SIZE])),
                has_more=len(rows) > PAGE_SIZE,
            )


def _masked(mail: Mail) -> Mail:
    return replace(mail, recipient=mask_email(mail.recipient), params={})


class RetryMails:
    """Send given up e-mails again, one or all; audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, mail_id: int | None = None) -> int:
        """Return how many will be sent again; ``None`` means all.

        Raises:
            NotAllowed: the caller may not do this here.
            NotFound: this one was not given up, or somebody else sent it again.
        """
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            role = await require_staff(work, caller, "mail.retry", self._around.owners)
            count = await work.mails.retry(mail_id, at=now)
            if mail_id is not None and not count:
                raise NotFound(mail=mail_id)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=role.value,
                action="mail_retry",
                subject="mails" if mail_id is None else f"mail:{mail_id}",
                details={"count": count},
            )
            await work.commit()
        return count
