"""What is printed: read back from the PDF and the PNG, in every language (R22, R43)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageDraw

from bot.programs import load_programs
from domain.entities.certificate import Certificate
from domain.entities.payout_document import (
    Contract,
    Covered,
    DocumentKind,
    DocumentLine,
    PayoutDocument,
)
from domain.money import Money
from domain.programs.model import LANGUAGES
from handlers.ui.certificate_words import printed_certificate
from handlers.ui.charts import Charts
from handlers.ui.document_words import printed_document
from handlers.ui.language import Language
from handlers.ui.numerals import in_words
from handlers.ui.printed import PrintFormat, drawn_from, text_of
from tests.usecases.requisites import REQUISITES, RUSSIAN

PROGRAMS = load_programs(["widget-reseller", "hosting-matrix"], base=Path())
AT = datetime(2026, 11, 22, 10, tzinfo=UTC)
PURPOSE = "Оплата вознаграждения по договору привлечения новых пользователей"
LINE = DocumentLine(
    kind=Covered.COMMISSION,
    day=date(2026, 11, 1),
    minor=40000,
    ref="pay-7",
    base_minor=100000,
    base_currency="RUB",
    rate_bps=4000,
)
DOCUMENT = PayoutDocument(
    id=1,
    payout_id=123456789,
    partner_id=1,
    kind=DocumentKind.ACT,
    year=2026,
    number=3,
    made_at=AT,
    day=date(2026, 11, 22),
    language="ru",
    program="widget-reseller",
    code="k7m2p9qx",
    amount=Money(40000, "RUB"),
    partner=RUSSIAN,
    vendor=None,
    purpose=PURPOSE,
    lines=(LINE,),
)
CERTIFICATE = Certificate(
    id=1,
    enrolment_id=1,
    number="7K3M-Q9TD-2XWC",
    name="ООО «Ромашка & їжак»",
    tier="gold",
    language="ru",
    issued_at=AT,
)


def _drawn(document: PayoutDocument, code: str, form: PrintFormat = PrintFormat.PDF) -> bytes:
    program = PROGRAMS["widget-reseller"]
    return drawn_from(text_of(printed_document(Language(code, UTC), document, program), form))


def _certificate(form: PrintFormat, *, code: str = "ru", logo: Path | None = None) -> bytes:
    printed = printed_certificate(
        Language(code, UTC),
        CERTIFICATE,
        PROGRAMS["hosting-matrix"],
        vendor="Sample Hosting",
        public_url="https://partners.example.com",
        logo=logo,
    )
    return drawn_from(text_of(printed, form))


def _pages(content: bytes) -> Iterator[str]:
    document = pypdfium2.PdfDocument(content)
    for page in document:
        yield page.get_textpage().get_text_range().replace("\r\n", " ")
    document.close()


def _codes(png: bytes) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(Image.open(BytesIO(png)))]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("kind", DocumentKind)
def test_a_document_says_everything_in_its_language(code: str, kind: DocumentKind) -> None:
    (text,) = _pages(_drawn(replace(DOCUMENT, kind=kind), code))

    for words in (
        "3/2026",
        RUSSIAN.name,
        RUSSIAN.values["inn"],
        RUSSIAN.values["account"],
        "pay-7",
        "40%",
        PURPOSE,
        in_words(DOCUMENT.amount, code),
        "k7m2p9qx",
    ):
        assert words in text, words


def test_the_same_facts_give_the_same_bytes() -> None:
    assert _drawn(DOCUMENT, "ru") == _drawn(DOCUMENT, "ru")
    assert _certificate(PrintFormat.PNG) == _certificate(PrintFormat.PNG)
    assert _drawn(DOCUMENT, "ru") != _drawn(replace(DOCUMENT, number=4), "ru")


def test_the_file_names_title_author_and_language() -> None:
    document = pypdfium2.PdfDocument(_drawn(DOCUMENT, "ru"))

    told = document.get_metadata_dict()

    assert (told["Title"], told["Author"]) == ("Акт № 3/2026", RUSSIAN.name)
    assert told["CreationDate"] == "D:20261122100000Z"
    assert document[0].get_size() == pytest.approx((595.28, 841.89), abs=0.1)
    document.close()


def test_many_lines_take_pages_with_numbers_and_lose_nothing() -> None:
    lines = tuple(replace(LINE, ref=f"pay-{at:03d}") for at in range(58))
    long = replace(DOCUMENT, lines=lines, partner=REQUISITES)

    pages = list(_pages(_drawn(long, "en")))

    assert len(pages) == 3
    assert all(f"Page {number} of 3" in page for number, page in enumerate(pages, start=1))
    assert all(f"pay-{at:03d}" in " ".join(pages) for at in range(58))
    assert "Total to be paid" in pages[-1]


def test_the_code_of_a_document_is_what_russian_banks_read() -> None:
    (code,) = _codes(_drawn(DOCUMENT, "ru", PrintFormat.PNG))

    assert code.startswith("ST00012|Name=Образцов Образец Образцович|")
    assert f"|PersonalAcc={RUSSIAN.values['account']}|" in code
    assert "|Sum=40000|" in code


def test_in_euros_it_is_what_european_banks_read() -> None:
    euros = replace(DOCUMENT, partner=REQUISITES, amount=Money(40000, "EUR"))

    (code,) = _codes(_drawn(euros, "en", PrintFormat.PNG))

    rows = code.split("\n")
    assert rows[:4] == ["BCD", "002", "1", "SCT"]
    assert rows[4:8] == [
        REQUISITES.values["bic"],
        REQUISITES.name,
        REQUISITES.values["iban"],
        "EUR400.00",
    ]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_certificate_is_verified_by_its_picture(code: str) -> None:
    address = f"https://partners.example.com/certificates/{CERTIFICATE.number}"

    assert _codes(_certificate(PrintFormat.PNG, code=code)) == [address]
    (text,) = _pages(_certificate(PrintFormat.PDF, code=code))
    for words in (CERTIFICATE.name, CERTIFICATE.number, "partners.example.com/certificates"):
        assert words in text


def test_long_and_strange_names_and_a_logo_are_drawn(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    picture = Image.new("RGBA", (300, 100), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((0, 0, 299, 99), fill="#1f6feb")
    picture.save(logo)
    assert len(_certificate(PrintFormat.PDF, logo=logo)) > len(_certificate(PrintFormat.PDF))
    strange = "Ωμέγα გამარჯობა 你好 🎉 " + "ж" * 180
    values = {**RUSSIAN.values, "name": strange, "address": "ы" * 300}

    (page, *_) = _pages(_drawn(replace(DOCUMENT, partner=replace(RUSSIAN, values=values)), "ru"))

    assert "Ωμέγα" in page


@pytest.mark.parametrize(
    ("minor", "currency", "code", "words"),
    [
        (0, "RUB", "ru", "Ноль рублей 00 копеек"),
        (12_345_67, "RUB", "ru", "Двенадцать тысяч триста сорок пять рублей 67 копеек"),
        (1_002_001_01, "RUB", "ru", "Один миллион две тысячи один рубль 01 копейка"),
        (21_000_00, "UAH", "uk", "Двадцять одна тисяча гривень 00 копійок"),
        (2_02, "UAH", "uk", "Дві гривні 02 копійки"),
        (1_00, "EUR", "bg", "Едно евро 00 цента"),
        (1_234_50, "BGN", "bg", "Хиляда двеста тридесет и четири лева 50 стотинки"),
        (2_400_00, "BGN", "bg", "Две хиляди и четиристотин лева 00 стотинки"),
        (1_020_000_00, "EUR", "bg", "Един милион и двадесет хиляди евро 00 цента"),
        (21_560_00, "EUR", "en", "Twenty-one thousand five hundred and sixty euros 00 cents"),
        (101_00, "EUR", "en", "One hundred and one euros 00 cents"),
        (5_00, "KZT", "ru", "Пять KZT 00/100"),
        (500, "JPY", "en", "Five hundred JPY"),
    ],
)  # fmt: skip
def test_sums_in_words(minor: int, currency: str, code: str, words: str) -> None:
    assert in_words(Money(minor, currency), code) == words


async def test_the_drawing_process_draws_documents_too() -> None:
    charts = Charts()
    printed = printed_document(Language("en", UTC), DOCUMENT, None)
    try:
        first = await charts.printed(printed)
        assert first
        assert first == await charts.printed(printed)
        assert first == drawn_from(text_of(printed, PrintFormat.PDF))
    finally:
        await charts.close()


def test_a_part_of_a_commission_and_the_contract_stand_on_the_page() -> None:
    line = replace(LINE, minor=123456, whole_minor=493827, base_minor=1234567, ref="pay-partial")
    contract = Contract(number="W-2026-0007", day=date(2026, 1, 15))
    document = replace(
        DOCUMENT, lines=(line,), amount=Money(123456, "RUB"), language="en", contract=contract
    )
    language = Language("en", UTC)
    printed = printed_document(language, document, PROGRAMS["widget-reseller"])
    assert "W-2026-0007" in printed.lead[0]
    assert "4,938.27 RUB in all, 1,234.56 RUB in this document" in printed.rows[0][1]
    page = pypdfium2.PdfDocument(drawn_from(text_of(printed, PrintFormat.PDF)))[0]
    read = " ".join(page.get_textpage().get_text_bounded().split())
    assert "W-2026-0007" in read
    assert "4,938.27 RUB in all, 1,234.56 RUB in this document" in read
