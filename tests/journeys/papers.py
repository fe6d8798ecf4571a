"""People handing papers in, as the forms of other rooms do it."""

from bot.simulator.actors import PersonActor
from domain.entities.paper import Paper
from domain.filing import IncomingPaper, keep_paper, open_dossier, partner_dossier, store_paper
from tests.domain.paper_files import pdf
from tests.journeys.world import JourneyWorld

NAME = "USD <b>Anna</b>.pdf"


async def hands_in(world: JourneyWorld, person: PersonActor, *, as_partner: bool) -> Paper:
    """Let a person hand a paper in, as the forms of other rooms do."""
    product = world.product
    around = product.use_cases.tend_papers._around
    caller = await world.caller(person)
    async with product.open_work() as work:
        if as_partner and caller.membership:
            partner = await work.partners.get(caller.membership.partner_id)
            assert partner
            dossier_id = await partner_dossier(work, around, partner, person.id)
        else:
            dossier_id = (await open_dossier(work, around, person.id)).id
        await work.commit()
    incoming = IncomingPaper(kind="passport", name=NAME, data=pdf(), sent_by=person.id)
    paper = await store_paper(around, dossier_id, incoming)
    async with product.open_work(books=False) as work:
        kept = await keep_paper(work, paper)
        await work.commit()
    return kept
