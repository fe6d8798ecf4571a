"""What can be taken out of the database, kind by kind, in pages by key."""

from storage.exports.kind import ExportKind, count_rows, pages_of
from storage.exports.money import MONEY_EXPORTS
from storage.exports.people import PEOPLE_EXPORTS

__all__ = ["EXPORTS", "ExportKind", "count_rows", "pages_of"]

EXPORTS = {kind.name: kind for kind in (*PEOPLE_EXPORTS, *MONEY_EXPORTS)}
