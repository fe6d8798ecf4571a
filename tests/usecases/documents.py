"""A program whose pay-outs need documents and a signed copy, and partners that it pays."""

from domain.entities.payout import Payout
from domain.entities.payout_document import PayoutDocument
from domain.entities.requisites import Details
from tests.domain.builders import saas_tiers, written
from tests.usecases.app import App
from tests.usecases.requisites import REQUISITES

PURPOSE = "Оплата вознаграждения по договору привлечения новых пользователей"
_PAPERS = f"""
    [program]
    key = "papers"
    currency = "USD"
    [commission]
    rates = [{{ rate = "10%" }}]
    [payout]
    minimum = "1.00"
    [payout_documents]
    kinds = ["invoice", "act"]
    signed_copy = true
    purpose = "{PURPOSE}"
    """
PAPERS = written(_PAPERS)
PAPERS_UNSIGNED = written(_PAPERS.replace("signed_copy = true", "signed_copy = false"))


async def with_requisites(app: App, name: str = "leo", *, details: Details = REQUISITES) -> None:
    """Let somebody be a partner with requisites and something to withdraw."""
    app.offers(PAPERS, saas_tiers())
    await app.joins(name, "papers")
    await app.earns(name, "100.00", "papers")
    await app.use.save_requisites(await app.private(name), details)


async def documents_of(app: App, payout: Payout) -> list[PayoutDocument]:
    """Return the documents that a pay-out has, read anew."""
    async with app.around.open_work.read() as work:
        return list(await work.payout_documents.of_payout(payout.id))
