"""The home of requisites: by which a partner or the vendor is named and paid on documents."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.entities.partner import LegalForm


class Country(StrEnum):
    """Whose rules the requisites follow."""

    RU = "RU"
    BG = "BG"
    UA = "UA"
    EU = "EU"
    """Another country of the European Union or the SEPA area, told by its IBAN."""


_RU_BANK = ("bik", "bank", "corr_account", "account")
_BY_IBAN = ("iban", "bic")
_L, _P, _S, _I = (
    LegalForm.LEGAL_ENTITY,
    LegalForm.SOLE_PROPRIETOR,
    LegalForm.SELF_EMPLOYED,
    LegalForm.INDIVIDUAL,
)
_RU_PERSON = ("name", "inn", "address", *_RU_BANK)
_BG_PERSON = ("name", "egn", "address", *_BY_IBAN)
_UA_PERSON = ("name", "rnokpp", "address", "iban", "bank")
_EU_PERSON = ("name", "address", *_BY_IBAN)
FIELDS: Final[Mapping[tuple[Country, LegalForm], tuple[str, ...]]] = {
    (Country.RU, _L): ("name", "inn", "kpp", "ogrn", "address", "signatory", *_RU_BANK),
    (Country.RU, _P): ("name", "inn", "ogrnip", "address", *_RU_BANK),
    (Country.RU, _S): _RU_PERSON,
    (Country.RU, _I): _RU_PERSON,
    (Country.BG, _L): ("name", "eik", "vat", "address", "signatory", *_BY_IBAN),
    (Country.BG, _P): ("name", "eik", "vat", "address", *_BY_IBAN),
    (Country.BG, _S): _BG_PERSON,
    (Country.BG, _I): _BG_PERSON,
    (Country.UA, _L): ("name", "edrpou", "address", "signatory", "iban", "bank"),
    (Country.UA, _P): _UA_PERSON,
    (Country.UA, _S): _UA_PERSON,
    (Country.UA, _I): _UA_PERSON,
    (Country.EU, _L): ("name", "vat", "address", "signatory", *_BY_IBAN),
    (Country.EU, _P): ("name", "vat", "address", *_BY_IBAN),
    (Country.EU, _S): _EU_PERSON,
    (Country.EU, _I): _EU_PERSON,
}
"""What is asked of whom, in the order of asking; later fields are checked against earlier ones."""
OPTIONAL: Final = frozenset({"vat"})
"""Fields that may be left out."""
SHORT: Final = 6
"""A value that is no longer than this is hidden whole."""
OPEN: Final = frozenset({"name", "bank", "signatory"})
"""Fields that a screen shows in full; the others are masked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """The requisites themselves.

    Attributes:
        country: Whose rules they follow.
        form: The legal form.
        values: By the names of ``FIELDS``; what was left out is not there.
    """

    country: Country
    form: LegalForm
    values: Mapping[str, str] = field(repr=False)

    @property
    def name(self) -> str:
        """The legal name."""
        return self.values.get("name", "")

    @property
    def account(self) -> str:
        """Where to pay, as one line; the same requisites give the same line."""
        if "iban" in self.values:
            return f"IBAN {self.values['iban']}, {self.name}"[:200]
        account, bik = self.values.get("account", ""), self.values.get("bik", "")
        return f"{account}, BIK {bik}, {self.name}"[:200]

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What is filled in, in the order of asking."""
        names = FIELDS[self.country, self.form]
        return tuple((name, self.values[name]) for name in names if self.values.get(name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Requisites:
    """A partner's requisites as they are now.

    Attributes:
        partner_id: The partner.
        details: What was filled in.
        saved_by: Telegram id of the admin who did.
        saved_at: When.
    """

    partner_id: int
    details: Details
    saved_by: int
    saved_at: datetime


def masked(name: str, value: str) -> str:
    """Return a value for a screen: all but its end is hidden, unless anybody may read it."""
    if name in OPEN:
        return value
    return f"•••• {value[-4:]}" if len(value) > SHORT else "••••"
