"""The home of problems: what is wrong in a file that an operator wrote, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.errors import DomainError

Path = tuple[str | int, ...]
"""Names and list positions (from 0) that lead to a value."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake, told so that it can be found and mended.

    Attributes:
        source: The file, or ``environment``.
        line: Line in the file from 1, or ``None`` where nothing is written at all.
        key: Path of the key, such as ``commission.rates[2].rate``; positions count from 1.
        message: What is wrong and what is allowed.
    """

    source: str
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        """Return ``file:line: key: message``."""
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return ": ".join(part for part in (place, self.key, self.message) if part)


class FileInvalid(DomainError):
    """A file cannot be used; every mistake in it is named at once."""

    code = "file_invalid"

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems, in the order in which a reader meets them."""
        self.problems = tuple(problems)
        super().__init__(problems=self.problems)

    def __str__(self) -> str:
        """Return one line for each problem."""
        return "\n".join(map(str, self.problems))


class ProgramFileInvalid(FileInvalid):
    """A program file, or the list of active programs, cannot be used."""

    code = "program_file_invalid"


def spell(path: Path) -> str:
    """Return the path as people write it: ``commission.rates[2].rate``, positions from 1."""
    text = ""
    for part in path:
        text += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if text else part
    return text


@dataclass(slots=True)
class Report:
    """Collects problems of one file and knows where each value was written.

    Attributes:
        source: Name of the file.
        lines: Line of each path.
        variables: The environment variable of each path that was overridden.
        problems: What was found so far.
    """

    source: str
    lines: Mapping[Path, int]
    variables: Mapping[Path, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Keep a problem with the value at the path."""
        self.problems.append(self.at(path, message))

    def at(self, path: Path, message: str) -> Problem:
        """Return a problem that names the place of the path, without keeping it."""
        for length in range(len(path), 0, -1):
            head = path[:length]
            if head in self.variables:
                return Problem("environment", None, self.name_of(path), message)
            if head in self.lines:
                return Problem(self.source, self.lines[head], spell(path), message)
        return Problem(self.source, None, spell(path), message)

    def has(self, path: Path) -> bool:
        """Return whether a problem with this key, or one of its items, was found."""
        name = self.name_of(path)
        return any(problem.key.partition("[")[0] == name for problem in self.problems)

    def name_of(self, path: Path) -> str:
        """Return how the key is called where its value comes from."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.variables:
                return self.variables[path[:length]] + spell(path[length:])
        return spell(path)

    def in_order(self) -> tuple[Problem, ...]:
        """Return the problems, those with a line first, in the order of the file."""
        return tuple(sorted(self.problems, key=lambda p: (p.source, p.line or 10**9)))
