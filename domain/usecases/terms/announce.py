"""The home of announcing changed terms and of letting them begin."""

from collections.abc import Sequence

from domain.entities.notice import Notice
from domain.entities.partner import Enrolment
from domain.intake.activity import move_counts
from domain.intake.holds import new_facts
from domain.intake.load_partners import load_enrolments
from domain.intake.save import save_facts
from domain.ports.work import Work
from domain.programs.model import Program
from domain.surroundings import Surroundings

CHUNK = 100
CHANGED = "terms_changed"


class AnnounceTerms:
    """Tell partners of changed terms, and move their tiers when those begin (R30).

    - Each partner that accepted an older version is told once of each newer one, as soon as it
      is published: that is the announced number of days ahead at least.
    - On its first day a version decides the tiers: each partner is told where its own moved.
    - Replicas and repeated runs tell once.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many partners were told."""
        told = 0
        for program in self._around.programs.values():
            for terms in program.versions[1:]:
                told += await self._announce(program, terms)
            await self._begin(program)
        return told

    async def _announce(self, program: Program, terms: Program) -> int:
        told = 0
        while True:
            async with self._around.open_work() as work:
                rows = await work.terms.unaware(program.key, terms.version, limit=CHUNK)
                await self._tell(work, rows, terms)
                await work.commit()
            told += len(rows)
            if len(rows) < CHUNK:
                return told

    async def _tell(self, work: Work, rows: Sequence[Enrolment], terms: Program) -> None:
        now, ids = self._around.clock(), [row.id for row in rows]
        if not ids:
            return
        await work.terms.mark_aware(ids, terms.version, at=now)
        admins = await work.enrolments.admins(ids)
        await work.notices.add(
            [
                Notice(
                    id=self._around.new_id(),
                    recipient=person_id,
                    kind=CHANGED,
                    params={
                        "program": terms.key,
                        "version": terms.version,
                        "accepted": row.terms_version,
                    },
                    created_at=now,
                )
                for row in rows
                for person_id in admins.get(row.id, ())
            ]
        )

    async def _begin(self, program: Program) -> None:
        """Judge every tier by the terms that hold now, once for each version."""
        job, period = f"terms_begin:{program.key}", f"{program.version:08d}"
        now, earlier = self._around.clock(), program.versions[:1]
        if not earlier or program.version == earlier[0].version:
            return
        async with self._around.open_work.read() as work:
            if (await work.jobs.last(job) or "") >= period:
                return
        last = 0
        while True:
            async with self._around.open_work() as work:
                rows = await work.terms.after(program.key, last, limit=CHUNK)
                facts = new_facts(self._around)
                await load_enrolments(facts, work, [row.id for row in rows])
                for row in rows:
                    move_counts(facts, row.id)
                await save_facts(facts, work)
                if len(rows) < CHUNK:
                    await work.jobs.claim(job, period, at=now)
                await work.commit()
            if len(rows) < CHUNK:
                return
            last = rows[-1].id
