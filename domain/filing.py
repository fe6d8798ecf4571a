"""The home of filing papers: what every use case that takes or gives them goes through.

The bytes are checked and written before the transaction, and named in it: a file that no row
names is removed in time, and a row always has its file.
"""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.entities.paper import (
    DOSSIER_BYTES_MAX,
    NAME_LENGTH_MAX,
    PAGES_MAX,
    PAPER_BYTES_MAX,
    Dossier,
    Paper,
    PaperTrouble,
)
from domain.entities.partner import Partner
from domain.errors import DomainError, NotFound
from domain.ports.papers import PaperFiles, PapersUnavailable
from domain.ports.work import Work
from domain.rules.papers import judge
from domain.surroundings import Surroundings


class PaperUnfit(DomainError):
    """A file cannot be a paper; ``trouble`` says why."""

    code = "paper_unfit"


class NotAPaper(DomainError):
    """The message holds no photo and no document; ``kind`` says what it is."""

    code = "not_a_paper"


class PaperNotReceived(DomainError):
    """The file did not arrive whole: it has to be sent again, and nothing was lost."""

    code = "paper_not_received"


class DossierFull(DomainError):
    """The papers of a dossier are too large together."""

    code = "dossier_full"


class TooManyPages(DomainError):
    """There are as many files of this kind as there may be."""

    code = "too_many_pages"


class PapersErased(DomainError):
    """The papers were erased, and none can be added or read any more."""

    code = "papers_erased"


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingPaper:
    """A file that somebody sends.

    Attributes:
        kind: What it is to be, such as ``passport``; the program's word.
        name: The name that the sender's device gave it; may be empty.
        data: The whole content.
        sent_by: Telegram user id.
    """

    kind: str
    name: str
    data: bytes = field(repr=False)
    sent_by: int


def check_size(size_bytes: int | None) -> None:
    """Test the size that is told before a file is taken; an untold one is judged later.

    Raises:
        PaperUnfit: it is too large.
    """
    if size_bytes is not None and size_bytes > PAPER_BYTES_MAX:
        raise PaperUnfit(trouble=PaperTrouble.TOO_BIG, size=size_bytes, most=PAPER_BYTES_MAX)


async def open_dossier(work: Work, around: Surroundings, owner_id: int) -> Dossier:
    """Make a dossier for a person's papers."""
    now = around.clock()
    dossier = Dossier(id=around.new_id(), owner_id=owner_id, created_at=now, touched_at=now)
    await work.papers.open(dossier)
    return dossier


async def partner_dossier(
    work: Work, around: Surroundings, partner: Partner, owner_id: int
) -> int:
    """Return where a partner's papers are; the first one makes a dossier."""
    if partner.dossier_id is not None:
        return partner.dossier_id
    dossier = await open_dossier(work, around, owner_id)
    await work.partners.set_dossier(partner.id, dossier.id)
    return dossier.id


async def store_paper(around: Surroundings, dossier_id: int, incoming: IncomingPaper) -> Paper:
    """Check a file and write it, encrypted and durable; ``keep_paper`` must name it after this.

    Raises:
        PaperUnfit: it cannot be a paper.
        PapersErased: the dossier has no key any more.
        PapersUnavailable: it could not be written; nothing has changed.
    """
    check_size(len(incoming.data))
    async with around.open_work.read() as work:
        key = await work.papers.data_key(dossier_id)
    if key is None:
        raise PapersErased(dossier=dossier_id)
    judged = await around.aside(judge, incoming.data)
    if isinstance(judged, PaperTrouble):
        raise PaperUnfit(trouble=judged, most=PAPER_BYTES_MAX)
    paper = Paper(
        id=around.new_id(),
        dossier_id=dossier_id,
        kind=incoming.kind,
        page=0,
        name=_bare(incoming.name),
        media_type=judged,
        size_bytes=len(incoming.data),
        sha256=hashlib.sha256(incoming.data).hexdigest(),
        stored_by=incoming.sent_by,
        stored_at=around.clock(),
    )
    await _files(around).write(paper.id, incoming.data, key=key)
    return paper


