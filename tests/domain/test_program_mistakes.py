"""A wrong program file: every mistake is named with key, line and what is allowed."""

import pytest

from domain.programs.load import load_program
from domain.programs.model import LANGUAGES
from domain.programs.problems import ProgramFileInvalid
from tests.domain.builders import PRESETS
from tests.domain.program_files import LEAST, WHOLE, changed, line_with, problems_of

LEVELS = WHOLE[WHOLE.index("levels = [") : WHOLE.index("]", WHOLE.index("levels = [")) + 1]

# old text, new text, key, a mark on the line that is named, part of the message
WRONG = [
    # names
    ('key = "acme"', 'kye = "acme"', "program.kye", "kye", "unknown key; did you mean key?"),
    ('mode = "application"', "x = 1", "joining.x", "x = 1", "allowed: mode"),
    ("hold_days = 14", "holddays = 1", "commission.holddays", "holddays", "mean hold_days?"),
    ("[joining]", "[joinning]", "joinning", "[joinning]", "did you mean joining?"),
    ('bronze", from = 3', 'bronze", from = 3, to = 5', "tiers.levels[1].to", "to =", "key, from"),
    ('tier = "silver", rate', 'teir = "silver", rate', "commission.rates[3].teir", "teir", "r?"),
    ('title = "Title ru"', 'title = "T"\nname = "x"', "texts.ru.name", "name =", "unknown key"),
    ("[conversion]", "[payout.extra]\n[conversion]", "payout.extra", "payout.extra", "minimum"),
    # who it is
    ('"acme"', '"Acme"', "program.key", "Acme", "a small Latin letter"),
    ('"acme"', '"9acme"', "program.key", "9acme", "a small Latin letter"),
    ('"acme"', '"ac me"', "program.key", "ac me", "a small Latin letter"),
    ('"acme"', f'"{"a" * 65}"', "program.key", "aaaa", "up to 64"),
    ('"acme"', '""', "program.key", "key", "must not be empty"),
    ('"acme"', "12", "program.key", "key", "text in quotes is needed, this is a whole number"),
    ('"USD"', '"usd"', "program.currency", "usd", "'usd': an ISO 4217 code"),
    ('"USD"', '"USX"', "program.currency", "USX", "unknown currency 'USX'"),
    ("version = 3", "version = 0", "program.version", "version = 0", "0 is not allowed: from 1"),
    ("version = 3", "version = true", "program.version", "version", "this is true or false"),
    ("version = 3", "version = 1.5", "program.version", "version", "a number with a fraction"),
    ("2026-01-31", '"2026-01-31"', "program.version_date", "version_date", "without quotes"),
    ("2026-01-31", "2026-01-31T10:00:00", "program.version_date", "T10", "a date with time"),
    ("https://shop", "ftp://shop", "program.landing_url", "ftp", "begins with https:// or http://"),
    ("https://shop", "https://me:pw@shop", "program.landing_url", "me:pw", "begins with https://"),
    ("https://shop.example/start", "https://", "program.landing_url", "landing", "begins with"),
    ("https://shop.example", "http://a:99999", "program.landing_url", "99999", "begins with"),
    ("https://shop", "https://магазин", "program.landing_url", "landing_url", "not Latin"),
    # how partners and clients come in
    ('"application"', '"aply"', "joining.mode", "aply", "allowed: accept_rules, application"),
    ("window_days = 30", "window_days = 0", "attribution.window_days", "= 0", "from 1 to"),
    ("window_days = 30", 'window_days = "7"', "attribution.window_days", '"7"', "this is text"),
    ('"last_click"', '"last_clik"', "attribution.model", "clik", "did you mean last_click?"),
    # levels of partners
    ('"active_clients"', '"clients"', "tiers.basis", '"clients"', "active_clients"),
    ("from = 6", "from = 3", "tiers.levels[2].from", "silver", "3 overlaps the tier before"),
    ("from = 6", "from = 2", "tiers.levels[2].from", "silver", "begins at 3: write the tiers low"),
    ("from = 3", "from = 0", "tiers.levels[1].from", "bronze", "0 is not allowed: from 1"),
    (", from = 6", "", "tiers.levels[2].from", "silver", "is missing: the count of clients"),
    ('{ key = "silver", from = 6 }', "6", "tiers.levels[2]", "    6", "a table is needed"),
    (LEVELS, "levels = 1", "tiers.levels", "levels = 1", "a list in [] is needed"),
    # what is earned
    ("duration_months = 12", "duration_months = 0", "commission.duration_months", "= 0", "from 1"),
    ("hold_days = 14", "hold_days = -1", "commission.hold_days", "-1", "-1 is not allowed"),
    ("hold_days = 14", "hold_days = 366", "commission.hold_days", "366", "from 0 to 365"),
    ('"10%"', '"100.01%"', "commission.rates[3].rate", "100.01", "is over 100 %"),
    ('"10%"', '"130%"', "commission.rates[3].rate", "130", "from 0% to 100% is allowed"),
    ('"10%"', '"1.255%"', "commission.rates[3].rate", "1.255", "at most two decimals"),
    ('"10%"', '"10"', "commission.rates[3].rate", '"10"', "a percentage such as"),
    ('"10%"', '"-1%"', "commission.rates[3].rate", "-1%", "from 0% to 100%"),
    ('"10%"', '"١٠%"', "commission.rates[3].rate", "١٠", "a percentage such as"),
    ('"10%"', "0.1", "commission.rates[3].rate", "0.1", 'text such as "10%", in quotes'),
    (', rate = "10%"', "", "commission.rates[3].rate", '"silver" }', "is missing"),
    ('{ tier = "silver", rate', '{ tier = "slver", rate', "commission.rates[3].tier", "slver",
     "unknown tier 'slver'; did you mean silver? allowed: bronze, silver, *"),
    ('"via_partner"', '"partner"', "commission.rates[4].settlement", '"partner"', "via_partner?"),
    ("from_month = 6", "from_month = -1", "commission.rates[5].from_month", "-1", "from 0"),
    ("from_month = 6", "from_month = 12", "commission.rates[5].from_month", "= 12, rate", "never"),
    ('category = "domains"', 'category = ""', "commission.rates[2].category", '""', "empty"),
    ('"domains"', '" domains"', "commission.rates[2].category", '" domains', "spaces around"),
    ('"domains"', '"a\\u0000b"', "commission.rates[2].category", "u0000", "control character"),
    ('category = "domains", ', "", "commission.rates[2]", '"2.5%"', "is as specific as row 1"),
    (', settlement = "via_partner"', "", "commission.rates[4]", '"50%"', "specific as row 3"),
    (", from_month = 6", ", from_month = 0", "commission.rates[5]", '"7%"', "specific as row 3"),
    # what comes of it
    ('"50.00"', "50.00", "payout.minimum", "minimum = 50.00", "an amount in quotes is needed"),
    ('"50.00"', '"0.00"', "payout.minimum", '"0.00"', "above zero"),
    ('"50.00"', '"-5"', "payout.minimum", '"-5"', "above zero, with at most 2 decimals"),
    ('"50.00"', '"50.001"', "payout.minimum", "50.001", "no amount in USD"),
    ('"50.00"', '"50,00"', "payout.minimum", "50,00", "no amount in USD"),
    ('minimum = "50.00"', "", "payout.minimum", "[payout]", "is missing: an amount"),
    ('bonus = "20%"', 'bonus = "120%"', "conversion.bonus", "120%", "is over 100 %"),
    ('bonus = "20%"', "", "conversion.bonus", "[conversion]", "is missing: a percentage"),
    ('"amount"', '"paid"', "conversion.bonus_base", '"paid"', "allowed: payment, amount"),
    # what people read
    ('title = "Title ru"', "", "texts.ru.title", "[texts.ru]", "is missing: the name"),
    ('summary = "Summary bg"', 'summary = " "', "texts.bg.summary", '" "', "must not be empty"),
    ('rules = "Rules en"', "rules = []", "texts.en.rules", "rules = []", "this is a list"),
    ('title = "Title en"', 'title = "a\\nb"', "texts.en.title", "a\\nb", "line break"),
    ('"Title en"', f'"{"т" * 101}"', "texts.en.title", "ттт", "101 characters are too many"),
    ('"Rules en"', f'"{"т" * 3001}"', "texts.en.rules", "ттт", "at most 3000"),
    ('silver = "Silver en"', 'gold = "Gold"', "texts.en.tiers.gold", "gold", "bronze, silver"),
    ('silver = "Silver en"', 'silver = ""', "texts.en.tiers.silver", 'silver = ""', "empty"),
    ("[texts.bg.tiers]", "[texts.de]\n[texts.bg.tiers]", "texts.de", "de]", "en, ru, uk, bg"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "mark", "message"), WRONG)
