"""The home of visits through web links: which code leads where, and keeping the clicks."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.entities.client import Click, ClickSource
from domain.entities.stats import StatsDelta, StatsKey
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
            links = await work.enrolments.by_codes({visit.code for visit in visits})
            known = [visit for visit in visits if visit.code in links]
            if not known:
                return
            await work.clicks.add(
                [
                    Click(
                        id=self._around.new_id(),
                        code=visit.code,
                        enrolment_id=links[visit.code],
                        clicked_at=visit.at,
                        source=ClickSource.REDIRECT,
                    )
                    for visit in known
                ]
            )
            await work.stats.add(self._counted(known, links))
            await work.commit()

    def _counted(
        self, visits: Sequence[Visit], links: Mapping[str, int]
    ) -> Mapping[StatsKey, StatsDelta]:
        """Return the visits per link and day; many share a second, which is converted once."""
        counts: dict[StatsKey, StatsDelta] = defaultdict(StatsDelta)
        for visit, many in Counter(visits).items():
            day = visit.at.astimezone(self._around.zone).date()
            counts[StatsKey(links[visit.code], visit.code, day)].clicks += many
        return counts
