"""Requisites that the rules of their countries accept; nobody has them."""

from domain.entities.partner import LegalForm
from domain.entities.requisites import Country, Details

REQUISITES = Details(
    country=Country.EU,
    form=LegalForm.LEGAL_ENTITY,
    values={
        "name": "Sample & Partners GmbH",
        "vat": "DE136695976",
        "address": "10115 Berlin, Sample Street 1",
        "signatory": "Managing director A. Sample",
        "iban": "DE89370400440532013000",
        "bic": "COBADEFFXXX",
    },
)
RUSSIAN = Details(
    country=Country.RU,
    form=LegalForm.SELF_EMPLOYED,
    values={
        "name": "Образцов Образец Образцович",
        "inn": "500100732259",
        "address": "101000, г. Москва, ул. Примерная, д. 1",
        "bik": "044525225",
        "bank": "Банк-образец",
        "corr_account": "30101810400000000225",
        "account": "40817810438000000001",
    },
)
