"""`python -m bot books` tells in words what was proved, and what was not."""

from pathlib import Path

from sqlalchemy import text

from bot.cli import _parser
from bot.commands.maintenance import run_books
from tests.data.office import Office, clients, payment, write_csv


async def books(office: Office, *options: str) -> tuple[int, list[str]]:
    """Run the command; return the exit code and what was said."""
    said: list[str] = []
    is_short = _parser().parse_args(["books", *options]).since_checkpoint
    return await run_books(office.config, is_short=is_short, say=said.append), said


async def imported(office: Office, folder: Path, first: int, last: int) -> None:
    rows = [payment(number) for number in range(first, last + 1)]
    await office.imports(write_csv(folder / f"p{first}.csv", rows), "payments")


async def test_the_short_audit_tells_since_when_and_what_it_left_out(
    office: Office, tmp_path: Path
) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    await imported(office, tmp_path, 1, 3)
    code, said = await books(office, "--since-checkpoint")
    assert (code, said[1:]) == (
        0,
        [
            "a full audit, because no full proof was kept yet",
            "looked at everything: 6 postings",
            "0 differences",
        ],
    )
    assert said[0].startswith("trial balance ")
    await imported(office, tmp_path, 4, 8)
    code, said = await books(office, "--since-checkpoint")
    assert code == 0
    assert said[1].startswith("looked at what came since the full audit 1 of 20")
    assert " 10 postings, " in said[1]
    assert said[2].startswith("not looked at: rows from before")
    assert said[3:] == ["0 differences"]
    code, said = await books(office)
    assert (code, said[1:]) == (0, ["looked at everything: 16 postings", "0 differences"])


async def test_the_short_audit_ends_with_1_on_a_difference(office: Office, tmp_path: Path) -> None:
    await office.imports(write_csv(tmp_path / "c.csv", clients(office.code, 1)), "clients")
    await books(office)
    await imported(office, tmp_path, 1, 2)
    async with office.app.engines.writes.begin() as connection:
        await connection.execute(text("UPDATE commissions SET paid = 1"))
    code, said = await books(office, "--since-checkpoint")
    assert code == 1
    assert said[-1].endswith(" differences")
    assert any(line.startswith("commission_spent commission ") for line in said)
