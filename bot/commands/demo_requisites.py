"""The home of the demo's requisites: right by every check digit, and nobody's."""

from domain.entities.partner import LegalForm
from domain.entities.requisites import Country, Details

SAMPLE_REQUISITES = Details(
    country=Country.RU,
    form=LegalForm.LEGAL_ENTITY,
    values={
        "name": "Sample Integrators LLC",
        "inn": "9900000017",
        "kpp": "990001001",
        "ogrn": "1990000000000",
        "address": "100000 Sample City, 1 Sample street",
        "signatory": "Director G. Sample",
        "bik": "044525225",
        "bank": "Sample bank",
        "corr_account": "30101810400000000225",
        "account": "40702810200000000001",
    },
)
"""Of the sample widget partner, so that its pay-outs come with their documents."""