def test_a_mistake_is_named_with_its_line(
    old: str, new: str, key: str, mark: str, message: str
) -> None:
    text = changed(old, new)

    problems = [problem for problem in problems_of(text) if problem.key == key]

    assert [problem.source for problem in problems] == ["acme.toml"]
    assert problems[0].line == line_with(mark, text)
    assert message in problems[0].message


ALONE = [
    row
    for row in WRONG
    if row[2] not in {"program.kye", "tiers.levels", "tiers.levels[2]", "joinning", "joining.x"}
]


@pytest.mark.parametrize(("old", "new", "key", "mark", "message"), ALONE)
def test_one_mistake_makes_one_problem(
    old: str, new: str, key: str, mark: str, message: str
) -> None:
    assert [problem.key for problem in problems_of(changed(old, new))] == [key]


@pytest.mark.parametrize(
    ("bad", "key"),
    [
        ('{ key = "Silver", from = 6 }', "tiers.levels[2].key"),
        ('{ key = "bronze", from = 6 }', "tiers.levels[2].key"),
        ('{ key = "2nd", from = 6 }', "tiers.levels[2].key"),
        ('{ key = "sil ver", from = 6 }', "tiers.levels[2].key"),
        ("{ from = 6 }", "tiers.levels[2].key"),
    ],
)
def test_a_tier_needs_a_key_of_its_own(bad: str, key: str) -> None:
    text = changed('{ key = "silver", from = 6 }', bad)

    first = problems_of(text)[0]

    assert first.key == key
    assert first.line == line_with(bad, text)


