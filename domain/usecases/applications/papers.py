"""The home of the papers of an application: handing in, replacing, taking away (R32)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from domain.applying import ApplicationView, own_view, staff_view, view_of
from domain.entities.paper import Paper
from domain.entities.people import Caller
from domain.entities.questionnaire import PaperKind
from domain.errors import DomainError, NotFound
from domain.filing import (
    IncomingPaper,
    keep_paper,
    open_dossier,
    partner_dossier,
    replace_kind,
    store_paper,
)
from domain.ports.work import Work
from domain.rules.applications import check_editable
from domain.surroundings import Surroundings


class PaperAccepted(DomainError):
    """Staff accepted this paper, so that it stays as it is."""

    code = "paper_accepted"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A file for an application.

    Attributes:
        kind: Which paper it is, or belongs to.
        name: The name that the sender's device gave it; may be empty.
        data: The whole content.
        is_first: It takes the place of what was handed in before; else it is one more page.
    """

    kind: PaperKind
    name: str
    data: bytes = field(repr=False)
    is_first: bool = False


class HandInPaper:
    """Take the files of a paper, page by page, and let the applicant take it away again.

    - A file is judged by its content before anything is kept; what is unfit changes nothing.
    - The first file after a refusal takes the place of what was refused.
    - The same file twice is one page. What staff accepted stays as it is.
    - Papers of a partner lie in its own dossier, those of a newcomer in one of its own.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self, caller: Caller, application_id: int, kind: PaperKind) -> ApplicationView:
        """Test if a file of this paper could be taken now; return the application.

        Raises:
            NotFound: there is none, it is somebody else's, or it does not ask for this.
            ApplicationLocked: it cannot be changed now.
            PaperAccepted: staff accepted this paper.
        """
        async with self._around.open_work.read() as work:
            return await self._open(work, caller, application_id, kind)

    async def __call__(
        self, caller: Caller, application_id: int, handed: HandedIn
    ) -> ApplicationView:
        """Return the application with the file; refused as ``check`` refuses, and so.

        Raises:
            PaperUnfit: the file cannot be a paper.
            TooManyPages: there are as many files of this paper as there may be.
            DossierFull: all papers together would be too large.
            PapersUnavailable: it could not be kept; nothing has changed.
        """
        dossier_id = await self._dossier(caller, application_id, handed.kind)
        incoming = IncomingPaper(
            kind=handed.kind.value,
            name=handed.name,
            data=handed.data,
            sent_by=caller.person.id,
        )
        paper = await store_paper(self._around, dossier_id, incoming)
        async with self._around.open_work(books=False) as work:
            view = await self._open(work, caller, application_id, handed.kind)
            now = self._around.clock()
            verdict = view.file.verdicts.get(handed.kind)
            is_known = await self._is_known(work, paper)
            if not is_known and (handed.is_first or (verdict and verdict.refusal)):
                await replace_kind(work, dossier_id, handed.kind.value, at=now)
            await keep_paper(work, paper)
            if not is_known or handed.is_first:
                await work.applications.drop_verdict(application_id, handed.kind)
            await work.applications.update(replace(view.application, changed_at=now))
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view

    async def take_away(
        self, caller: Caller, application_id: int, kind: PaperKind
    ) -> ApplicationView:
        """Take all files of a paper away; refused as ``check`` refuses."""
        async with self._around.open_work(books=False) as work:
            view = await self._open(work, caller, application_id, kind)
            now, dossier_id = self._around.clock(), view.application.dossier_id
            if dossier_id is not None:
                present = await work.papers.present(dossier_id, kind.value)
                ids = [paper.id for paper in present]
                await work.papers.end(ids, at=now, replaced=False)
            await work.applications.drop_verdict(application_id, kind)
            await work.applications.update(replace(view.application, changed_at=now))
            view = await view_of(self._around, work, application_id)
            await work.commit()
        return view

    async def _open(
        self, work: Work, caller: Caller, application_id: int, kind: PaperKind
    ) -> ApplicationView:
        view = await own_view(self._around, work, caller, application_id)
        check_editable(view.application)
        if kind not in {item.key for item in view.progress.papers}:
            raise NotFound(paper=kind.value)
        verdict = view.file.verdicts.get(kind)
        if verdict is not None and verdict.refusal is None and view.file.pages.get(kind):
            raise PaperAccepted(paper=kind.value)
        return view

    async def _dossier(self, caller: Caller, application_id: int, kind: PaperKind) -> int:
        """Return where the papers lie; the first one makes the place."""
        async with self._around.open_work.read() as work:
            view = await self._open(work, caller, application_id, kind)
        if view.application.dossier_id is not None:
            return view.application.dossier_id
        async with self._around.open_work(books=False) as work:
            view = await self._open(work, caller, application_id, kind)
            known = view.application.dossier_id
            if known is not None:
                return known
            dossier_id = await self._place(work, view, caller.person.id)
            await work.applications.update(replace(view.application, dossier_id=dossier_id))
            await work.commit()
        return dossier_id

    async def _place(self, work: Work, view: ApplicationView, owner_id: int) -> int:
        partner_id = view.application.partner_id
        partner = await work.partners.get(partner_id) if partner_id else None
        if partner is not None:
            return await partner_dossier(work, self._around, partner, owner_id)
        return (await open_dossier(work, self._around, owner_id)).id

    async def _is_known(self, work: Work, paper: Paper) -> bool:
        present = await work.papers.present(paper.dossier_id, paper.kind)
        return any(other.sha256 == paper.sha256 for other in present)


class ListApplicationPapers:
    """List the files of one paper of an application for staff, without their content (A13)."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, application_id: int, kind: PaperKind
    ) -> tuple[ApplicationView, Sequence[Paper]]:
        """Return the application and the files, by page.

        Raises:
            NotAllowed: the caller may not read applications, or not here.
            NotFound: there is no such application, or it does not ask for this paper.
        """
        async with self._around.open_work.read() as work:
            view, _ = await staff_view(
                self._around, work, caller, "application.read", application_id
            )
            if kind not in {item.key for item in view.progress.papers}:
                raise NotFound(paper=kind.value)
            dossier_id = view.application.dossier_id
            files = await work.papers.present(dossier_id, kind.value) if dossier_id else []
        return view, files
