"""The scenarios see what they look for: figures, power cuts, what makes the command fail."""

import json
import random
import sqlite3
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.faults import __main__ as command
from tests.faults.ground import Ground
from tests.faults.row import Row, as_json, table
from tests.faults.scenarios.power import Disk, Step, _look, _step, _steps

ACKNOWLEDGED = ["evt-1", "evt-2"]


def test_less_is_lost_more_is_doubled_and_both_fail() -> None:
    row = Row("kill", sent=3, acknowledged=3)
    row.expect("payments", 3, 3)
    row.expect_all("events", ["a", "b"], ["a", "b"])
    assert row.is_well
    row.expect("payments", 2, 3)
    row.expect("refunds", None, 1)
    row.expect("pay-outs", 2, 1)
    row.expect_all("events", ["a", "a"], ["a", "b"])
    assert (len(row.lost), len(row.doubled)) == (3, 2)
    assert not row.is_well
    assert len(row.complaints) == 5
    for wrong in (
        Row("x", trial_balance=1),
        Row("x", books=1),
        Row("x", unanswered=["ann"]),
        Row("x", wrong="it stopped"),
    ):
        assert not wrong.is_well
    # A time decides nothing.
    assert Row("x", seconds=10_000).is_well


def test_the_table_is_for_people_and_the_file_for_machines() -> None:
    rows = [Row("kill -9", "sqlite", 7, 5, 3, 3), Row("EIO", lost=["a payment"], note="2 runs")]
    head, rule, first, second = table(rows).splitlines()
    assert len({len(line) for line in (head, rule, first, second)}) == 1
    assert "FAILED 2 runs" in second
    assert "FAILED" not in first
    read = json.loads(as_json(rows, seed=7))
    assert [row["is_well"] for row in read["rows"]] == [True, False]
    assert read["seed"] == 7


@pytest.mark.parametrize("spares", [True, False])
def test_without_strace_a_row_is_wrong_unless_that_was_allowed(
    spares: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ground = Ground(Mock(), tmp_path, tmp_path, Mock(), seed=1, spares_strace=spares)
    row = Row("EIO")
    assert ground.lacks_strace(row)
    assert row.is_well is spares
    assert "not run" in row.note + row.wrong


def test_a_row_that_struck_nothing_is_wrong() -> None:
    row = Row("EIO", sent=3, acknowledged=3)
    row.must_have_struck()
    assert row.complaints == ["nothing was struck"]


def test_every_scenario_has_a_name_of_its_own_and_is_chosen_by_words() -> None:
    names = [one.name for one in command.SCENARIOS]
    assert len(set(names)) == len(names)
    assert command.main(["--only", "no such scenario"]) == 1
    assert command.main(["--list"]) == 0


def test_a_power_cut_keeps_what_was_synced_and_any_part_of_the_rest() -> None:
    disk = Disk({"db": bytearray(b"....")})
    for step in (
        Step(1, "db", "write", 0, b"A"),
        Step(2, "db", "sync"),
        Step(3, "db", "write", 1, b"B"),
        Step(4, "wal", "write", 2, b"C"),
    ):
        disk.take(step)
    chance = random.Random(1)  # noqa: S311 - nothing secret
    left = [disk.cut(chance) for _ in range(40)]
    assert {bytes(files["db"]) for files in left} == {b"A...", b"AB.."}
    assert {bytes(files.get("wal", b"")) for files in left} == {b"", b"\0\0C"}
    disk.take(Step(5, "db", "cut", 1))
    disk.take(Step(6, "db", "sync"))
    disk.take(Step(7, "wal", "gone"))
    assert disk.cut(chance) == {"db": bytearray(b"A")}


def test_what_strace_wrote_is_read(tmp_path: Path) -> None:
    name = "".join(f"\\x{byte:02x}" for byte in str(tmp_path / "partner.db").encode())
    log = tmp_path / "log"
    log.write_text(
        f'7 10.5 pwrite64(3<{name}>, "\\x41\\x42", 2, 8) = 2\n'
        f"7 10.6 fdatasync(3<{name}> <unfinished ...>\n"
        '8 10.7 pwrite64(4</elsewhere>, "\\x41", 1, 0) = 1\n'
        "7 10.8 <... fdatasync resumed>) = 0\n"
        f'7 10.9 unlink("{name}") = 0\n'
    )
    assert [*_steps(log, tmp_path)] == [
        Step(10.5, "partner.db", "write", 8, b"AB"),
        Step(10.8, "partner.db", "sync"),
        Step(10.9, "partner.db", "gone"),
    ]
    assert _step(1.0, "read(3, 4)") is None


def test_an_acknowledged_event_that_is_gone_after_the_cut_is_found(tmp_path: Path) -> None:
    path = tmp_path / "partner.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE events (id TEXT)")
        connection.execute("CREATE TABLE postings (entry_id, currency, minor)")
        connection.execute("INSERT INTO events VALUES ('evt-1')")
        connection.execute("INSERT INTO postings VALUES (1, 'USD', 5), (1, 'USD', -4)")
    connection.close()
    row = Row("power cut")
    _look(tmp_path / "cut", {"partner.db": bytearray(path.read_bytes())}, ACKNOWLEDGED, row, "1")
    assert row.lost == ["1: 1 of 2 acknowledged events"]
    assert row.trial_balance == 2
    _look(tmp_path / "cut", {"partner.db": bytearray(b"no database" * 99)}, [], row, "2")
    assert len(row.lost) == 2