@pytest.mark.parametrize("section", ["program", "payout", "texts"])
def test_a_required_section_is_missed_by_name(section: str) -> None:
    found = problems_of("[joining]\n")

    missed = [problem for problem in found if problem.key.startswith(section)]
    assert missed
    assert all("missing" in problem.message for problem in missed)
    assert all(problem.line is None for problem in missed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_is_required(language: str) -> None:
    start = WHOLE.index(f"[texts.{language}]")
    following = WHOLE.find("[texts.", WHOLE.index(f"[texts.{language}.tiers]") + 1)
    text = WHOLE[:start] + (WHOLE[following:] if following > 0 else "")

    assert [(problem.key, problem.message) for problem in problems_of(text)] == [
        (
            f"texts.{language}",
            "the texts in this language are missing: all of en, ru, uk, bg are needed",
        )
    ]


def test_everything_wrong_is_told_at_once_in_the_order_of_the_file() -> None:
    text = WHOLE
    for old, new in [
        ('"acme"', '"Acme"'),
        ('"USD"', '"DOLLAR"'),
        ("window_days = 30", "window_days = 0"),
        ("from = 6", "from = 1"),
        ('"2.5%"', '"250%"'),
        ('{ rate = "5%" }', '{ rate = 5, teir = "x" }'),
        ('bonus_base = "amount"', 'bonus_base = "x"'),
        ('title = "Title bg"', ""),
    ]:
        text = changed(old, new, text=text)

    assert [problem.key for problem in problems_of(text)] == [
        "program.key",
        "program.currency",
        "attribution.window_days",
        "tiers.levels[2].from",
        "commission.rates[1].rate",
        "commission.rates[1].teir",
        "commission.rates[2].rate",
        "conversion.bonus_base",
        "texts.bg.title",
    ]


def test_a_refusal_reads_as_file_line_key_and_message() -> None:
    with pytest.raises(ProgramFileInvalid) as caught:
        load_program(changed("from = 6", "from = 3"), source="acme.toml")

    assert str(caught.value) == (
        "acme.toml:42: tiers.levels[2].from: 3 overlaps the tier before, which begins at 3: "
        "write the tiers lowest first, each beginning higher than the one before"
    )
    assert caught.value.code == "program_file_invalid"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[program]\nkey = acme\n", 2),
        ("[program]\nkey 'acme'\n", 2),
        ('[program]\nkey = "a"\nkey = "b"\n', 3),
        ("[program]\n[joining]\n[program]\n", 3),
        ("[program]\nlevels = [\n1,\n2,\n", 4),
        ('[program]\nkey = "a\n', 2),
        (f"x = 1\ny = {'9' * 5000}\n", 2),
    ],
)
def test_what_is_no_toml_is_told_with_the_line_of_the_parser(text: str, line: int) -> None:
    (problem,) = problems_of(text)

    assert problem.line == line
    assert problem.message.startswith("not TOML: ")


