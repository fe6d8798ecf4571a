"""The home of running checks that are one SQL statement each."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.books.finding import FINDINGS_OF_A_CHECK_MAX, Finding


@dataclass(frozen=True, slots=True)
class Check:
    """A rule whose breaches a query lists as ``subject``, ``expected`` and ``found``.

    The text is the same for both databases: no FULL JOIN, nothing that only one of them casts.

    Attributes:
        name: Name of the rule.
        sql: The query.
        words: What stands for ``:words`` in it.
    """

    name: str
    sql: str
    words: tuple[str, ...] = ()


async def run_checks(connection: AsyncConnection, checks: Sequence[Check]) -> list[Finding]:
    """Return what the queries list, no more of each than ``FINDINGS_OF_A_CHECK_MAX``."""
    findings: list[Finding] = []
    for check in checks:
        statement = text(f"{check.sql} LIMIT {FINDINGS_OF_A_CHECK_MAX}")
        if check.words:
            statement = statement.bindparams(bindparam("words", check.words, expanding=True))
        findings += [
            Finding(check.name, row.subject, str(row.expected), str(row.found))
            for row in await connection.execute(statement)
        ]
    return findings
