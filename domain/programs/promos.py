"""The home of promo codes in a program file: ``[promo]`` in, its terms out (R36)."""

from types import MappingProxyType

from domain.entities.partner import LegalForm
from domain.programs.model import LANGUAGES
from domain.programs.model_offers import PromoTerms
from domain.programs.reading import Table
from domain.programs.values import integer, member_of, text

BONUSES_MAX = 1_000_000_000
VALID_DAYS_MAX = 3_650
UNIT_LENGTH = 40


def read_promo(root: Table) -> PromoTerms | None:
    """Return what a program gives to the clients that partners bring, ``None`` for nothing."""
    table = root.table("promo")
    if not root.has("promo"):
        return None
    unit = table.table("unit", required=True)
    names = {
        code: unit.need(code, text(most=UNIT_LENGTH), "", what="what is given, such as bonuses")
        for code in LANGUAGES
    }
    unit.close()
    days = table.take_list("remind_days", integer(1, VALID_DAYS_MAX))
    promo = PromoTerms(
        bonuses=table.need(
            "bonuses", integer(1, BONUSES_MAX), 1, what="how many bonuses a client gets"
        ),
        unit=MappingProxyType(names),
        valid_days=table.need(
            "valid_days", integer(1, VALID_DAYS_MAX), 1, what="days from the activation"
        ),
        legal_forms=table.take_list("legal_forms", member_of(LegalForm)) or tuple(LegalForm),
        remind_days=tuple(sorted(set(days), reverse=True)),
    )
    table.close()
    return promo
