"""The menu offers what the program one works in has, and nothing that would only refuse."""

from datetime import UTC
from pathlib import Path

import pytest

from bot.programs import load_programs
from domain.entities.people import Caller, Membership, Person
from domain.rights import MemberRole
from handlers.ui.commands import commands_of
from handlers.ui.language import Language
from handlers.ui.sections import entries_for

PROGRAMS = load_programs(["saas-tiers", "widget-reseller", "cloud-project"], base=Path())
ENGLISH = Language("en", UTC)


def _member(program: str | None, *, client_id: int | None = None) -> Caller:
    membership = Membership(partner_id=1, role=MemberRole.ADMIN, program=program, enrolments=3)
    return Caller(
        person=Person(id=1, language="en", name="Ann", username=None, zone=None),
        membership=membership,
        client_id=client_id,
    )


def _offered(program: str | None, *, client_id: int | None = None) -> set[str]:
    caller = _member(program, client_id=client_id)
    return {entry.screen for entry in entries_for(caller, PROGRAMS)}


@pytest.mark.parametrize(
    ("program", "screen", "is_offered"),
    [
        ("saas-tiers", "convert", True),
        ("widget-reseller", "convert", False),
        ("saas-tiers", "clients", False),
        ("widget-reseller", "clients", True),
        ("saas-tiers", "invoices", False),
        ("saas-tiers", "rules", True),
        ("saas-tiers", "programs", True),
        (None, "convert", True),
        ("ended-long-ago", "clients", True),
    ],
)
def test_the_menu_follows_the_program(program: str | None, screen: str, is_offered: bool) -> None:
    assert (screen in _offered(program)) is is_offered


@pytest.mark.parametrize(
    ("program", "has", "lacks"),
    [
        ("saas-tiers", {"convert", "payouts"}, {"clients", "invoices", "certificate"}),
        ("widget-reseller", {"clients", "certificate", "payouts"}, {"convert"}),
    ],
)
def test_telegrams_menu_names_no_command_that_would_only_refuse(
    program: str, has: set[str], lacks: set[str]
) -> None:
    shown = {made.command for made in commands_of(_member(program), ENGLISH, PROGRAMS)}
    assert has <= shown
    assert not lacks & shown
