"""The home of renewals: services of clients that end soon (R45)."""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from domain.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """A client's active service with the instant at which it ends unless it is renewed.

    Attributes:
        enrolment_id: Whose client it is.
        service_id: Billing's id of the service.
        service: Its name; hostile text.
        client_id: Our id of the client.
        client: Its name; hostile text.
        renews_at: When the service ends or is renewed.
        price: Of the service, or ``None`` where billing reports none.
    """

    enrolment_id: int
    service_id: str
    service: str
    client_id: int
    client: str
    renews_at: datetime
    price: Money | None = None

    def days_left(self, now: datetime, zone: tzinfo) -> int:
        """Return how many calendar days are left; 0 is today."""
        return (self.renews_at.astimezone(zone).date() - now.astimezone(zone).date()).days
