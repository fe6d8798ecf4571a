"""The home of [vendor] in config.toml: by which the vendor stands on documents."""

from bot.config_model import VendorConfig
from domain.entities.partner import LegalForm
from domain.entities.requisites import FIELDS, Country
from domain.programs.reading import Table
from domain.programs.values import Read, Unfit, member_of, text
from domain.rules.requisites import BadRequisite, check_field

_MISTAKES = {
    "signs": "may have letters and digits only",
    "length": "has another number of digits",
    "words": "is no such text, or of a strange length",
    "checksum": "is no such number: a digit is wrong or missing",
    "bank": "does not go together with the bank",
    "country": "is of another country",
}


def read_vendor(table: Table) -> VendorConfig:
    """Return the vendor's requisites, each checked by the rules of its country."""
    country = table.take("country", member_of(Country), Country.RU)
    form = table.take("legal_form", member_of(LegalForm), LegalForm.LEGAL_ENTITY)
    good: dict[str, str] = {}
    for name in FIELDS[country, form]:
        value = table.take(name, _field(name, country, form, good), "")
        if value:
            good[name] = value
    for name in sorted({name for names in FIELDS.values() for name in names} - set(good)):
        if name not in FIELDS[country, form] and table.take(name, text(blank=True), ""):
            table.report.add((*table.path, name), f"is not asked of a {form} of {country}")
    table.close()
    return VendorConfig(country=country, legal_form=form, **good)


def _field(name: str, country: Country, form: LegalForm, known: dict[str, str]) -> Read[str]:
    def read(value: object) -> str:
        typed = text(most=300, blank=True)(value)
        if not typed:
            return ""
        try:
            return check_field(name, typed, country=country, form=form, known=known)
        except BadRequisite as bad:
            raise Unfit(_MISTAKES[str(bad.facts["why"])]) from None

    return read
