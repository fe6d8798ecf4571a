"""The active programs: found by name or path, and all mistakes of all files told together."""

from pathlib import Path

import pytest

from bot.programs import load_programs, preset_names
from domain.programs.problems import Problem, ProgramFileInvalid
from tests.domain.program_files import LEAST, WHOLE


def problems_of(active: list[str], base: Path) -> tuple[Problem, ...]:
    with pytest.raises(ProgramFileInvalid) as caught:
        load_programs(active, base=base)
    return caught.value.problems


def test_presets_and_files_run_side_by_side_in_the_order_given(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "acme.toml").write_text(WHOLE, encoding="utf-8")

    programs = load_programs(["mine/acme.toml", "saas-tiers"], base=tmp_path)

    assert list(programs) == ["acme", "saas-tiers"]
    assert programs["acme"].version == 3


def test_an_absolute_path_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_bytes(b"\xef\xbb\xbf" + WHOLE.encode())

    assert list(load_programs([str(tmp_path / "acme.toml")], base=Path("/nowhere"))) == ["acme"]


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_is_valid_and_has_the_key_of_its_file(name: str) -> None:
    assert list(load_programs([name], base=Path())) == [name]


def test_an_unknown_preset_is_told_with_the_known_ones(tmp_path: Path) -> None:
    (problem,) = problems_of(["saas-teirs"], tmp_path)

    assert (problem.source, problem.key) == ("config.toml", "programs.active[1]")
    assert problem.message.startswith("no preset is called 'saas-teirs'; did you mean saas-tiers?")
    for name in preset_names():
        assert name in problem.message


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "none.toml",
            "cannot read 'none.toml', sought from the folder of the config: No such file",
        ),
        ("../none", "cannot read '../none'"),
        ("folder.toml", "Is a directory"),
        ("nul\0.toml", "not a path"),
        ("large.toml", "is too large for a program file"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "large.toml").write_bytes(b"#" * 1_000_001)

    (problem,) = problems_of([name], tmp_path)

    assert problem.key == "programs.active[1]"
    assert message in problem.message


def test_a_file_in_another_encoding_is_told_with_the_line(tmp_path: Path) -> None:
    (tmp_path / "old.toml").write_bytes("# one\n# два\n".encode("cp1251"))

    (problem,) = problems_of(["old.toml"], tmp_path)

    assert (problem.source, problem.line) == ("old.toml", 2)
    assert "UTF-8" in problem.message


def test_two_programs_with_one_key_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(LEAST, encoding="utf-8")
    (tmp_path / "b.toml").write_text("\n" + LEAST, encoding="utf-8")

    (problem,) = problems_of(["a.toml", "b.toml"], tmp_path)

    assert (problem.source, problem.key, problem.line) == ("b.toml", "program.key", 3)
    assert "'least' is also the key of a.toml" in problem.message


def test_the_mistakes_of_all_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(WHOLE.replace('"USD"', '"XXY"'), encoding="utf-8")
    (tmp_path / "b.toml").write_text(LEAST.replace('"50"', '"0"'), encoding="utf-8")

    found = problems_of(["a.toml", "missing.toml", "b.toml"], tmp_path)

    assert [(problem.source, problem.key) for problem in found] == [
        ("a.toml", "program.currency"),
        ("config.toml", "programs.active[2]"),
        ("b.toml", "payout.minimum"),
    ]
