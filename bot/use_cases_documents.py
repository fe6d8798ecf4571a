"""The home of making the use cases of documents, requisites and certificates."""

from dataclasses import dataclass

from bot.use_cases_teams import TeamUseCases
from domain.usecases.certificates.issue import IssueCertificate
from domain.usecases.certificates.verify import VerifyCertificate
from domain.usecases.documents.judge import DecideSignedCopy
from domain.usecases.documents.read import ReadPayoutDocuments
from domain.usecases.documents.sign import SendSignedCopy
from domain.usecases.requisites.save import SaveRequisites
from domain.usecases.requisites.show import ShowRequisites


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentUseCases(TeamUseCases):
    """Documents of pay-outs, requisites and certificates; a part of ``UseCases``."""

    decide_signed_copy: DecideSignedCopy
    issue_certificate: IssueCertificate
    read_payout_documents: ReadPayoutDocuments
    save_requisites: SaveRequisites
    send_signed_copy: SendSignedCopy
    show_requisites: ShowRequisites
    verify_certificate: VerifyCertificate
