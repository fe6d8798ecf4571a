"""The home of renaming a link and of putting it away."""

from dataclasses import replace

from domain.access import own_enrolment
from domain.entities.partner import Enrolment, Link
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.ports.work import Work
from domain.rules.links import (
    LinkLabelTaken,
    check_may_change,
    check_room,
    read_label,
    same_label,
)
from domain.surroundings import Surroundings


async def _own_link(work: Work, caller: Caller, code: str) -> tuple[Enrolment, list[Link], Link]:
    enrolment = await own_enrolment(work, caller)
    check_may_change(enrolment)
    links = list(await work.partners.links_of(enrolment.id))
    link = next((link for link in links if link.code == code.lower()), None)
    if link is None:
        raise NotFound(link=code)
    return enrolment, links, link


class RenameLink:
    """Give a link another name; its code and figures stay. Only an admin may (A17)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, code: str, label: str) -> Link:
        """Return the link as it is called now.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            LinksSuspended: the partner does not take part now.
            NotFound: the partner has no such link.
            BadLinkLabel: the text cannot be a name.
            LinkLabelTaken: another link has this name.
        """
        kept = read_label(label)
        async with self._around.open_work() as work:
            _, links, link = await _own_link(work, caller, code)
            other = same_label(links, kept)
            if other is not None and other.code != link.code:
                raise LinkLabelTaken(label=kept)
            renamed = replace(link, label=kept)
            await work.partners.change_link(renamed)
            await work.commit()
        return renamed


class ArchiveLink:
    """Put a link away, or take it out again.

    - Visits through it count as ever: it may be printed somewhere.
    - The enrolment's own first link stays.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, code: str, *, is_archived: bool) -> Link:
        """Return the link as it stands now.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            LinksSuspended: the partner does not take part now.
            NotFound: the partner has no such link, or it is its first one.
            TooManyLinks: there is no room to take it out.
        """
        async with self._around.open_work() as work:
            enrolment, links, link = await _own_link(work, caller, code)
            if link.code == enrolment.code:
                raise NotFound(link=code)
            if is_archived == (link.archived_at is not None):
                return link
            if not is_archived:
                check_room([other for other in links if other.code != link.code])
            changed = replace(link, archived_at=self._around.clock() if is_archived else None)
            await work.partners.change_link(changed)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="partner",
                action="link_archived" if is_archived else "link_restored",
                subject=f"enrolment:{enrolment.id}",
                details={"code": link.code},
            )
            await work.commit()
        return changed
