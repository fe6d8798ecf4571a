"""The home of making the use cases of joining by application."""

from dataclasses import dataclass

from bot.use_cases_documents import DocumentUseCases
from domain.usecases.applications.decide import DecideApplication, PrepareApproval
from domain.usecases.applications.fill import EnterAnswer, SubmitApplication
from domain.usecases.applications.forget import ForgetApplications
from domain.usecases.applications.judge import JudgeApplication, ReceiveOriginals
from domain.usecases.applications.papers import HandInPaper, ListApplicationPapers
from domain.usecases.applications.show import (
    ListApplications,
    ShowApplicationCard,
    ShowOwnApplication,
)
from domain.usecases.applications.start import (
    ChooseLegalForm,
    StartApplication,
    WithdrawApplication,
)
from domain.usecases.applications.talk import TalkAboutApplication


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationUseCases(DocumentUseCases):
    """Applications, with the papers they need; a part of ``UseCases``."""

    choose_legal_form: ChooseLegalForm
    decide_application: DecideApplication
    enter_answer: EnterAnswer
    forget_applications: ForgetApplications
    hand_in_paper: HandInPaper
    judge_application: JudgeApplication
    list_application_papers: ListApplicationPapers
    list_applications: ListApplications
    prepare_approval: PrepareApproval
    receive_originals: ReceiveOriginals
    show_application_card: ShowApplicationCard
    show_own_application: ShowOwnApplication
    start_application: StartApplication
    submit_application: SubmitApplication
    talk_about_application: TalkAboutApplication
    withdraw_application: WithdrawApplication
