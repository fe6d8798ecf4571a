"""The home of the demo's clients: what each pays for, and what billing would have reported."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.period import text_of

Told = tuple[datetime, str, str, dict[str, object]]
"""When, id, kind and data of an event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleClient:
    """A client of a sample partner.

    Attributes:
        number: Makes its ids.
        name: Its name; people see that it is a sample.
        days: How long ago it registered.
        bills: What it pays, a month apart, from the second day on.
        category: Of its service, ``None`` where the program has no categories.
        settlement: Who collects its money.
        is_gone: Its service has ended.
    """

    number: int
    name: str
    days: int
    bills: tuple[str, ...] = ()
    category: str | None = None
    settlement: str = "direct"
    is_gone: bool = False


def _clients(*rows: tuple[str, int, str, int]) -> tuple[SampleClient, ...]:
    """Return clients that pay the same bill so many months."""
    return tuple(
        SampleClient(number=number, name=name, days=days, bills=(bill,) * months)
        for number, (name, days, bill, months) in enumerate(rows, start=1)
    )


CRM = _clients(
    ("Bluebird Flowers", 210, "120.00", 7),
    ("Corner Bakery", 185, "240.00", 6),
    ("Granite Gym", 160, "180.50", 5),
    ("Lighthouse Books", 130, "99.90", 4),
    ("Maple Dental", 100, "310.00", 3),
    ("North Star Travel", 62, "150.00", 2),
    ("Quiet Garden", 20, "75.00", 1),
    ("River Yoga", 5, "0", 0),
)
"""Six pay since the sixth came: the second tier is reached on the way."""
_CATEGORIES = ("shared_hosting", "cloud_vps", "domains_ssl", "dedicated")
_HOSTED = (
    *("Alpine Ski", "Birch Law", "Cedar Clinic", "Delta Logistics", "Echo Studio", "Fern Cafe"),
    *("Gull Charter", "Hazel School", "Iris Optics", "Jade Spa", "Kite Sports", "Lark Music"),
)
HOSTING = tuple(
    SampleClient(
        number=number,
        name=name,
        days=190 - 12 * number,
        bills=(f"{20 + 15 * number}.00",) * max(1, (190 - 12 * number) // 31),
        category=_CATEGORIES[number % 4],
        is_gone=name == "Jade Spa",
    )
    for number, name in enumerate(_HOSTED, start=1)
)
"""Eleven are active: Gold."""
WIDGETS = tuple(
    SampleClient(
        number=number,
        name=name,
        days=150 - 20 * number,
        bills=(f"{2_000 + 700 * number}.00",) * (1 + number % 3),
        settlement="direct" if number % 2 else "via_partner",
    )
    for number, name in enumerate(("Mint Boutique", "Nova Toys", "Opal Jewels", "Pine Tools"), 1)
)
CLOUD = _clients(
    ("Quartz Analytics", 120, "18000.00", 4),
    ("Raven Games", 75, "9500.00", 2),
    ("Solar Delivery", 15, "4200.00", 1),
)


def events_of(
    client: SampleClient, prefix: str, code: str, currency: str, now: datetime
) -> list[Told]:
    """Return all that billing reports of a client, each at its own time."""
    registered = now - timedelta(days=client.days)
    key = f"{prefix}-{client.number}"
    account = f"{prefix}-account-{client.number}"
    found: list[Told] = [
        (
            registered,
            f"sample-client-{key}",
            "client.registered",
            {
                "client_id": key,
                "name": f"{client.name} (sample)",
                "email": f"{key}@example.com",
                "registered_at": text_of(registered),
                "referral_code": code,
                "account": {"account_id": account, "name": client.name},
            },
        )
    ]
    found += _service(client, key, account, registered, now, currency)
    for month, bill in enumerate(client.bills):
        paid = registered + timedelta(days=2 + 30 * month)
        data: dict[str, object] = {
            "payment_id": f"{key}-{month + 1}",
            "client_id": key,
            "account_id": account,
            "amount": bill,
            "currency": currency,
            "paid_at": text_of(paid),
            "settlement": client.settlement,
        }
        if client.category is not None:
            data["category"] = client.category
        found.append((paid, f"sample-payment-{key}-{month + 1}", "payment.succeeded", data))
    return [told for told in found if told[0] <= now]


def _service(
    client: SampleClient,
    key: str,
    account: str,
    registered: datetime,
    now: datetime,
    currency: str,
) -> list[Told]:
    """Return what becomes of the client's service."""
    if client.category is None and not client.bills:
        return []
    name = (client.category or "subscription").replace("_", " ").capitalize()
    data: dict[str, object] = {
        "client_id": key,
        "account_id": account,
        "service_id": f"{key}-service",
        "category": client.category or "subscription",
        "name": f"{name} (sample)",
        "price": client.bills[-1],
        "currency": currency,
        "renews_at": text_of(now + timedelta(days=3 + 4 * client.number)),
    }
    begun = registered + timedelta(hours=1)
    found: list[Told] = [
        (begun, f"sample-service-{key}", "service.activated", data | {"at": text_of(begun)})
    ]
    if client.is_gone:
        at = now - timedelta(days=1)
        ended = {name: value for name, value in data.items() if name != "renews_at"}
        told = (at, f"sample-end-{key}", "service.cancelled", ended | {"at": text_of(at)})
        found.append(told)
    return found


def refund_of(
    client: SampleClient, prefix: str, now: datetime
) -> tuple[str, str, dict[str, object]]:
    """Return a refund of half of the client's first payment."""
    key = f"{prefix}-{client.number}-1"
    data: dict[str, object] = {
        "refund_id": f"refund-{key}",
        "payment_id": key,
        "amount": "120.00",
        "refunded_at": text_of(now),
    }
    return f"sample-refund-{key}", "payment.refunded", data
