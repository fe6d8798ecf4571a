"""The home of the part of a unit of work that is about clients: what they do, whose they are."""

from typing import Protocol

from domain.ports.categories import Categories
from domain.ports.claims import Claims
from domain.ports.client_invitations import ClientInvitations
from domain.ports.fraud import Fraud
from domain.ports.intake import (
    Clicks,
    Clients,
    Events,
    Services,
    Stats,
)
from domain.ports.orders import Orders
from domain.ports.payments import Payments
from domain.ports.pins import Pins
from domain.ports.promos import Promos
from domain.ports.renewals import Renewals


class ClientWork(Protocol):
    """Clients: what they do and pay, and whose they are."""

    @property
    def events(self) -> Events:
        """Stored events."""
        ...

    @property
    def clients(self) -> Clients:
        """Clients."""
        ...

    @property
    def orders(self) -> Orders:
        """Clients' orders."""
        ...

    @property
    def services(self) -> Services:
        """Clients' services."""
        ...

    @property
    def clicks(self) -> Clicks:
        """Clicks."""
        ...

    @property
    def payments(self) -> Payments:
        """Payments."""
        ...

    @property
    def stats(self) -> Stats:
        """Daily roll-ups."""
        ...

    @property
    def categories(self) -> Categories:
        """Mapped categories."""
        ...

    @property
    def fraud(self) -> Fraud:
        """Signals of fraud and holds."""
        ...

    @property
    def claims(self) -> Claims:
        """Claims."""
        ...

    @property
    def pins(self) -> Pins:
        """Accounts that partners named in advance."""
        ...

    @property
    def client_invitations(self) -> ClientInvitations:
        """Invitations to clients by e-mail."""
        ...

    @property
    def promos(self) -> Promos:
        """Promo codes for clients."""
        ...

    @property
    def renewals(self) -> Renewals:
        """Services that end soon."""
        ...
