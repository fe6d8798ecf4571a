"""Program files for the tests, and what the loader says about them."""

import pytest

from domain.programs.load import load_program
from domain.programs.model import LANGUAGES
from domain.programs.problems import Problem, ProgramFileInvalid

HEAD = """\
[program]
key = "acme"
currency = "USD"
version = 3
version_date = 2026-01-31
landing_url = "https://shop.example/start"

[joining]
mode = "application"
contract_number = "AC-{year}-{n}"
review_days = 5
reapply_days = 10
draft_days = 60

[joining.originals]
edo_operator_id = "2BM-77"
address = "1 Sample street"
receiver = "Partner department"
before_approval = false

[[joining.forms]]
key = "legal_entity"
country = "RU"
fields = ["company_name", "inn", "bank_account", "bik", "email"]
optional_fields = ["brand"]
papers = ["charter"]
employee_papers = ["power_of_attorney"]

[[joining.forms]]
key = "individual"
fields = ["full_name", "phone"]
optional_papers = ["passport"]

[attribution]
window_days = 30
model = "last_click"

[tiers]
basis = "active_clients"
levels = [
    { key = "bronze", from = 3 },
    { key = "silver", from = 6 },
]

[commission]
duration_months = 12
hold_days = 14
rates = [
    { rate = "5%" },
    { category = "domains", rate = "2.5%" },
    { tier = "silver", rate = "10%" },
    { tier = "silver", settlement = "via_partner", rate = "50%" },
    { tier = "silver", from_month = 6, rate = "7%" },
]

[payout]
minimum = "50.00"

[conversion]
bonus = "20%"
bonus_base = "amount"
"""

TEXTS = "".join(
    f"""
[texts.{language}]
title = "Title {language}"
summary = "Summary {language}"
rules = "Rules {language}"
client_offer = "Offer {language}"
excluded_promotion = "Spam {language}"

[texts.{language}.tiers]
bronze = "Bronze {language}"
silver = "Silver {language}"
"""
    for language in LANGUAGES
)
WHOLE = HEAD + TEXTS

LEAST = """\
[program]
key = "least"
currency = "JPY"
[payout]
minimum = "50"
""" + "".join(
    f'[texts.{language}]\ntitle = "T"\nsummary = "S"\nrules = "R"\n' for language in LANGUAGES
)


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(ProgramFileInvalid) as caught:
        load_program(text, source="acme.toml")
    return caught.value.problems


def changed(old: str, new: str, *, text: str = WHOLE) -> str:
    assert old in text
    return text.replace(old, new, 1)


def line_with(mark: str, text: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if mark in line)
