"""The home of documents in a program file: ``[payout_documents]`` and ``[certificate]``."""

from types import MappingProxyType

from domain.entities.payout_document import DocumentKind, PayoutDocumentTerms
from domain.programs.model import LANGUAGES
from domain.programs.reading import Table
from domain.programs.values import flag, member_of, text

PURPOSE_MAX = 210
"""Characters of a payment's purpose that banks take."""


def read_payout_documents(root: Table) -> PayoutDocumentTerms | None:
    """Return what is made out for each pay-out, ``None`` without the section (R22)."""
    if not root.has("payout_documents"):
        return None
    table = root.table("payout_documents")
    kinds = table.take_list("kinds", member_of(DocumentKind))
    for position, kind in enumerate(kinds):
        if kind in kinds[:position]:
            table.report.add((*table.path, "kinds", position), f"{kind} stands here twice")
    if table.data.get("kinds", []) == []:
        table.report.add((*table.path, "kinds"), "is missing: one or more of invoice, act")
    terms = PayoutDocumentTerms(
        kinds=kinds,
        needs_signed=table.take("signed_copy", flag, default=False),
        purpose=MappingProxyType(_purpose(table)),
    )
    table.close()
    return terms


def _purpose(table: Table) -> dict[str, str]:
    """Return the wording by language; one text is the same in all of them."""
    if not isinstance(table.data.get("purpose"), dict):
        wording = table.need(
            "purpose", text(most=PURPOSE_MAX), "", what="the wording of the payment's purpose"
        )
        return dict.fromkeys(LANGUAGES, wording)
    table.has("purpose")
    purpose = table.table("purpose")
    read = text(most=PURPOSE_MAX)
    words = {
        language: purpose.need(language, read, "", what="the wording in this language")
        for language in LANGUAGES
    }
    purpose.close()
    return words


def read_certificate(root: Table) -> bool:
    """Return whether active partners may have a certificate (R43)."""
    table = root.table("certificate")
    is_on = table.take("issued", flag, default=False)
    table.close()
    return is_on
