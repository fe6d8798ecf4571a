"""The home of running checks that are one SQL statement each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from sqlalchemy import TextClause, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.finding import FINDINGS_OF_A_CHECK_MAX, Finding, Findings
from storage.types import Keys

K = TypeVar("K")
KEYS_AT_ONCE = 5_000
_MARK = re.compile(r"/\*(where|and) ([\w.]+)\*/")


@dataclass(frozen=True, slots=True)
class Check:
    """A rule whose breaches a query lists as ``subject``, ``expected`` and ``found``.

    The text is the same for both databases: no FULL JOIN, nothing that only one of them casts.
    Where it says ``/*and c.id*/`` or ``/*where c.id*/``, it can be asked of some rows only;
    otherwise these are comments.

    Attributes:
        name: Name of the rule.
        sql: The query.
        words: What stands for ``:words`` in it.
        of: Of which rows it can be asked alone, empty where it can only be asked of all.
    """

    name: str
    sql: str
    words: tuple[str, ...] = ()
    of: str = ""


async def run_checks(connection: AsyncConnection, checks: Sequence[Check]) -> list[Finding]:
    """Return what the queries list, no more of each than ``FINDINGS_OF_A_CHECK_MAX``."""
    findings: list[Finding] = []
    for check in checks:
        findings += await _found(connection, check, text(_limited(check.sql)), {})
    return findings


async def run_check_on(connection: AsyncConnection, check: Check, keys: Iterable[int]) -> Findings:
    """Return what a query lists of the rows with these keys."""
    findings = Findings()
    statement = some_rows(_limited(check.sql), connection.dialect.name)
    for chunk in chunks(sorted(keys)):
        findings.add(await _found(connection, check, statement, {"keys": chunk}))
    return findings


def some_rows(sql: str, dialect: str) -> TextClause:
    """Return a query of the rows whose ``keys`` are given, instead of all rows.

    All keys are one parameter, and each mark an index's way to its rows.
    """
    is_postgresql = dialect == "postgresql"
    among = "= ANY(:keys)" if is_postgresql else "IN (SELECT value FROM json_each(:keys))"
    return text(_marked(sql, among)).bindparams(bindparam("keys", type_=Keys(is_text=False)))


def rows_between(sql: str) -> TextClause:
    """Return a query of the rows from a ``first`` key to a ``last``, instead of all rows."""
    return text(_marked(sql, "BETWEEN :first AND :last"))


def _marked(sql: str, condition: str) -> str:
    return _MARK.sub(lambda mark: f"{mark[1].upper()} {mark[2]} {condition}", sql)


def chunks(keys: Iterable[K]) -> Iterable[list[K]]:
    """Yield the keys in lists of ``KEYS_AT_ONCE``."""
    left = iter(keys)
    while chunk := list(islice(left, KEYS_AT_ONCE)):
        yield chunk


def _limited(sql: str) -> str:
    return f"{sql} LIMIT {FINDINGS_OF_A_CHECK_MAX}"


async def _found(
    connection: AsyncConnection, check: Check, statement: TextClause, parameters: dict[str, object]
) -> list[Finding]:
    if check.words:
        statement = statement.bindparams(bindparam("words", check.words, expanding=True))
    return [
        Finding(check.name, row.subject, str(row.expected), str(row.found))
        for row in await connection.execute(statement, parameters)
    ]
