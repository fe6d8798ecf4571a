"""The home of staff looking at papers."""

from collections.abc import Sequence

from domain.access import require_staff
from domain.entities.paper import OpenedPaper, Paper
from domain.entities.people import Caller
from domain.errors import NotFound
from domain.filing import present_paper, read_paper
from domain.surroundings import Surroundings


class ShowPapers:
    """List the papers of a dossier for staff (A13): what they are, without their content."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, dossier_id: int) -> Sequence[Paper]:
        """Return the papers that count, by kind and page; none of an erased dossier.

        Raises:
            NotAllowed: the caller may not see it here.
            NotFound: there is no such dossier.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "paper.list", self._around.owners)
            if await work.papers.dossier(dossier_id) is None:
                raise NotFound(dossier=dossier_id)
            return await work.papers.present(dossier_id)


class OpenPaper:
    """Give a member of staff the content of a paper (A14).

    - Each view is in the audit trail, with who and which, before anything is shown; what cannot
      be written down is not shown.
    - The right is read in the transaction of that row.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, paper_id: int) -> OpenedPaper:
        """Return it.

        Raises:
            NotAllowed: the caller may not open papers here.
            NotFound: there is no such paper, or it counts no more.
            PapersUnavailable: its file is lost or damaged.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "paper.open", self._around.owners)
            paper = await present_paper(work, paper_id)
        data = await read_paper(self._around, paper)
        async with self._around.open_work(books=False) as work:
            role = await require_staff(work, caller, "paper.open", self._around.owners)
            paper = await present_paper(work, paper_id)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role=role.value,
                action="paper_opened",
                subject=f"paper:{paper.id}",
                details={"kind": paper.kind, "page": paper.page, "dossier": paper.dossier_id},
            )
            await work.commit()
        return OpenedPaper(paper, data)
