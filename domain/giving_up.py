"""The home of what the last admin of a partner can do with its money before it goes."""

from collections import Counter
from dataclasses import dataclass

from domain.entities.balance import BalanceSheet
from domain.entities.partner import Enrolment, EnrolmentStatus, Partner
from domain.ledger.accounts import sheet_of
from domain.money import Money
from domain.ports.work import Work
from domain.programs.model import PayoutSchedule, Program
from domain.rules.legal_forms import is_paid_out
from domain.rules.team import TeamSuspended, check_team_may_change
from domain.surroundings import Surroundings

TO_THE_MONEY = frozenset({"withdraw", "convert", "come_back", "schedule"})
"""Ways that bring the money to the partner: while one is open, nothing is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLeft:
    """What is held, payable or asked for, over all enrolments.

    Attributes:
        amounts: By currency; empty where every balance is zero.
        ways: What is open now: ``withdraw``, ``convert``, ``come_back`` (it left and accepts the
            rules again), ``schedule`` (the program pays by itself), ``processing`` (a pay-out is
            under way), ``team`` (somebody else becomes admin).
        is_debt: A balance is below zero.
        mark: Tells these sums from others.
    """

    amounts: tuple[Money, ...]
    ways: frozenset[str]
    is_debt: bool = False
    mark: int = 0

    @property
    def may_give_up(self) -> bool:
        """Test if nothing but giving up is left: no way to the money, none under way, no debt."""
        is_open = self.ways & (TO_THE_MONEY | {"processing"})
        return bool(self.amounts) and not self.is_debt and not is_open


NOTHING_LEFT = MoneyLeft(amounts=(), ways=frozenset())


async def money_left(around: Surroundings, work: Work, partner_id: int) -> MoneyLeft:
    """Return the partner's money and the ways that are open to it now."""
    own = list(await work.partners.enrolments_of(partner_id))
    partner = await work.partners.get(partner_id)
    totals: Counter[str] = Counter()
    ways: set[str] = set()
    is_debt, mark = False, 0
    for enrolment in own:
        program = around.programs.get(enrolment.program)
        accounts = list(await work.ledger.accounts([enrolment.id]))
        if not accounts:
            continue
        sheet = sheet_of(accounts[0].currency, accounts)
        owed = sheet.held + sheet.payable + sheet.reserved
        if not (sheet.held or sheet.payable or sheet.reserved):
            continue
        totals[sheet.currency] += owed
        mark += owed
        is_debt = is_debt or sheet.payable < 0
        if sheet.reserved:
            ways.add("processing")
        if program is not None and await work.fraud.bar(enrolment.id) is None:
            ways |= _ways(program, enrolment, partner, sheet)
    if totals and _may_have_others(own):
        ways.add("team")
    return MoneyLeft(
        amounts=tuple(Money(minor, currency) for currency, minor in totals.items()),
        ways=frozenset(ways),
        is_debt=is_debt,
        mark=mark,
    )


def _ways(
    program: Program, enrolment: Enrolment, partner: Partner | None, sheet: BalanceSheet
) -> set[str]:
    """Return the ways to what is payable in one program; a form or account can still be named."""
    form = partner.legal_form if partner else None
    if sheet.payable <= 0 or not (form is None or is_paid_out(program, form)):
        return set()
    reaches = sheet.payable >= program.payout_minimum.minor
    converts = program.conversion is not None
    if enrolment.left_at is not None:
        return {"come_back"} if reaches or converts else set()
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        return set()
    pays = "withdraw" if program.payout_schedule is PayoutSchedule.ON_REQUEST else "schedule"
    return ({pays} if reaches else set()) | ({"convert"} if converts else set())


def _may_have_others(own: list[Enrolment]) -> bool:
    try:
        check_team_may_change(own)
    except TeamSuspended:
        return False
    return True
