"""Every action that the domain writes down has a sentence in the audit trail."""

import ast
import importlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from handlers.ui.audit_words import WORDED_ACTIONS

ROOT = Path(__file__).resolve().parents[2]


def _values(node: ast.expr, module: str) -> Iterator[str]:
    """Return the actions that an expression can be."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _values(node.body, module)
        yield from _values(node.orelse, module)
    elif isinstance(node, ast.Tuple):
        yield from _values(node.elts[0], module)
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        for move in _moves(module):
            yield f"{node.values[0].value}{move}"


def _moves(module: str) -> Iterator[str]:
    """Return the values of the enumerations of moves that a module has."""
    for name, kind in vars(importlib.import_module(module)).items():
        if name.endswith("Move") and isinstance(kind, type) and issubclass(kind, StrEnum):
            yield from (move.value for move in kind)


def _written_down() -> dict[str, str]:
    found = {}
    for path in sorted((ROOT / "domain").rglob("*.py")):
        module = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
        tree = ast.parse(path.read_text())
        if "audit" not in path.read_text():
            continue
        for node in ast.walk(tree):
            nodes = []
            if isinstance(node, ast.keyword) and node.arg == "action":
                nodes = [node.value]
            if isinstance(node, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "action" for target in node.targets
            ):
                nodes = [node.value]
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in {
                "_audit",
                "audit",
            }:
                nodes = [arg for arg in node.args if isinstance(arg, ast.Constant)]
            found |= {action: module for each in nodes for action in _values(each, module)}
    return found


def test_every_action_has_a_sentence() -> None:
    written = _written_down()
    assert {"payout_approve", "denied", "staff_invited", "entry_undone"} <= written.keys()
    assert {a: m for a, m in written.items() if a not in WORDED_ACTIONS} == {}
