"""The home of pay-out documents in words: the facts of one in, everything that is printed out."""

from domain.entities.payout_document import (
    Covered,
    DocumentKind,
    DocumentLine,
    PayoutDocument,
)
from domain.entities.requisites import Country, Details
from domain.money import Money, Rate
from domain.period import Month, text_of
from domain.programs.model import Program
from handlers.ui.html import Html
from handlers.ui.language import Language
from handlers.ui.numerals import in_words
from handlers.ui.payout_card import number_of
from handlers.ui.printed import PrintedDocument, Side
from handlers.ui.requisite_words import field_name, shown

EPC_NAME_MAX = 70
EPC_PURPOSE_MAX = 140
REF_LENGTH = 40
BLANK, BLANK_LINES = "_" * 42, 3
"""What is left to write on where the vendor named no requisites."""


def document_title(language: Language, document: PayoutDocument) -> Html:
    """Return kind and number of a document."""
    number = f"{document.number}/{document.year}"
    if document.kind is DocumentKind.INVOICE:
        return language.say("Invoice No. {number}", number=number)
    return language.say("Act No. {number}", number=number)


def file_name(document: PayoutDocument) -> str:
    """Return the name of the file, the same in every language."""
    return f"{document.kind.value}-{document.year}-{document.number}.pdf"


def printed_document(
    language: Language, document: PayoutDocument, program: Program | None, *, sample: str = ""
) -> PrintedDocument:
    """Return everything that stands on a document, in its own language."""
    say = language.say
    title = program.text(language.code).title if program else document.program
    code, code_words = _payment_code(language, document)
    is_act = document.kind is DocumentKind.ACT
    heading = say("Contractor") if is_act else say("Supplier")
    other = say("Customer") if is_act else say("Payer")
    note = (
        say("The services were rendered in full and in time; neither side has any claims.")
        if is_act
        else say("Please name the number of this invoice in the payment.")
    )
    return PrintedDocument(
        title=document_title(language, document).plain,
        date=language.long_day(document.day),
        lead=(
            *_contract(language, document),
            say("Program “{title}”, partner code {code}.", title=title, code=document.code).plain,
            say("For the pay-out {number}.", number=number_of(document.payout_id)).plain,
        ),
        sides=(
            _side(language, heading.plain, document.partner),
            _side(language, other.plain, document.vendor),
        ),
        columns=tuple(
            words.plain
            for words in (say("No."), say("What for"), say("Client paid"), say("Rate"), say("Sum"))
        ),
        rows=tuple(
            (str(position), *_row(language, line, document.amount.currency))
            for position, line in enumerate(document.lines, start=1)
        ),
        totals=((say("Total to be paid").plain, language.money(document.amount)),),
        words=say("In words: {words}", words=in_words(document.amount, language.code)).plain,
        purpose=(say("Purpose of the payment").plain, document.purpose),
        notes=(note.plain,),
        signature=(say("signature").plain, say("name, seal if there is one").plain),
        page=say("Page {page} of {pages}", page="{page}", pages="{pages}").plain,
        code=code,
        code_words=code_words,
        language=language.code,
        author=document.partner.name,
        made_at=text_of(document.made_at),
        sample=sample,
    )


def _contract(language: Language, document: PayoutDocument) -> tuple[str, ...]:
    if document.contract is None:
        return ()
    words = language.say(
        "Under the contract No. {number} of {date}.",
        number=document.contract.number,
        date=language.long_day(document.contract.day),
    )
    return (words.plain,)


def _side(language: Language, heading: str, details: Details | None) -> Side:
    if details is None:
        return Side(heading=heading.upper(), name="", rows=(("", BLANK),) * BLANK_LINES)
    return Side(
        heading=heading.upper(),
        name=details.name,
        rows=tuple(
            (field_name(language, field).plain, shown(field, value))
            for field, value in details.rows
            if field != "name"
        ),
    )


def _row(language: Language, line: DocumentLine, currency: str) -> tuple[str, str, str, str]:
    """Return what for, what the client paid, the rate and the sum of a line."""
    say = language.say
    base = rate = "—"
    if line.kind is Covered.MONTH:
        words = language.say_many(
            "Commissions of {month}: {count} payment",
            "Commissions of {month}: {count} payments",
            line.count,
            month=language.month(Month(line.day.year, line.day.month)),
        )
    elif line.kind is Covered.ADJUSTMENT:
        words = say("Correction of the balance, {date}", date=language.day(line.day))
    else:
        ref = line.ref if len(line.ref) <= REF_LENGTH else f"{line.ref[: REF_LENGTH - 1]}…"
        words = say("Commission on payment {id} of {date}", id=ref, date=language.day(line.day))
        if line.whole_minor not in (None, line.minor):
            words = say(
                "{what}: {whole} in all, {part} in this document",
                what=words,
                part=language.money(Money(line.minor, currency)),
                whole=language.money(Money(line.whole_minor or 0, currency)),
            )
        base = language.money(Money(line.base_minor or 0, line.base_currency))
        rate = "—" if line.rate_bps is None else language.percent(Rate(line.rate_bps))
    return words.plain, base, rate, language.money(Money(line.minor, currency))


def purpose_of(language: Language, document: PayoutDocument) -> str:
    """Return what whoever pays by the document writes as the payment's purpose (R22)."""
    return f"{document.purpose}. {document_title(language, document).plain}"


def _payment_code(language: Language, document: PayoutDocument) -> tuple[str, str]:
    """Return what banking apps read, and its words; nothing where no bank knows the way."""
    values, amount = document.partner.values, document.amount
    words = language.say("Pay with a banking app").plain
    purpose = purpose_of(language, document)
    if document.partner.country is Country.RU and amount.currency == "RUB":
        fields = {
            "Name": document.partner.name,
            "PersonalAcc": values["account"],
            "BankName": values["bank"],
            "BIC": values["bik"],
            "CorrespAcc": values["corr_account"],
            "PayeeINN": values["inn"],
            "KPP": values.get("kpp", ""),
            "Sum": str(amount.minor),
            "Purpose": purpose,
        }
        told = (f"{name}={value.replace('|', ' ')}" for name, value in fields.items() if value)
        return "|".join(("ST00012", *told)), words
    if "iban" in values and amount.currency == "EUR":
        bic, name = values.get("bic", ""), document.partner.name[:EPC_NAME_MAX]
        rows = ("BCD", "002", "1", "SCT", bic, name, values["iban"], f"EUR{amount}", "", "")
        return "\n".join((*rows, purpose[:EPC_PURPOSE_MAX])), words
    return "", ""
