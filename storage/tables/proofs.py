"""The home of full proofs of the books; triggers keep both tables append-only."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table, Text

from storage.tables.base import metadata
from storage.types import Instant, Params

book_proofs = Table(
    "book_proofs",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("began_at", Instant, nullable=False),
    # Names the checks as they were then: another version has others.
    Column("checks", Text, nullable=False),
    Column("differences", BigInteger, nullable=False),
    # The least id that a row written after the proof may have, with an hour to spare.
    Column("first_id", BigInteger, nullable=False),
    # Per currency: how many accounts had moved, by how many postings, and their sums.
    Column("standing", Params, nullable=False),
)

book_proof_accounts = Table(
    "book_proof_accounts",
    metadata,
    Column("account_id", ForeignKey("ledger_accounts.id"), primary_key=True),
    Column("proof_id", ForeignKey("book_proofs.id"), primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("balance", BigInteger, nullable=False),
)
"""Where an account stood, with the proof before which it had last moved."""
