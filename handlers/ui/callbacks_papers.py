"""The home of button values about papers and e-mail."""

from aiogram.filters.callback_data import CallbackData


class PapersOf(CallbackData, prefix="pap"):
    """Open the list of the papers of a dossier."""

    dossier_id: int


class PaperPress(CallbackData, prefix="pp"):
    """Open a paper."""

    paper_id: int


class PaperLinkPress(CallbackData, prefix="pl"):
    """Ask for a link to a paper."""

    paper_id: int


class MailPress(CallbackData, prefix="ml"):
    """A press in the list of e-mails that were not delivered."""

    action: str
    id: int = 0


class EmailPress(CallbackData, prefix="em"):
    """A press about the person's own e-mail address."""

    action: str
