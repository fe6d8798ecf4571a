"""The home of the facts of a pay-out document as they are kept: JSON inside the vault."""

from dataclasses import asdict
from datetime import date
from typing import Any

from domain.entities.partner import LegalForm
from domain.entities.payout_document import Contract, Covered, DocumentLine, PayoutDocument
from domain.entities.requisites import Country, Details


def read_contract(written: dict[str, str] | None) -> Contract | None:
    """Return a contract; documents that were made before it was named have none."""
    if written is None:
        return None
    return Contract(number=written["number"], day=date.fromisoformat(written["day"]))


def written_facts(document: PayoutDocument) -> dict[str, object]:
    """Return the facts of a document as JSON has them."""
    contract = document.contract
    return {
        "day": document.day.isoformat(),
        "language": document.language,
        "program": document.program,
        "code": document.code,
        "minor": document.amount.minor,
        "currency": document.amount.currency,
        "partner": _written(document.partner),
        "vendor": _written(document.vendor) if document.vendor else None,
        "purpose": document.purpose,
        "contract": {"number": contract.number, "day": contract.day.isoformat()}
        if contract
        else None,
        "lines": [asdict(line) | {"day": line.day.isoformat()} for line in document.lines],
    }


def _written(details: Details) -> dict[str, object]:
    return {
        "country": details.country.value,
        "form": details.form.value,
        "values": dict(details.values),
    }


def read_details(written: dict[str, Any]) -> Details:
    """Return the requisites of one side."""
    return Details(
        country=Country(written["country"]),
        form=LegalForm(written["form"]),
        values=written["values"],
    )


def read_line(written: dict[str, Any]) -> DocumentLine:
    """Return a line; one that was written before it told the whole has none."""
    return DocumentLine(
        **written | {"kind": Covered(written["kind"]), "day": date.fromisoformat(written["day"])}
    )
