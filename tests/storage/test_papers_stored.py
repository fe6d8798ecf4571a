"""Dossiers, papers and their files: sealed, whole, and gone with the key."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, update

from domain.entities.paper import Dossier, MediaType, Paper
from domain.entities.partner import EnrolmentStatus
from domain.ports.papers import PapersUnavailable
from storage.engine import Engines
from storage.paper_folder import PaperFolder
from storage.tables import enrolments, papers
from storage.work import SqlOpenWork
from tests.storage.records import DAY, NOW, add_partner

KEY = b"k" * 32
BYTES = b"%PDF-1.4 bytes of a passport" * 100


def paper(number: int, **but: object) -> Paper:
    values = {
        "id": number,
        "dossier_id": 1,
        "kind": "passport",
        "page": 1,
        "name": "Passport of Quasimodo.pdf",
        "media_type": MediaType.PDF,
        "size_bytes": len(BYTES),
        "sha256": "ab" * 32,
        "stored_by": 7,
        "stored_at": NOW,
    }
    return Paper(**values | but)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def opened(open_work: SqlOpenWork, *filed: Paper) -> None:
    async with open_work(books=False) as work:
        await work.papers.open(Dossier(id=1, owner_id=7, created_at=NOW, touched_at=NOW))
        for each in filed:
            await work.papers.add(each)
        await work.commit()


async def test_what_was_kept_comes_back_in_order_of_kind_and_page(open_work: SqlOpenWork) -> None:
    later = NOW + DAY
    await opened(open_work, paper(3, page=2, stored_at=later), paper(2), paper(4, kind="charter"))
    async with open_work.read() as work:
        assert [row.id for row in await work.papers.present(1)] == [4, 2, 3]
        assert [row.id for row in await work.papers.present(1, "passport")] == [2, 3]
        assert await work.papers.get(2) == paper(2)
        dossier = await work.papers.dossier(1)
        assert dossier
        assert dossier.owner_id == 7
        assert await work.papers.owned_by(7) == [dossier]
        assert await work.papers.owned_by(8) == []
        assert await work.papers.present(2) == []
        assert await work.papers.data_key(2) is None
        assert len(await work.papers.data_key(1) or b"") == 32


async def test_what_ended_counts_no_more_and_ends_once(open_work: SqlOpenWork) -> None:
    await opened(open_work, paper(2), paper(3, page=2))
    async with open_work(books=False) as work:
        await work.papers.end([2], at=NOW, replaced=True)
        await work.papers.end([2, 3], at=NOW + DAY, replaced=False)
        await work.commit()
    async with open_work.read() as work:
        assert await work.papers.present(1) == []
        assert await work.papers.get(2) == paper(2, replaced_at=NOW)
        assert await work.papers.get(3) == paper(3, page=2, deleted_at=NOW + DAY)
        assert await work.papers.standing([2, 3, 4]) == {2: False, 3: False}


async def test_erasing_destroys_key_and_names(open_work: SqlOpenWork, engines: Engines) -> None:
    await opened(open_work, paper(2), paper(3, page=2))
    async with open_work(books=False) as work:
        assert await work.papers.erase(1, at=NOW) == [2, 3]
        await work.commit()
    async with open_work.read() as work:
        assert await work.papers.data_key(1) is None
        assert (await work.papers.get(2), await work.papers.owned_by(7)) == (None, [])
        dossier = await work.papers.dossier(1)
        assert dossier
        assert (dossier.erased_at, dossier.owner_id) == (NOW, 0)
    async with engines.reads.connect() as connection:
        rows = (await connection.execute(select(papers))).all()
    assert {(row.name, row.sha256, row.stored_by) for row in rows} == {(b"", "", 0)}


async def test_a_partner_that_ended_closes_its_dossier_until_it_is_back(
    open_work: SqlOpenWork, new_id: Callable[[], int], engines: Engines
) -> None:
    await opened(open_work)
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await work.partners.set_dossier(1, 1)
        await work.commit()
    assert await _close(open_work) == 0
    await _set_status(engines, EnrolmentStatus.ENDED)
    assert await _close(open_work) == 1
    assert await _close(open_work) == 0
    assert await _overdue(open_work, NOW) == []
    assert await _overdue(open_work, NOW + DAY) == [1]
    await _set_status(engines, EnrolmentStatus.ACTIVE)
    assert await _close(open_work) == 0
    assert await _overdue(open_work, NOW + DAY) == []


async def test_a_dossier_of_nobody_is_overdue_when_it_was_not_touched(
    open_work: SqlOpenWork,
) -> None:
    await opened(open_work, paper(2, stored_at=NOW + DAY))
    assert await _overdue(open_work, NOW + DAY) == []
    assert await _overdue(open_work, NOW + 2 * DAY) == [1]


async def _close(open_work: SqlOpenWork) -> int:
    async with open_work(books=False) as work:
        count = await work.papers.close_ended(at=NOW)
        await work.commit()
    return count


async def _overdue(open_work: SqlOpenWork, before: datetime) -> list[int]:
    async with open_work.read() as work:
        return list(await work.papers.overdue(before=before, limit=10))


async def _set_status(engines: Engines, status: EnrolmentStatus) -> None:
    async with engines.writes.begin() as connection:
        await connection.execute(update(enrolments).values(status=status))


# The folder


async def test_a_file_is_whole_sealed_and_bound_to_its_paper(tmp_path: Path) -> None:
    folder = PaperFolder(tmp_path / "papers")
    await folder.write(5, BYTES, key=KEY)
    assert await folder.read(5, key=KEY) == BYTES
    (stored,) = (tmp_path / "papers").iterdir()
    assert b"passport" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    stored.rename(stored.with_name("6.paper"))
    for number, key in ((6, KEY), (5, KEY), (6, b"o" * 32)):
        with pytest.raises(PapersUnavailable):
            await folder.read(number, key=key)


@pytest.mark.parametrize("damage", [b"", b"\x01", b"\x01" + b"0" * 12, b"\x02" + b"0" * 60])
async def test_a_damaged_file_is_an_outage(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "5.paper").write_bytes(damage)
    with pytest.raises(PapersUnavailable):
        await PaperFolder(tmp_path).read(5, key=KEY)


async def test_a_folder_that_takes_nothing_is_an_outage_and_leaves_no_half_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(PapersUnavailable):
        await PaperFolder(tmp_path).write(5, BYTES, key=KEY)
    assert names(tmp_path) == []


async def test_old_files_are_found_and_half_files_go(tmp_path: Path) -> None:
    folder = PaperFolder(tmp_path)
    now = datetime.now(UTC)
    assert await PaperFolder(tmp_path / "none").written_before(now) == []
    await folder.write(5, BYTES, key=KEY)
    (tmp_path / "half.part").write_bytes(b"")
    (tmp_path / "README").write_bytes(b"")
    assert await folder.written_before(now - timedelta(hours=1)) == []
    assert await folder.written_before(now + timedelta(hours=1)) == [5]
    assert names(tmp_path) == ["5.paper", "README"]
    assert await folder.remove([5, 6]) == 1
