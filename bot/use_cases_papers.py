"""The home of making the use cases of papers and of e-mail."""

from dataclasses import dataclass

from domain.usecases.mails.address import ConfirmEmail, NameEmail, ShowEmail
from domain.usecases.mails.deliver import ClaimMails, ForgetMails, SettleMail
from domain.usecases.mails.undelivered import RetryMails, ShowMails
from domain.usecases.papers.erase_own import EraseOwnPapers
from domain.usecases.papers.link import FollowPaperLink, LinkPaper
from domain.usecases.papers.show import OpenPaper, ShowPapers
from domain.usecases.papers.tend import TendPapers


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperUseCases:
    """Papers and e-mail; a part of ``UseCases``."""

    claim_mails: ClaimMails
    confirm_email: ConfirmEmail
    erase_own_papers: EraseOwnPapers
    follow_paper_link: FollowPaperLink
    forget_mails: ForgetMails
    link_paper: LinkPaper
    name_email: NameEmail
    open_paper: OpenPaper
    retry_mails: RetryMails
    settle_mail: SettleMail
    show_email: ShowEmail
    show_mails: ShowMails
    show_papers: ShowPapers
    tend_papers: TendPapers
