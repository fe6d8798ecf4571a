"""Malformed envelopes, and the fields that are wrong in each."""

from typing import Any

NOW = "2026-03-02T10:00:00Z"
GOOD: dict[str, Any] = {
    "payment_id": "p1",
    "client_id": "ann",
    "amount": "10.00",
    "currency": "USD",
    "paid_at": NOW,
}
REFUND: dict[str, Any] = {
    "refund_id": "r1",
    "payment_id": "p1",
    "amount": "1.00",
    "refunded_at": NOW,
}
CLIENT: dict[str, Any] = {"client_id": "ann", "name": "Ann", "registered_at": NOW}


def envelope(kind: str = "payment.succeeded", /, **changes: object) -> dict[str, object]:
    data = {"payment.succeeded": GOOD, "payment.refunded": REFUND}.get(kind, CLIENT)
    return {"type": kind, "timestamp": NOW, "data": dict(data) | changes}


def without(name: str) -> dict[str, object]:
    return {key: value for key, value in envelope().items() if key != name}


def line(category: object = "a", amount: object = "10.00") -> dict[str, object]:
    return {"category": category, "amount": amount}


DEEP: Any = "x"
for _ in range(40):
    DEEP = [DEEP]

ENVELOPES: dict[str, tuple[dict[str, object], list[str]]] = {
    "empty object": ({}, ["type", "timestamp", "data"]),
    "no type": (without("type"), ["type"]),
    "no timestamp": (without("timestamp"), ["timestamp"]),
    "no data": (without("data"), ["data"]),
    "null data": (envelope() | {"data": None}, ["data"]),
    "data is a list": (envelope() | {"data": []}, ["data"]),
    "data is a string": (envelope() | {"data": "{}"}, ["data"]),
    "type is a number": (envelope() | {"type": 5}, ["type"]),
    "type is a list": (envelope() | {"type": []}, ["type"]),
    "type is empty": (envelope() | {"type": ""}, ["type"]),
    "unknown type": (envelope() | {"type": "payment.exploded"}, ["type"]),
    "type in capitals": (envelope() | {"type": "PAYMENT.SUCCEEDED"}, ["type"]),
    "timestamp without offset": (envelope() | {"timestamp": "2026-03-02T10:00:00"}, ["timestamp"]),
    "timestamp of seconds": (envelope() | {"timestamp": 1772445600}, ["timestamp"]),
    "timestamp on 30 February": (
        envelope() | {"timestamp": "2026-02-30T10:00:00Z"},
        ["timestamp"],
    ),
    "timestamp ahead": (envelope() | {"timestamp": "2026-03-02T10:05:01Z"}, ["timestamp"]),
    "envelope and data": (
        envelope(amount=1, currency="usd") | {"timestamp": "soon"},
        ["timestamp", "data.amount", "data.currency"],
    ),
    "paid in the future": (envelope(paid_at="2026-03-02T10:05:01Z"), ["data.paid_at"]),
    "paid without offset": (envelope(paid_at="2026-03-02 10:00:00"), ["data.paid_at"]),
    "paid in year 0": (envelope(paid_at="0000-01-01T00:00:00Z"), ["data.paid_at"]),
    "paid at hour 24": (envelope(paid_at="2026-03-01T24:30:00Z"), ["data.paid_at"]),
    "paid at other digits": (envelope(paid_at="٢٠٢٦-٠٣-٠٢T10:00:00Z"), ["data.paid_at"]),
    "paid before time": (envelope(paid_at="0001-01-01T00:00:00+14:00"), ["data.paid_at"]),
    "amount is a number": (envelope(amount=10.0), ["data.amount"]),
    "amount is an integer": (envelope(amount=10), ["data.amount"]),
    "amount is true": (envelope(amount=True), ["data.amount"]),
    "amount is null": (envelope(amount=None), ["data.amount"]),
    "amount is empty": (envelope(amount=""), ["data.amount"]),
    "amount is zero": (envelope(amount="0.00"), ["data.amount"]),
    "amount is negative": (envelope(amount="-1.00"), ["data.amount"]),
    "amount with plus": (envelope(amount="+1.00"), ["data.amount"]),
    "amount with comma": (envelope(amount="1,00"), ["data.amount"]),
    "amount with spaces": (envelope(amount=" 1.00"), ["data.amount"]),
    "amount with underscores": (envelope(amount="1_000"), ["data.amount"]),
    "amount with exponent": (envelope(amount="1e3"), ["data.amount"]),
    "amount is nan": (envelope(amount="NaN"), ["data.amount"]),
    "amount in other digits": (envelope(amount="１２"), ["data.amount"]),
    "amount too exact": (envelope(amount="1.001"), ["data.amount"]),
    "amount of yen with sen": (envelope(amount="1.5", currency="JPY"), ["data.amount"]),
    "amount too large": (envelope(amount="10000000000000.00"), ["data.amount"]),
    "amount ends with a point": (envelope(amount="1."), ["data.amount"]),
    "currency in small letters": (envelope(currency="usd"), ["data.currency"]),
    "currency unknown": (envelope(currency="XXQ"), ["data.currency"]),
    "currency of the past": (envelope(currency="DEM"), ["data.currency"]),
    "id too long": (envelope(payment_id="x" * 129), ["data.payment_id"]),
    "id is a number": (envelope(payment_id=17), ["data.payment_id"]),
    "id is an object": (envelope(payment_id={}), ["data.payment_id"]),
    "id with spaces around": (envelope(client_id=" ann"), ["data.client_id"]),
    "id with a newline": (envelope(client_id="a\nb"), ["data.client_id"]),
    "id of spaces": (envelope(client_id="   "), ["data.client_id"]),
    "id with NUL": (envelope(client_id="a\0b"), ["data.client_id"]),
    "id with direction marks": (envelope(client_id="a\u202eb"), ["data.client_id"]),
    "NUL where nobody reads": (envelope(note="a\0b"), ["data.note"]),
    "NUL in a key": (envelope(**{"a\0b": 1}), ["data"]),
    "half a pair": (envelope(note="\ud800"), ["data.note"]),
    "half a pair in a name": (envelope("client.registered", name="A\udfff"), ["data.name"]),
    "deep where nobody reads": (envelope(note=DEEP), ["data.note" + "[0]" * 30]),
    "settlement unknown": (envelope(settlement="cash"), ["data.settlement"]),
    "exchange rate is a number": (envelope(exchange_rate=1.5), ["data.exchange_rate"]),
    "exchange rate is zero": (envelope(exchange_rate="0"), ["data.exchange_rate"]),
    "exchange rate too exact": (envelope(exchange_rate="1." + "1" * 13), ["data.exchange_rate"]),
    "lines are empty": (envelope(lines=[]), ["data.lines"]),
    "lines are an object": (envelope(lines={}), ["data.lines"]),
    "lines of strings": (envelope(lines=["a"]), ["data.lines"]),
    "lines do not add up": (envelope(lines=[line(amount="9.00")]), ["data.lines"]),
    "lines name a category twice": (envelope(lines=[line(amount="5.00")] * 2), ["data.lines"]),
    "line without category": (envelope(lines=[line(None)]), ["data.lines[0].category"]),
    "line with a number": (envelope(lines=[line(amount=10)]), ["data.lines[0].amount"]),
    "lines and category": (envelope(lines=[line()], category="a"), ["data.category"]),
    "refund of zero": (envelope("payment.refunded", amount="0"), ["data.amount"]),
    "refund of a number": (envelope("payment.refunded", amount=1), ["data.amount"]),
    "refund kind": (envelope("payment.refunded", kind="gift"), ["data.kind"]),
    "name too long": (envelope("client.registered", name="x" * 201), ["data.name"]),
    "name is empty": (envelope("client.registered", name=" "), ["data.name"]),
    "Telegram id is a string": (
        envelope("client.registered", telegram_id="5"),
        ["data.telegram_id"],
    ),
    "Telegram id is true": (envelope("client.registered", telegram_id=True), ["data.telegram_id"]),
    "Telegram id too large": (
        envelope("client.registered", telegram_id=2**53),
        ["data.telegram_id"],
    ),
    "legal form": (envelope("client.registered", legal_form="friend"), ["data.legal_form"]),
    "account is a string": (envelope("client.registered", account="a"), ["data.account"]),
    "account without name": (
        envelope("client.registered", account={"account_id": "a"}),
        ["data.account.name"],
    ),
    "token too long": (envelope("client.registered", click_id="x" * 4_097), ["data.click_id"]),
}
