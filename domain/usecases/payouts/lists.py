"""The home of lists of pay-outs that are paid together: chosen once, settled one by one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from domain.access import require_staff
from domain.entities.payout import PayoutStatus
from domain.entities.payout_document import PayoutDocument
from domain.entities.people import Caller
from domain.entities.views import PayoutView
from domain.errors import DomainError, NotFound
from domain.ports.work import Work
from domain.rules.payouts import as_staff_see
from domain.surroundings import Surroundings

LIST_LENGTH_MAX = 1000


class NothingToList(DomainError):
    """No approved pay-out is among what was chosen, or all of it waits for signed copies."""

    code = "nothing_to_list"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutGroup:
    """Approved pay-outs of one program and currency."""

    program: str
    currency: str
    count: int
    minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutList:
    """Pay-outs that were chosen at one moment, as they stand now.

    Attributes:
        id: Our id.
        views: The pay-outs, those first that waited longest.
        own: Ids of those that the reader may not settle: it approved them, and two people are
            needed.
        left_out: How many are approved, but not among them: Done waits for a signed copy or a
            receipt that staff accepted, and money that is sent could not be marked as such (R22).
        lacking: Ids of those that are among them and have come to lack a signed copy since.
        documents: The document that a pay-out was asked by; of those that have one.
    """

    id: int
    views: Sequence[PayoutView]
    own: frozenset[int] = frozenset()
    left_out: int = 0
    lacking: frozenset[int] = frozenset()
    documents: Mapping[int, PayoutDocument] = field(default_factory=dict)


class OfferPayoutList:
    """Show staff which approved pay-outs there are, by program and currency."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> Sequence[PayoutGroup]:
        """Return the groups; none when nothing is approved.

        Raises:
            NotAllowed: the caller may not settle pay-outs here.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "payout.settle", self._around.owners)
            rows = await work.reports.approved_payouts()
        return [PayoutGroup(program=p, currency=c, count=n, minor=m) for p, c, n, m in rows]


class MakePayoutList:
    """Fix which pay-outs are paid together: what is approved later is not among them."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(
        self,
        caller: Caller,
        *,
        program: str | None = None,
        currency: str | None = None,
        limit: int = LIST_LENGTH_MAX,
    ) -> PayoutList:
        """Return the list of what is approved now, the oldest first.

        Args:
            caller: Who asks.
            program: Only pay-outs of this program.
            currency: Only pay-outs in this currency.
            limit: At most so many.

        Raises:
            NotAllowed: the caller may not settle pay-outs here.
            NothingToList: nothing of it is approved.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payout.settle", self._around.owners)
            views = await work.reports.payout_queue(
                (PayoutStatus.APPROVED,),
                program=program,
                currency=currency,
                after=None,
                limit=LIST_LENGTH_MAX,
                but_suspended=True,
            )
            ready = [view for view in views if not _lacks_copy(self._around, view)]
            left_out = len(views) - len(ready)
            if not ready:
                raise NothingToList(count=left_out)
            views = ready[:limit]
            list_id = self._around.new_id()
            ids = [view.payout.id for view in views]
            now = self._around.clock()
            await work.payouts.add_list(list_id, ids, by=caller.person.id, at=now)
            await work.audit.add(
                at=now,
                actor=caller.person.id,
                role=role.value,
                action="payout_list_made",
                subject=f"payout_list:{list_id}",
                details={"count": len(ids), "program": program, "currency": currency},
            )
            await work.commit()
        return replace(_as_seen(self._around, caller, list_id, views), left_out=left_out)


class ShowPayoutList:
    """Show a list of pay-outs as they stand now, for the question before they are settled."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, list_id: int) -> PayoutList:
        """Return the list.

        Raises:
            NotAllowed: the caller may not settle pay-outs here.
            NotFound: there is no such list.
        """
        async with self._around.open_work.read() as work:
            await require_staff(work, caller, "payout.settle", self._around.owners)
            views = await _views(work, list_id)
        return _as_seen(self._around, caller, list_id, views)


class ReadBankList:
    """Give a list of pay-outs with where to pay; each account that is seen is audited."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, list_id: int) -> PayoutList:
        """Return what of the list is still to be paid.

        Raises:
            NotAllowed: the caller may not see accounts here.
            NotFound: there is no such list.
            NothingToList: all of it was decided meanwhile.
        """
        async with self._around.open_work() as work:
            role = await require_staff(work, caller, "payout.see_account", self._around.owners)
            approved = [
                view
                for view in await _views(work, list_id)
                if view.payout.status is PayoutStatus.APPROVED
            ]
            views = [view for view in approved if not _lacks_copy(self._around, view)]
            left_out = len(approved) - len(views)
            if not views:
                raise NothingToList(count=left_out)
            documents: dict[int, PayoutDocument] = {}
            for view in views:
                made = await work.payout_documents.of_payout(view.payout.id)
                if made:
                    documents[view.payout.id] = made[0]
                await work.audit.add(
                    at=self._around.clock(),
                    actor=caller.person.id,
                    role=role.value,
                    action="payout_account_seen",
                    subject=f"payout:{view.payout.id}",
                    details={"list": list_id},
                )
            await work.commit()
        return PayoutList(id=list_id, views=views, left_out=left_out, documents=documents)


def _lacks_copy(around: Surroundings, view: PayoutView) -> bool:
    above, now = around.second_person_above, around.clock()
    return as_staff_see(view, above=above, now=now, programs=around.programs).lacks_copy


async def _views(work: Work, list_id: int) -> Sequence[PayoutView]:
    views = await work.reports.payouts_of_list(list_id)
    if not views:
        raise NotFound(payout_list=list_id)
    return views


def _as_seen(
    around: Surroundings, caller: Caller, list_id: int, views: Sequence[PayoutView]
) -> PayoutList:
    now, above = around.clock(), around.second_person_above
    seen = [as_staff_see(view, above=above, now=now, programs=around.programs) for view in views]
    own = frozenset(
        view.payout.id
        for view in seen
        if view.needs_two and view.payout.approved_by == caller.person.id
    )
    lacking = frozenset(
        view.payout.id
        for view in seen
        if view.lacks_copy and view.payout.status is PayoutStatus.APPROVED
    )
    hidden = [replace(view, payout=replace(view.payout, account="")) for view in seen]
    return PayoutList(id=list_id, views=hidden, own=own, lacking=lacking)