def _bare(name: str) -> str:
    """Return a name on one line, not too long, its end in sight."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    if len(line) <= NAME_LENGTH_MAX:
        return line
    half = NAME_LENGTH_MAX // 2
    return f"{line[: half - 1]}…{line[-half:]}"


async def keep_paper(work: Work, paper: Paper) -> Paper:
    """Name a written file in its dossier, as the last page of its kind.

    The same content once more is the paper that is there already: a message that is handled
    twice, or sent twice, counts once.

    Raises:
        PapersErased: meanwhile the dossier was erased.
        TooManyPages: there are as many of its kind as there may be.
        DossierFull: all papers together would be too large.
    """
    dossier = await work.papers.dossier(paper.dossier_id, lock=True)
    if dossier is None or dossier.erased_at is not None:
        raise PapersErased(dossier=paper.dossier_id)
    present = await work.papers.present(paper.dossier_id)
    of_kind = [row for row in present if row.kind == paper.kind]
    for row in of_kind:
        if row.sha256 == paper.sha256:
            return row
    if len(of_kind) >= PAGES_MAX:
        raise TooManyPages(most=PAGES_MAX)
    taken = sum(row.size_bytes for row in present)
    if taken + paper.size_bytes > DOSSIER_BYTES_MAX:
        raise DossierFull(most=DOSSIER_BYTES_MAX, left=max(DOSSIER_BYTES_MAX - taken, 0))
    numbered = replace(paper, page=max((row.page for row in of_kind), default=0) + 1)
    await work.papers.add(numbered)
    return numbered


async def replace_kind(work: Work, dossier_id: int, kind: str, *, at: datetime) -> int:
    """Let others take the place of all files of a kind; return how many there were."""
    old = [row.id for row in await work.papers.present(dossier_id, kind)]
    await work.papers.end(old, at=at, replaced=True)
    return len(old)


async def read_paper(around: Surroundings, paper: Paper) -> bytes:
    """Return the content of a paper.

    Raises:
        PapersErased: its key is gone.
        PapersUnavailable: the file is lost or damaged.
    """
    async with around.open_work.read() as work:
        key = await work.papers.data_key(paper.dossier_id)
    if key is None:
        raise PapersErased(dossier=paper.dossier_id)
    data = await _files(around).read(paper.id, key=key)
    if hashlib.sha256(data).hexdigest() != paper.sha256:
        raise PapersUnavailable(paper=paper.id)
    return data


async def erase_dossier(work: Work, dossier_id: int, *, at: datetime, why: str) -> tuple[int, ...]:
    """Destroy the key of a dossier, audited; return ids of files for ``remove_files``.

    Args:
        work: The transaction of the effect.
        dossier_id: Whose key.
        at: When.
        why: ``retention``, or ``asked`` by its owner.
    """
    file_ids = await work.papers.erase(dossier_id, at=at)
    await work.audit.add(
        at=at,
        actor=None,
        role="system" if why == "retention" else "person",
        action="papers_erased",
        subject=f"dossier:{dossier_id}",
        details={"why": why, "count": len(file_ids)},
    )
    return tuple(file_ids)


async def erase_own_dossiers(work: Work, person_id: int, *, at: datetime) -> tuple[int, ...]:
    """Destroy the keys of a person's dossiers that belong to no partner, as ``erase_dossier``."""
    file_ids: tuple[int, ...] = ()
    for dossier in await work.papers.owned_by(person_id):
        if not await work.papers.has_partner(dossier.id):
            file_ids += await erase_dossier(work, dossier.id, at=at, why="asked")
    return file_ids


async def remove_files(around: Surroundings, file_ids: tuple[int, ...]) -> None:
    """Remove files whose key is destroyed; what stays here goes with the next round."""
    if around.paper_files is not None and file_ids:
        await around.paper_files.remove(file_ids)


async def own_dossiers(work: Work, person_id: int, partner: Partner | None) -> list[int]:
    """Return the dossiers that a person may know of: its own, and its partner's for an admin."""
    own = [dossier.id for dossier in await work.papers.owned_by(person_id)]
    if partner is not None and partner.dossier_id is not None and partner.dossier_id not in own:
        own.append(partner.dossier_id)
    return own


async def present_paper(work: Work, paper_id: int) -> Paper:
    """Return a paper that counts.

    Raises:
        NotFound: there is none, it was replaced or taken away, or its dossier is erased.
    """
    paper = await work.papers.get(paper_id)
    if paper is None or not paper.is_present:
        raise NotFound(paper=paper_id)
    return paper


def _files(around: Surroundings) -> PaperFiles:
    if around.paper_files is None:
        raise PapersUnavailable
    return around.paper_files
