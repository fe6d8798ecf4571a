"""The audit of the books by a second path: SQL text over the tables, and plain arithmetic.

Nothing here uses the domain's ledger or rules, so that a mistake there is not repeated here: what
R7-R20 and R17 say is written down a second time, from the tables back to the facts.
"""

from storage.books.complete import audit, differences_in, trial_balance
from storage.books.finding import Finding
from storage.books.proofs import Proof, prove_by_the_clock, prove_everything, prove_news

__all__ = [
    "Finding",
    "Proof",
    "audit",
    "differences_in",
    "prove_by_the_clock",
    "prove_everything",
    "prove_news",
    "trial_balance",
]
