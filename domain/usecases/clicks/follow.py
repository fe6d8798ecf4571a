"""The home of visits through web links: which code leads where, and keeping the clicks."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.entities.client import Click, ClickSource
from domain.entities.partner import EnrolmentStatus
from domain.entities.stats import StatsDelta, StatsKey
from domain.programs.model import Program
from domain.surroundings import Surroundings

KNOWN_CODES_MAX = 50_000
LOOK_AGAIN = timedelta(seconds=5)


class Visit(NamedTuple):
    """One GET of ``/r/CODE``."""

    code: str
    at: datetime


class ResolveCode:
    """Tell which program a code leads to.

    - Codes never change, so known ones are remembered; whether the partner still takes part is
      read anew every few seconds.
    - The link of a partner that has left leads nowhere: its visitors go on without code.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around
        self._known: dict[str, tuple[str, datetime]] = {}

    async def __call__(self, code: str) -> Program | None:
        """Return the program, ``None`` for an unknown code."""
        known, now = self._known.get(code), self._around.clock()
        if known is None or now - known[1] >= LOOK_AGAIN:
            try:
                known = await self._look_up(code, now)
            except self._around.outages:
                # While the database is away, what was known a moment ago is good enough.
                if known is None:
                    raise
        return self._around.programs.get(known[0]) if known else None

    async def _look_up(self, code: str, now: datetime) -> tuple[str, datetime] | None:
        async with self._around.open_work.read() as work:
            found = await work.partners.by_code(code)
        if found is None or found[1].status is EnrolmentStatus.ENDED:
            self._known.pop(code, None)
            return None
        if len(self._known) >= KNOWN_CODES_MAX:
            self._known.clear()
        self._known[code] = found[1].program, now
        return self._known[code]


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
