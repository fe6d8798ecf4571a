"""The home of looking after papers: their time of keeping, and files that nobody names."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.filing import erase_dossier, remove_files
from domain.surroundings import Surroundings

AT_ONCE = 50
"""Dossiers that are erased in one round."""
ORPHAN_AFTER = timedelta(days=7)
"""A file of no row is kept so long: an older copy of the database may have been restored."""
LINKS_KEPT = timedelta(days=1)
"""After their end: who opens one later is told that it is void, and the trail has the view."""
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Tended:
    """What a round did.

    Attributes:
        erased: Dossiers whose time was over.
        removed: Files that no present paper names.
    """

    erased: int
    removed: int


class TendPapers:
    """Keep papers no longer than needed.

    - A dossier is closed when its partner takes part in nothing any more, or by the end of its
      application; it is opened again when the partner comes back.
    - So many days after that its key is destroyed, audited; the same goes for one that led to no
      partner and was not touched for as long.
    - Links to papers that can be opened no more are forgotten.
    - Files of papers that were replaced or taken away go, and those that no row names.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> Tended:
        """Go round once."""
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            await work.papers.close_ended(at=now)
            await work.papers.drop_links(before=now - LINKS_KEPT)
            await work.commit()
        return Tended(await self._erase(now), await self._sweep(now))

    async def _erase(self, now: datetime) -> int:
        before = now - timedelta(days=self._around.retention_days)
        async with self._around.open_work.read() as work:
            overdue = await work.papers.overdue(before=before, limit=AT_ONCE)
        for dossier_id in overdue:
            async with self._around.open_work() as work:
                file_ids = await erase_dossier(work, dossier_id, at=now, why="retention")
                await work.commit()
            await remove_files(self._around, file_ids)
        return len(overdue)

    async def _sweep(self, now: datetime) -> int:
        files = self._around.paper_files
        if files is None:
            return 0
        removed, written = 0, sorted(await files.written_before(now))
        old = set(await files.written_before(now - ORPHAN_AFTER))
        for begin in range(0, len(written), _CHUNK):
            some = written[begin : begin + _CHUNK]
            async with self._around.open_work.read() as work:
                counts = await work.papers.standing(some)
            removed += await files.remove(
                paper_id for paper_id in some if not counts.get(paper_id, paper_id not in old)
            )
        return removed
