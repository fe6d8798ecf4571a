"""The home of one's data as files: JSON for programs, HTML to read."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from domain.money import Money
from domain.period import text_of
from handlers.person.screens.export_words import cell, column_title, section_titles
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
    titles = section_titles(language)
    for name, rows in kept.items():
        if rows:
            parts.append(f"<h2>{titles[name]}</h2>{_table(language, name, rows)}")
    return "".join(parts).encode()


def _table(language: Language, section: str, rows: Rows) -> str:
    plain = [_shown(language, section, row) for row in rows]
    names = list(dict.fromkeys(name for row in plain for name in row))
    head = "".join(f"<th>{column_title(language, section, name)}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(row.get(name, ''))}</td>" for name in names) + "</tr>"
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


def _shown(language: Language, section: str, row: Mapping[str, object]) -> dict[str, str]:
    """Return a row as a reader of the language reads it."""
    shown: dict[str, str] = {}
    for name, value in row.items():
        if name == "minor":
            shown["amount"] = language.money(_money(row))
        elif name == "currency" and "minor" in row:
            continue
        elif isinstance(value, datetime):
            shown[name] = language.instant(value)
        elif name != "subject":
            shown[name] = "" if value is None else cell(language, section, name, row)
    return shown


def _money(row: Mapping[str, object]) -> Money:
    return Money(int(str(row["minor"])), str(row["currency"]))
