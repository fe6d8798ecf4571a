"""A wrong program file, where it says what an application asks: each mistake is named (R32)."""

import pytest

from tests.domain.program_files import WHOLE, changed, line_with, problems_of

FIELDS = 'fields = ["company_name", "inn", "bank_account", "bik", "email"]'

# old text, new text, key, a mark on the line that is named, part of the message
WRONG = [
    ('"AC-{year}-{n}"', '"AC-{year}"', "joining.contract_number", "AC-", "must stand in it once"),
    ('"AC-{year}-{n}"', '"AC {n}"', "joining.contract_number", "AC ", "only letters, digits"),
    ('"AC-{year}-{n}"', '"{n}-{n}"', "joining.contract_number", "{n}-{n}", "once"),
    ("review_days = 5", "review_days = 0", "joining.review_days", "review_days", "from 1 to 365"),
    ("reapply_days = 10", "reapply_days = -1", "joining.reapply_days", "reapply", "from 0 to 365"),
    ("draft_days = 60", 'draft_days = "60"', "joining.draft_days", "draft_days", "this is text"),
    ('receiver = "Partner department"', "", "joining.originals.receiver", "originals]", "receiv"),
    ("before_approval = false", "before_approval = 1", "joining.originals.before_approval",
     "before_approval", "true or false is needed"),
    ('edo_operator_id = "2BM-77"', 'edo = "2BM-77"', "joining.originals.edo", "edo =", "edo_op"),
    ('country = "RU"', 'country = "XX"', "joining.forms[1].country", '"XX"', "RU, UA, BG"),
    ('"company_name", "inn"', '"inn"', "joining.forms[1].fields", "fields =", "names the"),
    ('"bik", "email"]', '"bik"]', "joining.forms[1].fields", "fields =", "must reach"),
    ('"company_name", "inn"', '"company_name", "eik"', "joining.forms[1].fields", "fields =",
     'eik is a number of BG, and country is "RU"'),
    ('"full_name", "phone"]', '"full_name", "phone", "inn"]', "joining.forms[2].fields",
     '"full_name", "phone"', "inn is a number of RU, and no country is stated"),
    ('"bank_account", "bik"', '"bik"', "joining.forms[1].fields", "fields =", "both or neither"),
    ('"company_name", "inn"', '"company_name", "in"', "joining.forms[1].fields[2]", "fields =",
     "did you mean inn?"),
    ('optional_fields = ["brand"]', 'optional_fields = ["inn"]',
     "joining.forms[1].optional_fields[1]", "optional_fields", "inn is named twice"),
    ('papers = ["charter"]', 'papers = ["chart"]', "joining.forms[1].papers[1]", '"chart"',
     "did you mean charter?"),
    ('employee_papers = ["power_of_attorney"]', 'employee_papers = ["charter"]',
     "joining.forms[1].employee_papers[1]", "employee_papers", "asked of everybody already"),
    ('"company_name", "inn"', '"company_name", "employee_name", "inn"', "joining.forms[1].fields",
     "fields =", "asked by itself where employee_papers are named"),
    (FIELDS, "", "joining.forms[1].fields", "[[joining.forms]]", "is missing: what an applicant"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "mark", "message"), WRONG)
def test_a_mistake_is_named_alone_with_its_line(
    old: str, new: str, key: str, mark: str, message: str
) -> None:
    text = changed(old, new)

    (problem,) = problems_of(text)

    assert (problem.key, problem.line) == (key, line_with(mark, text))
    assert message in problem.message


def test_only_an_application_has_its_keys() -> None:
    text = changed('mode = "application"', 'mode = "accept_rules"')

    problems = problems_of(text)

    assert {problem.key for problem in problems} >= {
        "joining.contract_number",
        "joining.originals",
        "joining.forms[1].fields",
        "joining.forms[2].optional_papers",
    }
    assert all("has no use" in problem.message for problem in problems)


def test_an_application_needs_legal_forms() -> None:
    start, end = WHOLE.index("[[joining.forms]]"), WHOLE.index("[attribution]")

    (problem,) = problems_of(WHOLE[:start] + WHOLE[end:])

    assert problem.key == "joining.forms"
    assert "at least one [[joining.forms]]" in problem.message


def test_originals_need_a_way() -> None:
    text = changed('edo_operator_id = "2BM-77"\naddress = "1 Sample street"\n', "")

    (problem,) = problems_of(text)

    assert problem.key == "joining.originals"
    assert "edo_operator_id, address or both" in problem.message
