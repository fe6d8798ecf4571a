"""A program whose partners name clients in advance, its two partners, and what is seen of pins."""

from sqlalchemy import select

from domain.entities.pin import PinStatus, PinView
from domain.period import text_of
from storage.tables import notices, outbound_events, pins
from tests.domain.builders import written
from tests.usecases.app import App

WIDGETS = written(
    """
    [program]
    key = "widgets"
    currency = "USD"
    [commission]
    rates = [{ rate = "40%" }]
    [payout]
    minimum = "10.00"
    [pinning]
    per_day = 5
    confirm_days = 7
    after_refusal = "refused"
    after_silence = "commission_only"
    account_format = "[a-z0-9-]{2,20}"
    account_example = "acme-1"
    [entitlements]
    free_products = true
    """
)


async def pin(app: App, name: str, account: str) -> PinView:
    """Let a partner name the account of a client."""
    return await app.use.pin_client(await app.private(name), account)


async def account(app: App, account_id: str) -> tuple[str | None, bool]:
    """Return the partner code of an account and whether it is protected, as the API reads it."""
    found = await app.use.report_client.of_account(account_id)
    assert found
    view = found[0]
    return next((code for code in view.codes if code), None), view.is_protected


async def registers(app: App, client: str, account_id: str | None = None, **more: object) -> None:
    """Let billing report a client, with its account if there is one."""
    data: dict[str, object] = {
        "client_id": client,
        "name": client.title(),
        "registered_at": text_of(app.now),
        **more,
    }
    if account_id:
        data["account"] = {"account_id": account_id, "name": account_id}
    result = await app.reports("client.registered", **data)
    assert result.status == "applied", result


async def told(app: App, kind: str) -> list[dict[str, object]]:
    """Return what the notices of a kind say, in their order."""
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(notices.c.params).where(notices.c.kind == kind).order_by(notices.c.id)
        )
        return [row.params for row in rows]


async def webhooks(app: App, kind: str) -> list[dict[str, object]]:
    """Return what the outbound events of a kind say, in their order."""
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(outbound_events.c.data)
            .where(outbound_events.c.type == kind)
            .order_by(outbound_events.c.id)
        )
        return [row.data for row in rows]


async def statuses(app: App) -> list[tuple[str, PinStatus]]:
    """Return each pinned account with the state of its pin, in their order."""
    async with app.engines.reads.connect() as connection:
        rows = await connection.execute(
            select(pins.c.account_id, pins.c.status).order_by(pins.c.id)
        )
        return [(row.account_id, row.status) for row in rows]


async def two_join(app: App) -> None:
    """Offer the program and let Ann and Bob be its partners."""
    app.offers(WIDGETS)
    for name in ("ann", "bob"):
        await app.joins(name, "widgets")
