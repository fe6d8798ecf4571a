"""The home of sending the documents of a pay-out as files."""

from collections.abc import Sequence

from aiogram import Bot

from domain.entities.payout_document import PayoutDocument
from domain.programs.model import Programs
from handlers.ui.charts import Charts
from handlers.ui.document_words import document_title, file_name, printed_document
from handlers.ui.language import Language
from handlers.ui.screen import Screen, send, send_file


class DocumentFiles:
    """Draws documents and sends them, beside the answer.

    Attributes:
        programs: Names of programs and tiers.
    """

    def __init__(self, bot: Bot, charts: Charts, programs: Programs) -> None:
        """Draw by these charts, send by this bot."""
        self._bot = bot
        self._charts = charts
        self.programs = programs

    async def send(
        self,
        chat_id: int,
        language: Language,
        documents: Sequence[PayoutDocument],
        *,
        after: Screen | None = None,
        thread_id: int | None = None,
    ) -> None:
        """Send each document, then the screen that says what to do with them."""
        is_whole = True
        for document in documents:
            own = Language(document.language, language.zone)
            program = self.programs.get(document.program)
            content = await self._charts.printed(printed_document(own, document, program))
            if content is None:
                is_whole = False
                continue
            await send_file(
                self._bot,
                chat_id,
                content,
                file_name(document),
                document_title(language, document),
                thread_id=thread_id,
            )
        if not is_whole:
            text = language.say("The documents cannot be drawn now. Try again in a minute.")
            await send(self._bot, chat_id, Screen(text), thread_id=thread_id)
        elif after is not None:
            await send(self._bot, chat_id, after, thread_id=thread_id)
