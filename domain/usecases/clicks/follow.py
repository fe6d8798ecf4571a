"""The home of visits through web links: which code leads where, and keeping the clicks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.entities.client import Click, ClickSource
from domain.intake.holds import new_facts
from domain.intake.save import save_facts
from domain.programs.model import Program
from domain.surroundings import Surroundings

KNOWN_CODES_MAX = 50_000


@dataclass(frozen=True, slots=True)
class Visit:
    """One GET of ``/r/CODE``."""

    code: str
    at: datetime


class ResolveCode:
    """Tell which program a code leads to; codes never change, so known ones are remembered."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around
        self._known: dict[str, str] = {}

    async def __call__(self, code: str) -> Program | None:
        """Return the program, ``None`` for an unknown code."""
        key = self._known.get(code)
        if key is None:
            async with self._around.open_work.read() as work:
                found = await work.partners.by_code(code)
            if found is None:
                return None
            key = found[1].program
            if len(self._known) >= KNOWN_CODES_MAX:
                self._known.clear()
            self._known[code] = key
        return self._around.programs.get(key)


class RecordVisits:
    """Keep clicks of the redirect in sets; attribution rests on the token, never on these rows."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, visits: Sequence[Visit]) -> None:
        """Keep them with one commit."""
        async with self._around.open_work() as work:
            facts = new_facts(self._around)
            links = await work.enrolments.by_codes(Counter(visit.code for visit in visits))
            for visit in visits:
                enrolment_id = links.get(visit.code)
                if enrolment_id is None:
                    continue
                click = Click(
                    id=facts.new_id(),
                    code=visit.code,
                    enrolment_id=enrolment_id,
                    clicked_at=visit.at,
                    source=ClickSource.REDIRECT,
                )
                facts.keep_click(click, is_new=True)
                facts.count(enrolment_id, visit.code, visit.at).clicks += 1
            await save_facts(facts, work)
            await work.commit()
