"""Joining by accepting the rules, and naming one's own account with the vendor (R30)."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace

import pytest

from domain.access import NotAPartner
from domain.errors import NotAllowed, NotFound
from domain.ids import ALPHABET, CODE_LENGTH
from domain.intake import enrolling
from domain.ledger.accounts import AccountKind
from domain.programs.model import JoiningMode
from domain.rights import MemberRole
from domain.usecases.joining.accept_rules import JoinsByApplication
from domain.usecases.joining.name_account import BadAccountId
from tests.domain.builders import saas_tiers
from tests.usecases.app import WAITING, App


async def test_activate_gives_a_link_at_once(app: App) -> None:
    joined = await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    enrolment = joined.enrolment
    assert joined.is_new
    assert await app.enrolment("leo") == enrolment
    assert (enrolment.status, enrolment.joined_at, enrolment.tier) == ("active", app.now, None)
    assert [row["code"] for row in await app.rows("links")] == [enrolment.code]
    leo = await app.private("leo")
    assert leo.membership
    assert leo.membership.role is MemberRole.ADMIN
    shown = await app.use.show_enrolment(leo)
    assert (shown.partner.name, shown.progress.missing_clients) == ("Leo", 1)


async def test_a_second_press_finds_the_same_enrolment(app: App) -> None:
    first = await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    before = await app.contents()
    app.later(days=1)
    second = await app.use.accept_rules(await app.private("leo"), "saas-tiers")
    assert (second.enrolment, second.is_new) == (first.enrolment, False)
    assert await app.contents() == before


async def test_two_presses_at_once_are_one_enrolment(app: App) -> None:
    leo = await app.private("leo")
    both = await asyncio.gather(*(app.use.accept_rules(leo, "saas-tiers") for _ in range(2)))
    assert sorted(joined.is_new for joined in both) == [False, True]
    for table in ("partners", "members", "enrolments", "links"):
        assert len(await app.rows(table)) == 1, table


async def test_the_version_that_was_accepted_is_kept(app: App) -> None:
    app.offers(replace(saas_tiers(), version=3))
    enrolment = await app.joins("leo", account=False)
    app.offers(replace(saas_tiers(), version=4))
    assert (await app.enrolment("leo")).terms_version == 3
    assert (await app.joins("leo", account=False)).terms_version == 3
    (row,) = await app.audited("rules_accepted")
    assert (row["actor"], row["role"]) == (app.id_of("leo"), "partner")
    assert row["subject"] == f"enrolment:{enrolment.id}"
    assert row["details"] == {"program": "saas-tiers", "version": 3}


async def test_every_ledger_account_is_opened_in_the_programs_currency(app: App) -> None:
    for program, currency in (("saas-tiers", "USD"), ("waiting", "EUR")):
        enrolment = await app.joins("leo", program)
        accounts = await app.rows("ledger_accounts", enrolment_id=enrolment.id)
        assert {row["kind"] for row in accounts} == set(AccountKind)
        assert len(accounts) == len(AccountKind)
        assert {(row["currency"], row["balance"]) for row in accounts} == {(currency, 0)}


async def test_codes_are_short_lower_case_and_each_its_own(app: App) -> None:
    names = [f"partner-{number}" for number in range(5)]
    codes = [
        (await app.joins(n, p, account=False)).code for n in names for p in app.around.programs
    ]
    assert len(set(codes)) == 10
    for code in codes:
        assert len(code) == CODE_LENGTH
        assert set(code) <= set(ALPHABET)
        assert code == code.lower()


async def test_a_code_that_is_taken_is_not_given_again(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = (await app.joins("leo")).code
    drawn: Iterator[str] = iter([taken, taken, "free2345"])
    monkeypatch.setattr(enrolling, "code_from", lambda _: next(drawn))
    assert (await app.joins("mia")).code == "free2345"
    assert await app.code_of("leo") == taken


async def test_a_second_program_is_a_second_enrolment_of_the_same_partner(app: App) -> None:
    first = await app.joins("leo")
    app.later(days=1)
    second = await app.joins("leo", "waiting")
    assert first.partner_id == second.partner_id
    assert first.code != second.code
    assert len(await app.rows("partners")) == len(await app.rows("members")) == 1
    await app.earns("leo", "7.00", "waiting")
    assert await app.figures("leo", "saas-tiers") == {}
    assert await app.figures("leo", "waiting") == {"accrued": "7.00", "held": "7.00"}
    leo = await app.private("leo")
    assert (await app.use.show_enrolment(leo)).enrolment.code == second.code
    assert (await app.use.show_enrolment(leo, "saas-tiers")).enrolment.code == first.code


async def test_a_person_works_in_the_enrolment_it_has_chosen(app: App) -> None:
    first = await app.joins("leo")
    second = await app.joins("leo", "waiting")
    leo = await app.private("leo")
    own = await app.use.list_own_enrolments(leo)
    assert [(one.id, one.program) for one in own] == [
        (first.id, "saas-tiers"),
        (second.id, "waiting"),
    ]
    changed, chosen = await app.use.choose_enrolment(leo, first.id)
    assert (chosen.id, changed.membership) == (first.id, (await app.private("leo")).membership)
    shown = await app.use.show_enrolment(await app.private("leo"))
    assert shown.enrolment.code == first.code


async def test_nobody_works_in_an_enrolment_of_others(app: App) -> None:
    theirs = await app.joins("leo")
    await app.joins("max")
    before = await app.contents()
    with pytest.raises(NotFound):
        await app.use.choose_enrolment(await app.private("max"), theirs.id)
    assert await app.contents() == before


async def test_only_an_admin_takes_its_partner_into_a_second_program(app: App) -> None:
    standing = await app.joins("leo")
    await app.becomes_member("max", of="leo")
    before = await app.contents()
    with pytest.raises(NotAllowed):
        await app.use.accept_rules(await app.private("max"), "waiting")
    again = await app.use.accept_rules(await app.private("max"), "saas-tiers")
    assert (again.enrolment, again.is_new) == (standing, False)
    assert await app.contents() == before


async def test_who_left_a_partner_starts_its_own(app: App) -> None:
    first = await app.joins("leo")
    await app.becomes_member("max", of="leo")
    await app.leaves_partner("max")
    own = await app.joins("max")
    assert own.partner_id != first.partner_id


@pytest.mark.parametrize(
    ("program", "refusal"), [("no-such", NotFound), ("waiting", JoinsByApplication)]
)
async def test_what_cannot_be_joined_by_a_press_keeps_nothing(
    app: App, program: str, refusal: type[Exception]
) -> None:
    app.offers(saas_tiers(), replace(WAITING, joining=JoiningMode.APPLICATION))
    before = await app.contents()
    with pytest.raises(refusal) as told:
        await app.use.accept_rules(await app.private("leo"), program)
    assert told.value.facts == {"program": program}  # type: ignore[attr-defined]
    assert await app.contents() == before


BAD_ACCOUNTS = {
    "empty": "",
    "spaces": " \n\t ",
    "too long": "a" * 129,
    "two lines": "crm\n7",
    "a tab": "crm\t7",
    "NUL": "crm\x007",
    "an escape": "crm\x1b[31m",
    "a space of no width": "crm\u200b7",
    "turned around": "\u202e7mrc",
    "a space that does not break": "crm\u00a07",
    "half of a pair": "crm\ud83d",
}
GOOD_ACCOUNTS = {"7": "7", "a" * 128: "a" * 128, "  crm 7 \n": "crm 7", "кабинет-№7": "кабинет-№7"}


async def test_an_account_id_is_a_line_that_prints(app: App) -> None:
    await app.joins("leo", account=False)
    leo = await app.private("leo")
    before = await app.contents()
    for why, text in BAD_ACCOUNTS.items():
        with pytest.raises(BadAccountId) as told:
            await app.use.name_vendor_account(leo, text)
        assert told.value.facts == {"limit": 128}, why
    assert await app.contents() == before
    for text, kept in GOOD_ACCOUNTS.items():
        assert await app.use.name_vendor_account(leo, text) == kept
        assert (await app.rows("partners"))[0]["vendor_account_id"] == kept
    rows = await app.audited("vendor_account_named")
    assert [row["actor"] for row in rows] == [app.id_of("leo")] * len(GOOD_ACCOUNTS)


async def test_only_an_admin_names_the_account_of_its_partner(app: App) -> None:
    await app.joins("leo", account=False)
    await app.joins("mia", account=False)
    await app.becomes_member("max", of="leo")
    await app.becomes_member("ida", of="leo", role=MemberRole.ADMIN)
    ida = await app.private("ida")
    await app.leaves_partner("ida")
    before = await app.contents()
    with pytest.raises(NotAllowed):
        await app.use.name_vendor_account(await app.private("max"), "crm-7")
    for stranger in (ida, await app.private("zoe")):
        with pytest.raises(NotAPartner):
            await app.use.name_vendor_account(stranger, "crm-7")
    assert await app.contents() == before
    await app.use.name_vendor_account(await app.private("mia"), "crm-7")
    kept = {row["name"]: row["vendor_account_id"] for row in await app.rows("partners")}
    assert kept == {"Leo": None, "Mia": "crm-7"}
