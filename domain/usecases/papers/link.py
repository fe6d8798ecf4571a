"""The home of looking at a paper by a link: one look, for a few minutes, for who asked for it."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime

from domain.access import require_staff, staff_role
from domain.entities.paper import LINK_LASTS, OpenedPaper, Paper, PaperLink
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.filing import present_paper, read_paper
from domain.ids import hash_of
from domain.ports.work import Work
from domain.rights import StaffRole, may
from domain.surroundings import Surroundings

RIGHT = "paper.open"
TOKEN_BYTES = 32


class PaperLinkVoid(DomainError):
    """The link is unknown, late or used, or whoever asked for it may not look any more."""

    code = "paper_link_void"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaperLink:
    """A link that was just made; its address is shown once.

    Attributes:
        paper: What it leads to.
        url: Whoever has it can look; kept nowhere.
        expires_at: From then on it is void.
    """

    paper: Paper
    url: str = field(repr=False)
    expires_at: datetime


class LinkPaper:
    """Make a link to a paper for a member of the staff (A14).

    - It is asked for in the admin chat, by who may open papers.
    - Its token is random and kept as a hash only; it is void after ten minutes and after one look.
    """

    def __init__(self, around: Surroundings, public_url: str) -> None:
        """Work in these surroundings; ``public_url`` is where the pages are."""
        self._around = around
        self._public_url = public_url

    async def __call__(self, caller: Caller, paper_id: int) -> NewPaperLink:
        """Return the link.

        Raises:
            NotAllowed: the caller may not open papers here.
            NotFound: there is no such paper, or it counts no more.
        """
        token, now = secrets.token_urlsafe(TOKEN_BYTES), self._around.clock()
        async with self._around.open_work(books=False) as work:
            role = await require_staff(work, caller, RIGHT, self._around.owners)
            paper = await present_paper(work, paper_id)
            link = PaperLink(
                id=self._around.new_id(),
                paper_id=paper.id,
                person_id=caller.person.id,
                token_hash=hash_of(token),
                made_at=now,
                expires_at=now + LINK_LASTS,
            )
            await work.papers.add_link(link)
            await _write_down(work, "paper_link_made", now, link, role, paper)
            await work.commit()
        url = f"{self._public_url}/papers/{token}"
        return NewPaperLink(paper=paper, url=url, expires_at=link.expires_at)


class FollowPaperLink:
    """Show a paper to who has the link.

    - The look is in the audit trail before the first byte leaves, as one in the bot is.
    - The right is read again in that transaction: who lost it sees nothing.
    - A page that machines open in advance spends nothing: looking takes a press.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def show(self, token: str) -> Paper:
        """Return what could be opened.

        Raises:
            PaperLinkVoid: nothing can.
            NotFound: the paper counts no more.
        """
        async with self._around.open_work.read() as work:
            _, _, paper = await self._standing(work, token)
        return paper

    async def __call__(self, token: str) -> OpenedPaper:
        """Return the paper, once.

        Raises:
            PaperLinkVoid: it was looked at, it is late, or who asked may not look any more.
            NotFound: the paper counts no more.
            PapersErased: its key is gone.
            PapersUnavailable: its file is lost or damaged; the link is not spent.
        """
        paper = await self.show(token)
        data = await read_paper(self._around, paper)
        async with self._around.open_work(books=False) as work:
            link, role, paper = await self._standing(work, token)
            now = self._around.clock()
            if not await work.papers.use_link(link.id, at=now):
                raise PaperLinkVoid
            await _write_down(work, "paper_opened", now, link, role, paper)
            await work.commit()
        return OpenedPaper(paper, data)

    async def _standing(self, work: Work, token: str) -> tuple[PaperLink, StaffRole, Paper]:
        link = await work.papers.link(hash_of(token))
        if link is None or link.used_at is not None or self._around.clock() >= link.expires_at:
            raise PaperLinkVoid
        role = await staff_role(work, link.person_id, self._around.owners)
        if role is None or not may(role, RIGHT):
            raise PaperLinkVoid
        return link, role, await present_paper(work, link.paper_id)


async def _write_down(
    work: Work, action: str, at: datetime, link: PaperLink, role: StaffRole, paper: Paper
) -> None:
    await work.audit.add(
        at=at,
        actor=link.person_id,
        role=role.value,
        action=action,
        subject=f"paper:{paper.id}",
        details={
            "kind": paper.kind,
            "page": paper.page,
            "dossier": paper.dossier_id,
            "by_link": True,
        },
    )
