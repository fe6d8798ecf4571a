"""The home of making one more link."""

import secrets

from domain.access import own_enrolment
from domain.entities.partner import Link
from domain.entities.people import Caller
from domain.ids import code_from
from domain.ports.work import Work
from domain.rules.links import (
    LinkCodeTaken,
    check_may_change,
    check_room,
    read_code,
    read_label,
    same_label,
)
from domain.surroundings import Surroundings

CODE_ATTEMPTS_MAX = 20


class AddLink:
    """Make one more link, so that the partner sees which place brings whom.

    - Only an admin of an active partner may (A17).
    - Codes are unique over all programs, upper and lower case being the same (R5); one is made up
      where none is wished.
    - Asked again for a link of the same name, it finds the one that stands.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller, label: str | None = None) -> str:
        """Return the label as it would be kept, so that a form refuses before its last step.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            LinksSuspended: the partner does not take part now.
            TooManyLinks: there is no room for one more.
            BadLinkLabel: the text cannot be a name.
        """
        kept = read_label(label) if label is not None else ""
        async with self._around.open_work.read() as work:
            enrolment = await own_enrolment(work, caller)
            check_may_change(enrolment)
            links = await work.partners.links_of(enrolment.id)
        if same_label(links, kept) is None or not kept:
            check_room(links)
        return kept

    async def __call__(self, caller: Caller, label: str, code: str | None = None) -> Link:
        """Return the link, new or standing.

        Raises:
            NotAPartner: the person takes part in no program.
            NotAllowed: the person is no admin of the partner.
            LinksSuspended: the partner does not take part now.
            TooManyLinks: there is no room for one more.
            BadLinkLabel: the text cannot be a name.
            BadLinkCode: the text cannot be a code.
            LinkCodeTaken: a link has this code already.
        """
        kept = read_label(label)
        wished = read_code(code) if code is not None else None
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            check_may_change(enrolment)
            links = await work.partners.links_of(enrolment.id)
            standing = same_label(links, kept)
            if standing is not None:
                return standing
            check_room(links)
            link = Link(code=await _free_code(work, wished), enrolment_id=enrolment.id, label=kept)
            now = self._around.clock()
            await work.partners.add_link(link, now)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role="partner",
                action="link_added",
                subject=f"enrolment:{enrolment.id}",
                details={"code": link.code},
            )
            await work.commit()
        return link


async def _free_code(work: Work, wished: str | None) -> str:
    if wished is not None:
        if not await work.partners.code_is_free(wished):
            raise LinkCodeTaken(code=wished)
        return wished
    for _ in range(CODE_ATTEMPTS_MAX):
        code = code_from(secrets.token_bytes(16))
        if await work.partners.code_is_free(code):
            return code
    raise RuntimeError("no free referral code was found")
