"""The home of what is printed: a document or a certificate, worded and ready to be drawn.

Pure: it goes in as text, a PDF or a PNG comes out, and equal texts give equal bytes.
Handlers ask ``Charts`` of ``handlers/ui/charts.py``, which draws in a process of its own.
"""

import json
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

MARK = '{"printed": '
"""How its text begins, so that the drawing process tells it from a chart."""


class PrintFormat(StrEnum):
    """As what it is drawn."""

    PDF = "pdf"
    PNG = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two who sign.

    Attributes:
        heading: What it is in the document, such as "Contractor".
        name: Its legal name; empty leaves a line to write on.
        rows: Requisites as label and value.
    """

    heading: str
    name: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDocument:
    """A document on A4; every text is in the reader's language already.

    Attributes:
        title: Kind and number, such as "Act No. 3/2026".
        date: The day of the document.
        lead: Sentences above the table.
        sides: The partner, then the vendor.
        columns: Heads of the table; the last one is a sum and stands to the right.
        rows: Its lines.
        totals: Label and sum, below the table.
        words: The total in words, with what introduces it.
        purpose: Label and wording of the payment's purpose.
        notes: Sentences below.
        signature: Words below the lines: to sign on, and to write the name on.
        page: Such as ``Page {page} of {pages}``.
        code: Text of the QR code; empty draws none.
        code_words: Stands below the code.
        language: Code of the language.
        author: Who is named as author in the file.
        made_at: Instant of making as ISO 8601; part of the file.
        sample: A word across the page, or empty.
    """

    title: str
    date: str
    lead: tuple[str, ...]
    sides: tuple[Side, Side]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[tuple[str, str], ...]
    words: str
    purpose: tuple[str, str]
    notes: tuple[str, ...]
    signature: tuple[str, str]
    page: str
    code: str
    code_words: str
    language: str
    author: str
    made_at: str
    sample: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCertificate:
    """A certificate on A4 across; every text is in the reader's language already.

    Attributes:
        title: The large word.
        lead: Stands above the name.
        name: Whom it is for.
        body: Sentences below the name.
        tier: Name of the tier, or empty.
        facts: Label and value, such as number and date.
        code: Text of the QR code.
        code_words: Stands below the code.
        author: The vendor.
        logo: Path of a picture, or empty.
        language: Code of the language.
        made_at: Instant of making as ISO 8601; part of the file.
        sample: A word across the page, or empty.
    """

    title: str
    lead: str
    name: str
    body: tuple[str, ...]
    tier: str
    facts: tuple[tuple[str, str], ...]
    code: str
    code_words: str
    author: str
    logo: str
    language: str
    made_at: str
    sample: str = ""


def text_of(printed: PrintedDocument | PrintedCertificate, form: PrintFormat) -> str:
    """Return it as text; equal ones have equal texts."""
    kind = type(printed).__name__
    return MARK + json.dumps([kind, form.value, asdict(printed)], ensure_ascii=False) + "}"


def drawn_from(text: str) -> bytes:
    """Return the file of what ``text_of`` wrote.

    Only the process that draws calls it; the drawing library is first imported here.
    """
    from handlers.ui.printed_certificate import drawn_certificate
    from handlers.ui.printed_document import drawn_document
    from handlers.ui.printed_sheet import picture_of

    kind, form, fields = json.loads(text)["printed"]
    if kind == PrintedCertificate.__name__:
        content = drawn_certificate(PrintedCertificate(**_tuples(fields)))
    else:
        partner, vendor = (Side(**_tuples(side)) for side in fields.pop("sides"))
        content = drawn_document(PrintedDocument(**_tuples(fields), sides=(partner, vendor)))
    return picture_of(content) if form == PrintFormat.PNG else content


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with tuples in the place of JSON's lists."""
    return {name: _tuple(value) for name, value in fields.items()}


def _tuple(value: Any) -> Any:  # noqa: ANN401 - whatever JSON has
    return tuple(_tuple(item) for item in value) if isinstance(value, list) else value
