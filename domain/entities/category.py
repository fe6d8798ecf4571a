"""The home of mapped categories."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryMapping:
    """What staff said about a category that no rate row of a program speaks of (R7).

    Attributes:
        program: Key of the program.
        category: As billing reports it, "" for a payment without category.
        counts_as: A category that the program has rates for.
    """

    program: str
    category: str
    counts_as: str
