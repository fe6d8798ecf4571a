"""The house is kept: sizes, doors of handlers, one glossary, nothing of this machine."""

import ast
import inspect
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from aiogram import Router

from bot.use_cases import UseCases
from domain.errors import DomainError
from handlers.client.router import build_router as client_router
from handlers.fallback.router import build_router as fallback_router
from handlers.middlewares.access import Allowed, allow, check_declarations
from handlers.partner.router import build_router as partner_router
from handlers.person.router import build_router as person_router
from handlers.staff.router import build_invitation_router
from handlers.staff.router import build_router as staff_router
from handlers.ui.refusals import WORDED_CODES

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("bot", "domain", "handlers", "storage")
LINES_MAX = 300
FUNCTION_LINES_MAX = 60
REASONS = {
    "tests/journeys/test_languages_walk.py": (
        "one walk in one order: split, a step would not show what stands before it"
    ),
    "tests/usecases/app.py": (
        "one class, whose verbs are the words of all these tests: split into bases, a verb would"
        " be looked for in several files, and two of one name would hide each other"
    ),
    "tests/usecases/test_money_model.py": (
        "one state machine: split into bases, a rule would stand apart from what bounds it, and"
        " nobody would see which steps a life is made of"
    ),
    "tests/usecases/test_rights.py": (
        "one matrix: split, nobody would see on one page what a role may, and two files could say"
        " of one use case that it stands in the other"
    ),
}
"""What would become worse if a long file of tests were split."""
FROM_AIOGRAM = {"message", "query", "event", "command", "callback_data", "state", "bot"}
FROM_MIDDLEWARE = {"caller", "language", "languages", "programs", "links", "clock"}
FROM_WIRING = {"charts", "beside", "exporting", "front_program", "today", "topics"} | {
    "document_files",
    "vendor_name",
}


def _sources() -> list[Path]:
    return [
        path
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        if "migrations/versions" not in path.as_posix()
    ]


def _too_long(paths: Iterable[Path]) -> set[str]:
    return {
        path.relative_to(ROOT).as_posix()
        for path in paths
        if len(path.read_text(encoding="utf-8").splitlines()) > LINES_MAX
    }


def test_no_file_is_too_long() -> None:
    """Of migrations nothing is asked: history is not edited."""
    assert _too_long(_sources()) == set()


def test_a_long_file_of_tests_has_a_reason() -> None:
    """A file that is short again has no reason any more: the table shrinks with it."""
    assert _too_long((ROOT / "tests").rglob("*.py")) == REASONS.keys()


def test_no_function_is_too_long() -> None:
    long = []
    for path in _sources():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > FUNCTION_LINES_MAX:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name} {length}")
    assert long == []


def _handlers() -> Iterator[tuple[str, Any]]:
    routers = (
        client_router(),
        build_invitation_router(),
        partner_router(),
        person_router(),
        staff_router(),
        fallback_router(),
    )
    for router in routers:
        for each in router.chain_tail:
            for name in ("message", "callback_query", "inline_query", "my_chat_member"):
                for handler in each.observers[name].handlers:
                    yield handler.callback.__qualname__, handler.callback


def test_every_parameter_of_a_handler_is_handed_over_under_its_name_and_type() -> None:
    use_cases = {field.name: field.type for field in fields(UseCases)}
    wrong = []
    for name, callback in _handlers():
        hints = get_type_hints(callback)
        for parameter in inspect.signature(callback).parameters:
            known = FROM_AIOGRAM | FROM_MIDDLEWARE | FROM_WIRING
            if parameter in use_cases and hints[parameter] is not use_cases[parameter]:
                wrong.append(f"{name}: {parameter} has another type")
            if parameter not in use_cases and parameter not in known:
                wrong.append(f"{name}: nobody hands {parameter} over")
    assert wrong == []


def test_a_handler_without_a_declaration_of_access_is_found() -> None:
    router = Router(name="careless")

    async def careless() -> None: ...

    router.message.register(careless)
    with pytest.raises(RuntimeError, match="careless"):
        check_declarations(router)
    declared = Router(name="careful")
    declared.message.register(careless, flags=allow(Allowed.ANYONE))
    check_declarations(declared)


def _refusals() -> set[str]:
    for path in (ROOT / "domain").rglob("*.py"):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        __import__(module.removesuffix(".__init__"))

    def leaves(kind: type[DomainError]) -> Iterator[type[DomainError]]:
        for child in kind.__subclasses__():
            yield child
            yield from leaves(child)

    return {kind.code for kind in leaves(DomainError) if kind.__module__.startswith("domain.")}


def test_every_refusal_of_the_domain_has_words() -> None:
    files_of_operators = {"malformed", "file_invalid", "program_file_invalid"}
    assert _refusals() - files_of_operators == set(WORDED_CODES)


def test_no_test_is_left_out() -> None:
    """Only what needs a browser runs by another command."""
    words = ("pytest.skip", "mark.skip", "xfail", "importorskip", "collect_ignore", "deselect")
    own = Path(__file__)
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("*.py")
        if path != own and any(word in path.read_text(encoding="utf-8") for word in words)
    }
    assert found == set()


def test_the_repository_names_no_machine_and_no_registry() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    )
    host = "pypi" + r"\.org|pythonhosted|registry\.npmjs"
    forbidden = re.compile(rf"{host}|(?<![\w.])/(?:work|root|farm)/")
    found = []
    for name in listed.stdout.decode().splitlines():
        path = ROOT / name
        if path.suffix in {".png", ".jpg"} or not path.is_file():
            continue
        for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
            if forbidden.search(line) and path != Path(__file__):
                found.append(f"{name}:{number}")
    assert found == []


def test_the_catalogues_are_complete_and_exact() -> None:
    from bot.catalogues import problems

    assert list(problems()) == []


def test_the_glossary_has_a_page_in_each_language() -> None:
    words = (ROOT / "docs" / "glossary.md").read_text()
    for word in ("Enrolment", "Clawback", "Pay-out", "Posting", "Notice", "Lane"):
        assert word.lower() in words.lower()
    for language in ("ru", "uk", "bg"):
        assert (ROOT / "docs" / f"glossary.{language}.md").stat().st_size > 1_000
