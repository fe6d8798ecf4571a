"""The home of a client opening a partner's link in Telegram (R37)."""

from dataclasses import dataclass
from enum import StrEnum

from domain.entities.client import Click, ClickSource
from domain.entities.partner import EnrolmentStatus, Partner
from domain.entities.people import Caller
from domain.intake.facts import Facts
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.programs.model import Program
from domain.surroundings import Surroundings


class LinkOpening(StrEnum):
    """What opening a link means for this person."""

    INVITED = "invited"
    ALREADY_CLIENT = "already_client"
    OWN_LINK = "own_link"
    UNKNOWN = "unknown"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLink:
    """What the person sees.

    Attributes:
        opening: What it means.
        partner: Who invited; ``None`` for an unknown code.
        program: What it is about; ``None`` for an unknown code.
        code: As opened, lower case.
    """

    opening: LinkOpening
    partner: Partner | None
    program: Program | None
    code: str


class OpenLink:
    """Keep the click before anything else is asked, then tell who invited.

    - The click is durable before the first answer, so no gate or restart loses it.
    - The same message delivered twice is one click.
    - A client that is registered already keeps its partner (R5); a partner's own link is told so.
    - The link of a partner that has left brings nobody any more.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, code: str, *, request: str) -> OpenedLink:
        """Return what the person sees; ``request`` names the message that opened the link."""
        code = code.lower()
        async with self._around.open_work() as work:
            found = await work.partners.by_code(code)
            program = self._around.programs.get(found[1].program) if found else None
            if found is None or program is None:
                return OpenedLink(
                    opening=LinkOpening.UNKNOWN, partner=None, program=None, code=code
                )
            partner, enrolment = found
            is_own = caller.membership is not None and (caller.membership.partner_id == partner.id)
            click_id = f"telegram:{request}"
            known = await work.clicks.known(click_ids=[click_id], visitor_ids=[], person_ids=[])
            is_over = enrolment.status is EnrolmentStatus.ENDED
            if not known and not is_own and not is_over:
                facts = new_facts(self._around)
                self._keep(facts, caller, code, enrolment.id, click_id)
                await save_facts(facts, work)
                await work.commit()
        return OpenedLink(
            opening=_meaning(caller, is_own=is_own, is_over=is_over),
            partner=partner,
            program=program,
            code=code,
        )

    def _keep(
        self, facts: Facts, caller: Caller, code: str, enrolment_id: int, click_id: str
    ) -> None:
        click = Click(
            id=facts.new_id(),
            code=code,
            enrolment_id=enrolment_id,
            clicked_at=facts.now,
            source=ClickSource.START,
            click_id=click_id,
            person_id=caller.person.id,
        )
        facts.keep_click(click, is_new=True)
        facts.count(enrolment_id, code, facts.now).starts += 1


def _meaning(caller: Caller, *, is_own: bool, is_over: bool) -> LinkOpening:
    if is_own:
        return LinkOpening.OWN_LINK
    if caller.client_id:
        return LinkOpening.ALREADY_CLIENT
    return LinkOpening.ENDED if is_over else LinkOpening.INVITED
