"""Short words for the tests of the domain: instants, programs, events, click tokens."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st

import domain.programs
from domain.money import ExchangeRate
from domain.period import text_of
from domain.programs.load import load_program
from domain.programs.model import LANGUAGES, Program

many = settings(deadline=None, max_examples=200)
"""For properties of pure rules."""
any_exchange = st.integers(1, 10**24 - 1).map(ExchangeRate)
INT64_MAX = 2**63 - 1
"""What databases hold."""
PRESETS = Path(domain.programs.__file__).parent / "presets"
TEXTS = "".join(
    f'[texts.{language}]\ntitle = "T"\nsummary = "S"\nrules = "R"\n' for language in LANGUAGES
)


def instant(text: str) -> datetime:
    """Return the UTC instant of ``2026-03-01``, ``2026-03-01 10:00`` or any ISO text."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def cents(text: str) -> int:
    """Return the minor units of a signed amount with two decimals."""
    return int(Fraction(text) * 100)


def written(text: str) -> Program:
    """Return the program of a TOML text, to which the texts for people are added."""
    return load_program(text + TEXTS, source="test.toml")


@cache
def saas_tiers() -> Program:
    """Return the shipped preset: 7 days, 12 months, 10/20/30 % by paying clients, USD."""
    return load_program((PRESETS / "saas-tiers.toml").read_text("utf-8"), source="saas-tiers.toml")


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One event on its way to the product."""

    kind: str
    data: dict[str, object]
    id: str

    def under(self, event_id: str) -> "Sent":
        """Return the same event under another id."""
        return replace(self, id=event_id)

    def but(self, **data: object) -> "Sent":
        """Return the event with other fields."""
        return replace(self, data=self.data | data)


def _sent(kind: str, event_id: str, more: Mapping[str, object], **data: object) -> Sent:
    fields = data | more
    return Sent(kind=kind, data={k: v for k, v in fields.items() if v is not None}, id=event_id)


def clicked(click_id: str, code: str, at: str, **more: object) -> Sent:
    """Build ``click.recorded``."""
    time = text_of(instant(at))
    return _sent(
        "click.recorded", f"e-{click_id}", more, click_id=click_id, code=code, clicked_at=time
    )


def registered(client: str, at: str, **more: object) -> Sent:
    """Build ``client.registered``."""
    return _sent(
        "client.registered",
        f"e-{client}",
        more,
        client_id=client,
        name=client.capitalize(),
        registered_at=text_of(instant(at)),
    )


def opened(account: str, client: str, at: str) -> Sent:
    """Build ``account.created``."""
    return _sent(
        "account.created",
        f"e-{account}",
        {},
        account_id=account,
        client_id=client,
        name=account,
        created_at=text_of(instant(at)),
    )


def deleted(client: str, at: str) -> Sent:
    """Build ``client.deleted``."""
    time = text_of(instant(at))
    return _sent("client.deleted", f"e-deleted-{client}", {}, client_id=client, deleted_at=time)


def service(service: str, client: str, state: str, at: str, **more: object) -> Sent:
    """Build ``service.activated``, ``service.suspended`` or ``service.cancelled``."""
    return _sent(
        f"service.{state}",
        f"e-{service}-{state}-{at}",
        more,
        service_id=service,
        client_id=client,
        account_id=more.get("account_id", f"acc-{client}"),
        category="shared_hosting",
        name="Hosting plan",
        at=text_of(instant(at)),
    )


def paid(payment: str, client: str, amount: str, at: str, **more: object) -> Sent:
    """Build ``payment.succeeded``, in USD where nothing else is said."""
    return _sent(
        "payment.succeeded",
        f"e-{payment}",
        more,
        payment_id=payment,
        client_id=client,
        amount=amount,
        currency=more.get("currency", "USD"),
        paid_at=text_of(instant(at)),
    )


def lines(**amounts: str) -> list[dict[str, str]]:
    """Build the lines of a payment or refund: amount by category."""
    return [{"category": category, "amount": amount} for category, amount in amounts.items()]


def refunded(refund: str, payment: str, amount: str, at: str, **more: object) -> Sent:
    """Build ``payment.refunded``."""
    return _sent(
        "payment.refunded",
        f"e-{refund}",
        more,
        refund_id=refund,
        payment_id=payment,
        amount=amount,
        refunded_at=text_of(instant(at)),
    )


class Tokens:
    """The redirect's tokens without cryptography; what was not written here is forged."""

    def __init__(self) -> None:
        self._written: dict[str, Mapping[str, datetime]] = {}

    def looks_like_one(self, text: str) -> bool:
        return text.startswith("tok.")

    def read(self, text: str) -> Mapping[str, datetime] | None:
        return self._written.get(text)

    def write(self, clicks: Mapping[str, datetime]) -> str:
        text = f"tok.{len(self._written)}"
        self._written[text] = dict(clicks)
        return text
