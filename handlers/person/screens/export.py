"""The home of one's data as files: JSON for programs, HTML to read."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from domain.money import Money
from domain.period import text_of
from handlers.ui.language import Language

Rows = Sequence[Mapping[str, object]]
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;margin:2em auto;max-width:60em;padding:0 1em;"
    "color:#1c2733;background:#fff}h2{margin:1.6em 0 .4em;font-size:1.1em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3em .6em;"
    "border-bottom:1px solid #dde4ec;vertical-align:top;overflow-wrap:anywhere}th{color:#5b6b7c}"
)


def as_json(kept: Mapping[str, Rows], at: datetime) -> bytes:
    """Return the data as JSON, with its names as they are kept."""
    data = {name: [_plain(row) for row in rows] for name, rows in kept.items() if rows}
    text = json.dumps({"exported_at": text_of(at), **data}, ensure_ascii=False, indent=2)
    return text.encode()


def as_html(language: Language, kept: Mapping[str, Rows], at: datetime) -> bytes:
    """Return the data as a page that needs nothing else; every value is escaped."""
    say = language.say
    title = say("What is stored about you")
    parts = [
        f'<!doctype html><html lang="{language.code}"><meta charset="utf-8">',
        f'<meta name="viewport" content="width=device-width"><title>{title}</title>',
        f"<style>{STYLE}</style><h1>{title}</h1><p>{escape(language.instant(at))}</p>",
    ]
    titles = _titles(language)
    for name, rows in kept.items():
        if rows:
            parts.append(f"<h2>{titles.get(name, escape(name))}</h2>{_table(language, rows)}")
    return "".join(parts).encode()


def _table(language: Language, rows: Rows) -> str:
    labels = _labels(language)
    plain = [_shown(language, row) for row in rows]
    names = list(plain[0])
    head = "".join(f"<th>{labels.get(name, escape(name))}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(row[name])}</td>" for name in names) + "</tr>"
        for row in plain
    )
    return f"<table><tr>{head}</tr>{body}</table>"


def _plain(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row as JSON has it: instants in RFC 3339, amounts as decimals."""
    plain: dict[str, object] = {}
    for name, value in row.items():
        if name == "minor":
            plain["amount"] = str(_money(row))
        elif isinstance(value, datetime):
            plain[name] = text_of(value)
        else:
            plain[name] = value if isinstance(value, str | int | float | None) else str(value)
    return plain


def _shown(language: Language, row: Mapping[str, object]) -> dict[str, str]:
    """Return a row as a reader of the language reads it."""
    shown: dict[str, str] = {}
    for name, value in row.items():
        if name == "minor":
            shown["amount"] = language.money(_money(row))
        elif name == "currency" and "minor" in row:
            continue
        elif isinstance(value, datetime):
            shown[name] = language.instant(value)
        else:
            shown[name] = "" if value is None else str(value)
    return shown


def _money(row: Mapping[str, object]) -> Money:
    return Money(int(str(row["minor"])), str(row["currency"]))


def _titles(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "person": say("You in Telegram"),
        "settings": say("Your settings"),
        "client": say("As a client"),
        "client_ids": say("Your client IDs"),
        "client_accounts": say("Your accounts with the vendor"),
        "pins": say("Partners that named your account"),
        "referrals": say("Programs you came through"),
        "payments": say("Your payments"),
        "membership": say("As a partner’s member"),
        "vendor_account": say("Own account with the vendor"),
        "enrolments": say("Programs you take part in"),
        "balance": say("The books"),
        "payouts": say("Pay-outs you asked for"),
        "payout_accounts": say("Where scheduled pay-outs go"),
        "questions": say("What you wrote in questions"),
        "applications": say("What you said in applications"),
        "papers": say("Papers you handed in"),
        "address": say("Your e-mail address"),
        "promo_codes": say("Your promo codes"),
        "team_invitations": say("Colleagues you invited"),
        "invited_clients": say("Clients you invited"),
        "staff": say("As staff"),
        "notices": say("Messages sent to you"),
        "actions": say("What you did, as the audit trail keeps it"),
    }


def _labels(language: Language) -> dict[str, str]:
    say = language.say
    return {
        "id": "ID",
        "name": say("Name"),
        "username": say("Username"),
        "language": say("Language"),
        "created_at": say("Created"),
        "email": say("E-mail"),
        "phone": say("Phone"),
        "given_at": say("Given"),
        "activated_at": say("Activated"),
        "expires_at": say("Valid until"),
        "accepted_at": say("Accepted"),
        "revoked_at": say("Taken back"),
        "registered_at": say("Registered"),
        "earns_until": say("Earns until"),
        "amount": say("Amount"),
        "paid_at": say("Paid"),
        "account": say("Account"),
        "comment": say("Comment"),
        "status": say("Status"),
        "confirmed_at": say("Confirmed"),
        "media_type": say("Kind of file"),
        "size_bytes": say("Bytes"),
        "requested_at": say("Asked for"),
        "role": say("Role"),
        "joined_at": say("Joined"),
        "program": say("Program"),
        "partner": say("Partner"),
        "code": say("Code"),
        "number": say("Number"),
        "text": say("Words"),
        "tier": say("Tier"),
        "kind": say("Kind"),
        "sent_at": say("Sent"),
        "at": say("When"),
        "action": say("What"),
    }
