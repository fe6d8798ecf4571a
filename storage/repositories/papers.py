"""The home of dossiers and papers: a key for each dossier, names sealed with it."""

import base64
import os
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import and_, delete, exists, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.entities.paper import Dossier, Paper, PaperLink
from domain.entities.partner import EnrolmentStatus
from storage.rows import AnyRow, among, in_order, insert_all, record_of, records_of, values_of
from storage.tables import dossiers, enrolments, paper_links, papers, partners
from storage.vault import Vault

KEY_BYTES = 32
NOBODY = 0
"""Stands for the person of what was erased."""
_DOSSIER = [column for column in dossiers.c if column.name != "wrapped_key"]
_PRESENT = (papers.c.replaced_at.is_(None), papers.c.deleted_at.is_(None))
_OF_PARTNER = exists().where(partners.c.dossier_id == dossiers.c.id)
_TAKES_PART = exists().where(
    partners.c.dossier_id == dossiers.c.id,
    enrolments.c.partner_id == partners.c.id,
    enrolments.c.status != EnrolmentStatus.ENDED,
)


class PaperRepository:
    """Dossiers and papers on one connection."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        self._connection = connection
        self._vault = vault

    async def open(self, dossier: Dossier) -> None:
        """Keep a new dossier, and make a random key for it."""
        key = base64.b64encode(os.urandom(KEY_BYTES)).decode()
        wrapped = self._vault.seal(key, context=_key_context(dossier.id))
        row = values_of(dossier) | {"wrapped_key": wrapped}
        await insert_all(self._connection, dossiers, [row])

    async def dossier(self, dossier_id: int, *, lock: bool = False) -> Dossier | None:
        """Return a dossier; with ``lock`` nobody else changes its papers meanwhile."""
        statement = select(*_DOSSIER).where(dossiers.c.id == dossier_id)
        if lock:
            statement = statement.with_for_update()
        row = (await self._connection.execute(statement)).first()
        return record_of(Dossier, row) if row else None

    async def owned_by(self, person_id: int) -> Sequence[Dossier]:
        """Return the dossiers that a person opened and that are not erased, oldest first."""
        rows = await self._connection.execute(
            select(*_DOSSIER)
            .where(dossiers.c.owner_id == person_id, dossiers.c.erased_at.is_(None))
            .order_by(dossiers.c.id)
        )
        return records_of(Dossier, rows)

    async def data_key(self, dossier_id: int) -> bytes | None:
        """Return the key that the dossier's bytes are encrypted with, ``None`` if it is gone."""
        wrapped = await self._connection.scalar(
            select(dossiers.c.wrapped_key).where(dossiers.c.id == dossier_id)
        )
        if wrapped is None:
            return None
        return base64.b64decode(self._vault.open(wrapped, context=_key_context(dossier_id)))

    async def add(self, paper: Paper) -> None:
        """Keep a new paper, whose bytes are written already."""
        names = await self._names(paper.dossier_id)
        sealed = {"name": names.seal(paper.name, context=_name_context(paper.id))}
        await insert_all(self._connection, papers, [values_of(paper) | sealed])
        await self._connection.execute(
            update(dossiers)
            .where(dossiers.c.id == paper.dossier_id)
            .values(touched_at=paper.stored_at)
        )

    async def get(self, paper_id: int) -> Paper | None:
        """Return a paper of a dossier that is not erased, present or not."""
        row = (
            await self._connection.execute(
                select(papers)
                .join(dossiers, dossiers.c.id == papers.c.dossier_id)
                .where(papers.c.id == paper_id, dossiers.c.erased_at.is_(None))
            )
        ).first()
        return _record(row, await self._names(row.dossier_id)) if row else None

    async def present(self, dossier_id: int, kind: str | None = None) -> Sequence[Paper]:
        """Return the papers that count, of one kind or all, by kind and page."""
        statement = select(papers).where(papers.c.dossier_id == dossier_id, *_PRESENT)
        if kind is not None:
            statement = statement.where(papers.c.kind == kind)
        rows = (
            await self._connection.execute(
                statement.order_by(papers.c.kind, papers.c.page, papers.c.id)
            )
        ).all()
        if not rows:
            return []
        return list(map(partial(_record, names=await self._names(dossier_id)), rows))

    async def end(self, paper_ids: Collection[int], *, at: datetime, replaced: bool) -> None:
        """Keep that papers were replaced, or else taken away; what ended before stays so."""
        column = "replaced_at" if replaced else "deleted_at"
        await self._connection.execute(
            update(papers).where(among(papers.c.id, paper_ids), *_PRESENT).values({column: at})
        )

    async def close(self, dossier_id: int, *, at: datetime | None) -> None:
        """Keep since when the owner is nobody here any more, ``None`` if it came back."""
        await self._connection.execute(
            update(dossiers).where(dossiers.c.id == dossier_id).values(closed_at=at)
        )

    async def close_ended(self, *, at: datetime) -> int:
        """Close the dossiers of partners that take part in nothing, reopen those that do again."""
        await self._connection.execute(
            update(dossiers)
            .where(in_order(dossiers, dossiers.c.closed_at.is_not(None), _OF_PARTNER, _TAKES_PART))
            .values(closed_at=None)
        )
        result = await self._connection.execute(
            update(dossiers)
            .where(in_order(dossiers, dossiers.c.closed_at.is_(None), _OF_PARTNER, ~_TAKES_PART))
            .values(closed_at=at)
        )
        return int(result.rowcount)

    async def overdue(self, *, before: datetime, limit: int) -> Sequence[int]:
        """Return dossiers closed before then, or of no partner and untouched since before then."""
        rows = await self._connection.scalars(
            select(dossiers.c.id)
            .where(
                dossiers.c.erased_at.is_(None),
                or_(
                    dossiers.c.closed_at < before, ~_OF_PARTNER & (dossiers.c.touched_at < before)
                ),
            )
            .order_by(dossiers.c.id)
            .limit(limit)
        )
        return rows.all()

    async def has_partner(self, dossier_id: int) -> bool:
        """Test if the dossier belongs to a partner."""
        found = select(partners.c.id).where(partners.c.dossier_id == dossier_id).limit(1)
        return (await self._connection.scalar(found)) is not None

    async def erase(self, dossier_id: int, *, at: datetime) -> Sequence[int]:
        """Destroy the key, and what tells of the papers; return ids of the files to remove."""
        await self._connection.execute(
            update(dossiers)
            .where(dossiers.c.id == dossier_id)
            .values(wrapped_key=None, erased_at=at, owner_id=NOBODY)
        )
        of_it = papers.c.dossier_id == dossier_id
        await self._connection.execute(
            update(papers).where(of_it, *_PRESENT).values(deleted_at=at)
        )
        await self._connection.execute(
            update(papers).where(of_it).values(name=b"", sha256="", stored_by=NOBODY)
        )
        return (await self._connection.scalars(select(papers.c.id).where(of_it))).all()

    async def standing(self, paper_ids: Iterable[int]) -> Mapping[int, bool]:
        """Return of those of these that are known whether they count."""
        rows = await self._connection.execute(
            select(papers.c.id, and_(*_PRESENT).label("is_present")).where(
                among(papers.c.id, paper_ids)
            )
        )
        return {row.id: bool(row.is_present) for row in rows}

    async def add_link(self, link: PaperLink) -> None:
        """Keep a link to a paper."""
        await insert_all(self._connection, paper_links, [values_of(link)])

    async def link(self, token_hash: str) -> PaperLink | None:
        """Return a link by the hash of its token."""
        statement = select(paper_links).where(paper_links.c.token_hash == token_hash)
        row = (await self._connection.execute(statement)).first()
        return record_of(PaperLink, row) if row else None

    async def use_link(self, link_id: int, *, at: datetime) -> bool:
        """Keep that the paper was shown; ``False`` where somebody was faster."""
        result = await self._connection.execute(
            update(paper_links)
            .where(paper_links.c.id == link_id, paper_links.c.used_at.is_(None))
            .values(used_at=at)
        )
        return bool(result.rowcount)

    async def drop_links(self, *, before: datetime) -> None:
        """Delete links that could last be opened before then."""
        await self._connection.execute(
            delete(paper_links).where(in_order(paper_links, paper_links.c.expires_at < before))
        )

    async def _names(self, dossier_id: int) -> Vault:
        """Return what seals the names of a dossier: they end with its key."""
        key = await self.data_key(dossier_id)
        if key is None:
            raise LookupError(f"dossier {dossier_id} has no key")
        return Vault(key)


def _record(row: AnyRow, names: Vault) -> Paper:
    values = {column.name: getattr(row, column.name) for column in papers.c}
    return Paper(**values | {"name": names.open(row.name, context=_name_context(row.id))})


def _key_context(dossier_id: int) -> str:
    return f"dossier:{dossier_id}:key"


def _name_context(paper_id: int) -> str:
    return f"paper:{paper_id}:name"
