"""The home of the book of terms: of every active program the version that holds now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from domain.programs.model import Program


class TermsBook(Mapping[str, Program]):
    """The active programs by key; a version takes over at its first instant by itself."""

    def __init__(
        self, versions: Mapping[str, tuple[Program, ...]], clock: Callable[[], datetime]
    ) -> None:
        """Keep every version of each program, by its day; none is without a first one."""
        self._clock = clock
        self._versions = {
            key: tuple(replace(terms, versions=known) for terms in known)
            for key, known in versions.items()
        }

    def __getitem__(self, key: str) -> Program:
        """Return the program with the terms that hold now."""
        known = self._versions[key]
        if len(known) == 1:
            return known[0]
        now = self._clock()
        held = [terms for terms in known if terms.holds_from is None or terms.holds_from <= now]
        return held[-1] if held else known[0]

    def __iter__(self) -> Iterator[str]:
        """Return the keys in the order of the config."""
        return iter(self._versions)

    def __len__(self) -> int:
        """Return how many programs are active."""
        return len(self._versions)
