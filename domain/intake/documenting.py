"""The home of making out documents for a pay-out, in the transaction of its request (R22)."""

from domain.entities.partner import Enrolment
from domain.entities.payout import Payout
from domain.entities.payout_document import PayoutDocument
from domain.entities.requisites import Details
from domain.ports.work import Work
from domain.rules.payout_documents import folded
from domain.rules.requisites import RequisitesMissing
from domain.surroundings import Surroundings


async def requisites_for(around: Surroundings, work: Work, enrolment: Enrolment) -> Details | None:
    """Return by what the partner is paid, ``None`` where the program makes no documents.

    Raises:
        RequisitesMissing: the program makes documents, and the partner has not said for whom.
    """
    if around.programs[enrolment.program].payout_documents is None:
        return None
    kept = await work.requisites.of(enrolment.partner_id)
    partner = await work.partners.get(enrolment.partner_id)
    form = partner.legal_form if partner else None
    if kept is None or form not in (None, kept.details.form):
        raise RequisitesMissing(is_outdated=kept is not None)
    return kept.details


async def make_documents(
    around: Surroundings,
    work: Work,
    payout: Payout,
    enrolment: Enrolment,
    *,
    details: Details,
    language: str,
) -> list[PayoutDocument]:
    """Make out what the program wants; each takes the next number of its kind and year."""
    terms = around.programs[enrolment.program].payout_documents
    if terms is None:
        return []
    day = payout.requested_at.astimezone(around.zone).date()
    lines = folded(await work.payout_documents.lines(payout.id, around.zone))
    contract = await work.payout_documents.contract(enrolment.partner_id, enrolment.program)
    made = []
    for kind in terms.kinds:
        number = await work.payout_documents.next_number(enrolment.partner_id, kind, day.year)
        document = PayoutDocument(
            id=around.new_id(),
            payout_id=payout.id,
            partner_id=enrolment.partner_id,
            kind=kind,
            year=day.year,
            number=number,
            made_at=payout.requested_at,
            day=day,
            language=language,
            program=enrolment.program,
            code=enrolment.code,
            amount=payout.amount,
            partner=details,
            vendor=around.vendor,
            purpose=terms.purpose[language],
            lines=lines,
            contract=contract,
        )
        await work.payout_documents.add(document)
        made.append(document)
    return made
