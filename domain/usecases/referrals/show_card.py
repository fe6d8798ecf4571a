"""The home of one referral with everything around it."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.access import Place, own_place
from domain.entities.filters import Wanted
from domain.entities.page import Page, page_of
from domain.entities.partner import EnrolmentStatus
from domain.entities.payment import EarnedNothing
from domain.entities.people import Caller
from domain.entities.views import Cursor, PaymentRow, ReferralCard
from domain.errors import NotFound
from domain.money import Rate
from domain.ports.work import Work
from domain.programs.model import Program
from domain.programs.model_rates import Settlement
from domain.rights import MemberRole
from domain.rules.commission import earns_nothing, rate_for
from domain.rules.legal_forms import earns_by
from domain.rules.masking import mask_name, mask_payment, mask_referral
from domain.surroundings import Surroundings

PAYMENTS_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralView:
    """What a member sees of one referral.

    Attributes:
        card: The client, its accounts, the link, how much it brought.
        program: The terms.
        reason: Why its next payment would earn nothing, ``None`` where it would earn.
        rate: What its next payment would earn, ``None`` where that depends on the service.
        payments: A page of its payments; ``None`` for who sees no money (R35).
    """

    card: ReferralCard
    program: Program
    reason: EarnedNothing | None
    rate: Rate | None
    payments: Page[PaymentRow] | None


class ShowReferral:
    """Show one referral: accounts, payments, commissions, and why it earns or not.

    - Every member may; a user sees no money, and clients masked (A19, R35).
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self, caller: Caller, referral_id: int, before: Cursor | None = None
    ) -> ReferralView:
        """Return the referral with its payments after the one at ``before``.

        Raises:
            NotAPartner: the person takes part in no program.
            NotFound: the partner has no such referral.
        """
        async with self._around.open_work.read() as work:
            place = await own_place(work, caller, admin=False)
            card = await work.reports.referral(place.enrolment.id, referral_id)
            if card is None:
                raise NotFound(referral=referral_id)
            payments = None
            if place.role is MemberRole.ADMIN:
                rows = await work.reports.payments(
                    place.enrolment.id,
                    before=before,
                    limit=PAYMENTS_SHOWN + 1,
                    wanted=Wanted(client_id=card.row.client_id),
                )
                payments = page_of(rows, PAYMENTS_SHOWN, lambda row: Cursor(row.paid_at, row.id))
            reason, rate = await self._earning(work, place, card)
        if place.hides_clients(mask_clients=self._around.mask_clients):
            card, payments = _masked(card), _masked_page(payments)
        program = self._around.programs[place.enrolment.program]
        return ReferralView(
            card=card, program=program, reason=reason, rate=rate, payments=payments
        )

    async def _earning(
        self, work: Work, place: Place, card: ReferralCard
    ) -> tuple[EarnedNothing | None, Rate | None]:
        """Return why the client's next payment would earn nothing, or its rate."""
        now: datetime = self._around.clock()
        program = self._around.programs[place.enrolment.program]
        own = await work.clients.referrals([card.row.client_id])
        referral = next(row for row in own if row.id == card.row.id)
        is_active = place.enrolment.status is EnrolmentStatus.ACTIVE
        reason = earns_nothing(
            referral, paid_at=now, deleted_at=card.row.deleted_at, is_active=is_active
        )
        if reason is not None:
            return reason, None
        partner = await work.partners.get(place.enrolment.partner_id)
        if not earns_by(program, partner.legal_form if partner else None, Settlement.DIRECT):
            return EarnedNothing.LEGAL_FORM, None
        if program.tiers and place.enrolment.tier is None:
            return EarnedNothing.BELOW_TIERS, None
        rate = rate_for(
            program.rates,
            category=None,
            tier=place.enrolment.tier,
            settlement=Settlement.DIRECT,
            registered_at=referral.registered_at,
            paid_at=now,
        )
        return None, rate


def _masked(card: ReferralCard) -> ReferralCard:
    accounts = tuple(
        replace(account, name=mask_name(account.name) if account.name else "")
        for account in card.accounts
    )
    return replace(card, row=mask_referral(card.row), accounts=accounts)


def _masked_page(page: Page[PaymentRow] | None) -> Page[PaymentRow] | None:
    return replace(page, rows=[mask_payment(row) for row in page.rows]) if page else None
