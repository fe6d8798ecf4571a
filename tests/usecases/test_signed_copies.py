"""What comes back signed: a copy or the link of a receipt, and staff that judge it (R22)."""

from pathlib import Path

import pytest

from domain.entities.payout import Payout, PayoutMove, PayoutStatus
from domain.entities.payout_document import SignedStatus
from domain.errors import NotAllowed, NotFound
from domain.filing import PaperUnfit
from domain.rules.payout_documents import SignedCopyDecided, SignedCopyMissing, SignedCopyNotWanted
from domain.rules.payouts import OwnPayout
from domain.usecases.documents.judge import CopyDecision
from domain.usecases.documents.sign import BadReceiptLink
from storage.paper_folder import PaperFolder
from tests.domain.paper_files import pdf
from tests.usecases.app import App
from tests.usecases.documents import with_requisites
from tests.usecases.requisites import RUSSIAN


@pytest.fixture
def with_papers(app: App, tmp_path: Path) -> App:
    app.configures(paper_files=PaperFolder(tmp_path))
    return app


async def _sends(app: App, payout: Payout, data: bytes = b"", name: str = "leo") -> int:
    copy = await app.use.send_signed_copy.file(
        await app.private(name), payout.id, name="scan.pdf", data=data or pdf()
    )
    return copy.id


async def test_done_waits_for_a_copy_that_staff_accepted(with_papers: App) -> None:
    app = with_papers
    await with_requisites(app)
    payout = await app.asks("leo", "10.00")
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    await app.presses("boss", payout, PayoutMove.APPROVE)
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    first = await _sends(app, payout)
    assert await _sends(app, payout) == first
    assert await _sends(app, payout, pdf(b"2")) == first
    boss = await app.owner()
    copy = await app.use.decide_signed_copy.show(boss, payout.id)
    assert len(copy.paper_ids) == 2
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)

    refusal = CopyDecision(
        copy_id=first, is_accepted=False, reason_code="unsigned", reason_text="Page 2"
    )
    await app.use.decide_signed_copy(boss, refusal)
    with pytest.raises(SignedCopyDecided):
        await app.use.decide_signed_copy(boss, refusal)
    with pytest.raises(SignedCopyMissing):
        await app.presses("boss", payout, PayoutMove.SETTLE)
    second = await _sends(app, payout, pdf(b"3"))
    assert second != first
    accepted = await app.use.decide_signed_copy(
        boss, CopyDecision(copy_id=second, is_accepted=True)
    )
    assert accepted.status is SignedStatus.ACCEPTED
    with pytest.raises(SignedCopyNotWanted):
        await _sends(app, payout, pdf(b"4"))

    done = await app.presses("boss", payout, PayoutMove.SETTLE)
    assert done.status is PayoutStatus.DONE
    told = [kind for kind, _ in await app.told("leo") if kind.startswith("signed_copy")]
    assert told == ["signed_copy_refused", "signed_copy_accepted"]


async def test_who_belongs_to_the_partner_or_to_nobody_judges_no_copy(with_papers: App) -> None:
    app = with_papers
    await with_requisites(app)
    payout = await app.asks("leo", "10.00")
    copy_id = await _sends(app, payout)
    await app.becomes_member("boss", of="leo")
    with pytest.raises(OwnPayout):
        await app.use.decide_signed_copy(
            await app.owner(), CopyDecision(copy_id=copy_id, is_accepted=True)
        )
    await with_requisites(app, "lea")
    with pytest.raises(NotFound):
        await _sends(app, payout, name="lea")
    with pytest.raises(NotFound):
        await app.use.read_payout_documents.own(await app.private("lea"), payout.id)
    with pytest.raises(NotAllowed):
        await app.use.read_payout_documents.for_staff(await app.in_chat("leo"), payout.id)


async def test_the_self_employed_send_the_link_of_a_receipt(with_papers: App) -> None:
    app = with_papers
    await with_requisites(app, details=RUSSIAN)
    payout = await app.asks("leo", "10.00")
    leo = await app.private("leo")
    with pytest.raises(BadReceiptLink):
        await app.use.send_signed_copy.link(leo, payout.id, "https://evil.example/receipt")
    with pytest.raises(PaperUnfit):
        await _sends(app, payout, b"MZ" + bytes(100))
    address = "https://lknpd.nalog.ru/api/v1/receipt/500100732259/200abc/print"

    copy = await app.use.send_signed_copy.link(leo, payout.id, address)

    assert (await app.use.send_signed_copy.link(leo, payout.id, address)).id == copy.id
    shown = await app.use.decide_signed_copy.show(await app.owner(), payout.id)
    assert shown.link == address
