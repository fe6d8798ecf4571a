"""The home of sending the documents of a scheduled pay-out, which nobody asked for by a button."""

from domain.entities.notice import Notice
from domain.usecases.documents.read import ReadPayoutDocuments
from domain.usecases.payouts.schedule import PAPERS
from handlers.ui.document_files import DocumentFiles
from handlers.ui.language import Language

__all__ = ["PAPERS", "SendPayoutPapers"]


class SendPayoutPapers:
    """Sends the files of one notice; after a crash they may come twice, the same to the byte."""

    def __init__(self, read: ReadPayoutDocuments, files: DocumentFiles) -> None:
        """Read by this use case, draw and send by these."""
        self._read = read
        self._files = files

    async def __call__(self, notice: Notice, language: Language) -> None:
        """Send them; what cannot be drawn now is said so, and stays behind a button."""
        payout_id = int(str(notice.params["payout_id"]))
        documents = await self._read.to_send(notice.recipient, payout_id)
        if documents:
            await self._files.send(notice.recipient, language, documents)
