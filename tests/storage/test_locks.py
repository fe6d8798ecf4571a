"""Advisory locks of PostgreSQL: each thing that is held has a number of its own."""

from storage.books import prove_everything
from storage.books.checkpoint import PROOF_LOCK
from storage.engine import open_engines
from storage.migrate import MIGRATION_LOCK
from storage.replicas import LEADER_LOCK, a_place
from storage.work import BOOKS_LOCK
from tests.storage.world import START


def test_no_two_locks_have_one_number() -> None:
    assert len({BOOKS_LOCK, MIGRATION_LOCK, LEADER_LOCK, PROOF_LOCK}) == 4


async def test_a_full_proof_is_kept_while_a_replica_leads(postgresql_url: str) -> None:
    engines = open_engines(postgresql_url)
    try:
        async with a_place(engines) as place:
            assert await place.lead()
            proof = await prove_everything(engines, at=START, first_id=0)
        assert proof.is_kept
    finally:
        await engines.close()
