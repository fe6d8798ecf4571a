"""The home of making what writes to people in Telegram by itself: notices and broadcasts."""

from collections.abc import Callable
from datetime import datetime

from aiogram import Bot

from bot.clock import steady
from bot.config_model import Config
from bot.use_cases import UseCases
from handlers.jobs.answers import Answers
from handlers.jobs.cards import Cards
from handlers.jobs.deliver_notices import DeliverNotices, Delivery
from handlers.jobs.news import SendNews
from handlers.jobs.pace import Pace
from handlers.jobs.payout_papers import SendPayoutPapers
from handlers.jobs.run_broadcasts import RunBroadcasts
from handlers.jobs.turned import Turned
from handlers.ui.document_files import DocumentFiles
from handlers.ui.language import Languages
from handlers.ui.topics import Topics

MESSAGES_PER_SECOND = 30


def notice_delivery(
    config: Config,
    use_cases: UseCases,
    topics: Topics,
    languages: Languages,
    files: DocumentFiles,
    *,
    clock: Callable[[], datetime],
) -> DeliverNotices:
    """Return what sends notices, with the cards that staff decide on."""
    programs, turned = files.programs, Turned()
    pace = Pace(MESSAGES_PER_SECOND, steady, has_chat_limits=config.telegram.chat_limits)
    topics.bot.session.middleware(turned)
    topics.bot.session.middleware(Answers(pace))
    return DeliverNotices(
        Delivery(
            bot=topics.bot,
            claim=use_cases.claim_notices,
            settle=use_cases.settle_notice,
            recipient=use_cases.read_recipient,
            cards=Cards(
                show_payout_card=use_cases.show_payout_card,
                show_claim_card=use_cases.show_claim_card,
                show_fraud_card=use_cases.show_fraud_card,
                show_question_card=use_cases.show_question_card,
                show_application_card=use_cases.show_application_card,
                show_invoice_card=use_cases.show_invoice_card,
                programs=programs,
                clock=clock,
            ),
            admin_chat=use_cases.admin_chat,
            mark_blocked=use_cases.mark_blocked,
            languages=languages,
            programs=programs,
            owners=config.staff.owners,
            pace=pace,
            news=SendNews(topics.bot, use_cases.deliver_news, use_cases.mark_blocked),
            topics=topics,
            papers=SendPayoutPapers(use_cases.read_payout_documents, files),
            turned=turned,
        )
    )


def broadcast_runner(use_cases: UseCases, bot: Bot, languages: Languages) -> RunBroadcasts:
    """Return what sends broadcasts out."""
    return RunBroadcasts(
        bot, use_cases.feed_broadcasts, use_cases.read_recipient, languages, steady
    )
