"""The home of the part of a unit of work that is about partners and people."""

from typing import Protocol

from domain.ports.applications import Applications
from domain.ports.certificates import Certificates
from domain.ports.intake import (
    Enrolments,
)
from domain.ports.papers import Papers
from domain.ports.payout_documents import RequisitesList
from domain.ports.people import Partners, People
from domain.ports.preferences import PreferenceList
from domain.ports.privacy import Privacy
from domain.ports.reminders import Reminders
from domain.ports.standings import Standings
from domain.ports.team import Team
from domain.ports.terms import Terms


class PartnerWork(Protocol):
    """Partners: who they are, how they joined, how they stand."""

    @property
    def people(self) -> People:
        """Persons."""
        ...

    @property
    def privacy(self) -> Privacy:
        """Everything about one person."""
        ...

    @property
    def preferences(self) -> PreferenceList:
        """What people chose and opened."""
        ...

    @property
    def reminders(self) -> Reminders:
        """What people are reminded of."""
        ...

    @property
    def partners(self) -> Partners:
        """Partners one by one."""
        ...

    @property
    def enrolments(self) -> Enrolments:
        """Enrolments in sets."""
        ...

    @property
    def applications(self) -> Applications:
        """Applications of people who want to be partners."""
        ...

    @property
    def papers(self) -> Papers:
        """Dossiers and papers."""
        ...

    @property
    def certificates(self) -> Certificates:
        """Certificates."""
        ...

    @property
    def requisites(self) -> RequisitesList:
        """Requisites of partners."""
        ...

    @property
    def standings(self) -> Standings:
        """How partners stand."""
        ...

    @property
    def team(self) -> Team:
        """Members of partners and invitations to become one."""
        ...

    @property
    def terms(self) -> Terms:
        """Published terms and who accepted them."""
        ...
