"""The home of the use cases of what vendor and partners tell each other."""

from dataclasses import dataclass

from bot.use_cases_claims import ClaimUseCases
from domain.usecases.broadcasts.compose import ComposeBroadcast
from domain.usecases.broadcasts.feed import DeliverNews, FeedBroadcasts
from domain.usecases.broadcasts.send import SendBroadcast, StopBroadcast
from domain.usecases.broadcasts.show import ShowBroadcast
from domain.usecases.questions.ask import AskVendor
from domain.usecases.questions.move import MoveQuestion
from domain.usecases.questions.show import (
    ListOwnQuestions,
    ListQuestions,
    ShowQuestion,
    ShowQuestionCard,
)
from domain.usecases.questions.write import AnswerQuestion, WriteToQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionUseCases(ClaimUseCases):
    """Questions and broadcasts; a part of ``UseCases``."""

    answer_question: AnswerQuestion
    ask_vendor: AskVendor
    compose_broadcast: ComposeBroadcast
    deliver_news: DeliverNews
    feed_broadcasts: FeedBroadcasts
    list_own_questions: ListOwnQuestions
    list_questions: ListQuestions
    move_question: MoveQuestion
    send_broadcast: SendBroadcast
    show_broadcast: ShowBroadcast
    show_question: ShowQuestion
    show_question_card: ShowQuestionCard
    stop_broadcast: StopBroadcast
    write_to_question: WriteToQuestion