def test_a_text_that_is_nested_without_end_is_refused() -> None:
    (problem,) = problems_of("x = " + "[" * 100_000)

    assert problem.message == "nested too deeply"


@pytest.mark.parametrize(
    "text", ["\ufeff" + WHOLE, WHOLE.replace("\n", "\r\n")], ids=["byte order mark", "crlf"]
)
def test_a_file_saved_on_another_system_is_read_with_the_same_lines(text: str) -> None:
    assert load_program(text, source="acme.toml").key == "acme"
    assert problems_of(changed('"50.00"', '"5"  \nx = 1', text=text))[0].line == line_with(
        "x = 1", changed('"50.00"', '"5"  \nx = 1', text=WHOLE)
    )


@pytest.mark.parametrize(("currency", "minimum"), [("JPY", "50.0"), ("KWD", "1.2345")])
def test_the_minimum_has_the_decimals_of_its_currency(currency: str, minimum: str) -> None:
    text = changed('"JPY"', f'"{currency}"', text=LEAST).replace('"50"', f'"{minimum}"')

    (problem,) = problems_of(text)

    assert problem.key == "payout.minimum"
    assert f"is no amount in {currency}" in problem.message


def test_an_unknown_currency_is_not_blamed_on_the_minimum() -> None:
    (problem,) = problems_of(changed('"USD"', '"XYZ"'))

    assert problem.key == "program.currency"


@pytest.mark.parametrize(
    "line",
    [
        'minimum_payment = "5.00"',
        'payment_cap = "5.00"',
        'client_cap = "5.00"',
        'month_cap = "5.00"',
        'tax_included = "20%"',
    ],
)
def test_what_an_invoice_cannot_keep_does_not_stand_beside_a_price_list(line: str) -> None:
    text = (PRESETS / "widget-reseller.toml").read_text("utf-8")
    text = text.replace("[commission]\n", f"[commission]\n{line}\n", 1)

    (problem,) = problems_of(text)

    assert problem.key == f"commission.{line.split(maxsplit=1)[0]}"
    assert problem.line == line_with(line, text)
    assert "cannot stand beside [price_list]" in problem.message
