"""Read models: lists by key, newest first, and totals from the roll-ups."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.repositories.reports.clients import ClientReports
from storage.repositories.reports.events import EventReports
from storage.repositories.reports.partners import PartnerReports
from storage.repositories.reports.payments import PaymentReports
from storage.repositories.reports.payouts import PayoutReports
from storage.repositories.reports.queues import QueueReports
from storage.repositories.reports.referrals import ReferralReports
from storage.repositories.reports.search import SearchReports
from storage.repositories.reports.stats import StatsReports
from storage.repositories.reports.stories import StoryReports
from storage.vault import Vault


class ReportRepository:
    """All read models on one connection, each from the class that is about its subject."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        """Work on the connection's transaction."""
        partners = PartnerReports(connection)
        self.overview = partners.overview
        stats = StatsReports(connection)
        self.totals = stats.totals
        self.daily = stats.daily
        self.total_between = stats.total_between
        self.by_link = stats.by_link
        self.first_day = stats.first_day
        referrals = ReferralReports(connection)
        self.referrals = referrals.referrals
        self.referral = referrals.referral
        clients = ClientReports(connection)
        self.clients = clients.clients
        self.client = clients.client
        self.client_of_person = clients.client_of_person
        payments = PaymentReports(connection)
        self.payments = payments.payments
        self.payments_of_client = payments.payments_of_client
        self.payment = payments.payment
        self.commissions = payments.commissions
        payouts = PayoutReports(connection, vault)
        self.payouts = payouts.payouts
        self.payout = payouts.payout
        self._work_of_staff(connection, partners, clients, payouts)
        events = EventReports(connection)
        self.event = events.event
        self.events = events.events
        self.events_received = events.events_received
        self.event_counts = events.event_counts
        stories = StoryReports(connection)
        self.spent = stories.spent
        self.commission_story = stories.commission_story
        self.conversion_story = stories.conversion_story
        self.conversions = stories.conversions

    def _work_of_staff(
        self,
        connection: AsyncConnection,
        partners: PartnerReports,
        clients: ClientReports,
        payouts: PayoutReports,
    ) -> None:
        self.overview_of = partners.overview_of
        self.client_by_our_id = clients.client_by_our_id
        self.payout_queue = payouts.payout_queue
        self.payouts_of_list = payouts.payouts_of_list
        self.payouts_numbered = payouts.payouts_numbered
        self.approved_payouts = payouts.approved_payouts
        self.queues = QueueReports(connection).queues
        search = SearchReports(connection)
        self.partners_like = search.partners_like
        self.clients_like = search.clients_like
