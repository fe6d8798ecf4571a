"""The home of the words of notices about questions, renewals and who takes part."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import cast

from domain.entities.question import Author
from domain.money import Money
from domain.programs.model import Program
from handlers.ui.callbacks import Open
from handlers.ui.callbacks_questions import QuestionPress, RenewalPress, TicketPress
from handlers.ui.html import Html, bold, code, lines, short
from handlers.ui.language import Language
from handlers.ui.renewal_words import forward_text
from handlers.ui.screen import Button, Rows, Screen

Params = dict[str, object]
NAME_LENGTH = 60
ANSWER_LENGTH = 3_000


def _id(params: Params) -> int:
    return int(str(params["question_id"]))


def _open(language: Language, params: Params) -> Button:
    press = QuestionPress(action="open", id=_id(params))
    return Button(language.say("📂 Open the question"), press)


def _cut(text: str) -> str:
    return text if len(text) <= ANSWER_LENGTH else f"{text[: ANSWER_LENGTH - 1]}…"


def _answered(language: Language, params: Params, _program: Program | None) -> Screen:
    say, text = language.say, str(params["text"])
    is_vendor = params["by"] == Author.VENDOR.value
    head = (
        say("💬 <b>The vendor answered your question {number}</b>", number=params["number"])
        if is_vendor
        else say("💬 <b>Your partner answered your question {number}</b>", number=params["number"])
    )
    body = _cut(text) if text else say("📎 A file came. Open the question to see it.")
    rows: Rows = (
        (
            Button(say("✏️ Write"), QuestionPress(action="write", id=_id(params))),
            Button(say("✔️ Close"), QuestionPress(action="close", id=_id(params))),
        ),
        (_open(language, params),),
    )
    return Screen(lines(head, "", body), rows)


def _closed(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("⚪️ Your question {number} is closed.", number=params["number"]),
        say("If something is still unclear, open it again with one message."),
    )
    again = Button(say("↩️ Open it again"), QuestionPress(action="write", id=_id(params)))
    return Screen(text, ((again,), (_open(language, params),)))


def _passed(language: Language, params: Params, _program: Program | None) -> Screen:
    say, number = language.say, params["number"]
    text = (
        say("➡️ The vendor handed your question {number} over to your partner.", number=number)
        if params["by"] == Author.VENDOR.value
        else say("➡️ Your partner handed your question {number} over to the vendor.", number=number)
    )
    return Screen(lines(text, say("The answer comes here.")), ((_open(language, params),),))


def _for_partner(language: Language, params: Params, _program: Program | None) -> Screen:
    say, number = language.say, params["number"]
    name = short(str(params["client"]), NAME_LENGTH)
    words = {
        "new": say(
            "🙋 Your client <b>{name}</b> has a question for you, number {number}.",
            name=name,
            number=number,
        ),
        "more": say(
            "🙋 Your client <b>{name}</b> wrote again in question {number}.",
            name=name,
            number=number,
        ),
        "answered": say(
            "💬 The vendor answered question {number} of your client <b>{name}</b>.",
            name=name,
            number=number,
        ),
        "closed": say(
            "⚪️ Question {number} of your client <b>{name}</b> is closed.",
            name=name,
            number=number,
        ),
    }
    return Screen(words[str(params["what"])], ((_open(language, params),),))


def _more(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say("💬 A new message in question {number}.", number=params["number"])
    press = TicketPress(action="open", id=_id(params))
    return Screen(text, ((Button(language.say("📂 Open the question"), press),),))


def _renewals(language: Language, params: Params, _program: Program | None) -> Screen:
    rows = cast("Sequence[Mapping[str, object]]", params["clients"])
    count = int(str(params["count"]))
    more = count - len(rows)
    text = lines(
        language.say_many(
            "♻️ {count} service of your clients ends soon:",
            "♻️ {count} services of your clients end soon:",
            count,
        ),
        *(_renewal(language, row) for row in rows),
        language.say_many("… and {count} more.", "… and {count} more.", more) if more else None,
        *(_to_forward(language, rows[0]) if count == 1 else ()),
    )
    label = language.say("♻️ Renewals") if count == 1 else language.say("✉️ Texts to forward")
    return Screen(text, ((Button(label, RenewalPress(action="list")),),))


def _renewal(language: Language, row: Mapping[str, object]) -> Html:
    return language.say(
        "• {date}: {name}, {service}",
        date=language.date(datetime.fromisoformat(str(row["until"]))),
        name=bold(short(str(row["client"]), NAME_LENGTH)),
        service=short(str(row["service"]), NAME_LENGTH),
    )


def _to_forward(language: Language, row: Mapping[str, object]) -> tuple[object, ...]:
    until = datetime.fromisoformat(str(row["until"]))
    text = forward_text(language, str(row["service"]), until)
    return ("", language.say("Text to forward:"), text)


def _left(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "🚪 The partner with the code {code} has left the program by itself.",
        code=code(params["code"]),
    )
    return Screen(text)


def _back(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "🤝 The partner with the code {code} takes part in the program again.",
        code=code(params["code"]),
    )
    return Screen(text)


def _given_up(language: Language, params: Params, _program: Program | None) -> Screen:
    rows = params["amounts"]
    amounts = [Money(int(row[0]), str(row[1])) for row in rows] if isinstance(rows, list) else []
    text = language.say(
        "🗑 The last admin of the partner with the code {code} gave up {amount} and was erased. "
        "The sum stays in the books; book it out with /adjust where your accounting asks for it.",
        code=code(params["code"]),
        amount=", ".join(map(language.money, amounts)),
    )
    return Screen(text)


def _account(language: Language, params: Params, _program: Program | None) -> Screen:
    text = language.say(
        "✏️ The partner with the code {code} named another own account in the place of its old "
        "one. Self-referrals are judged by it, and service credit goes there.",
        code=code(params["code"]),
    )
    return Screen(text)


def _program_left(language: Language, _params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say("🚪 An admin of your team has left the program: your links bring nobody any more."),
        say("What was earned stays. To take part again, accept the rules: /join"),
    )
    return Screen(text, ((Button(say("📜 Rules"), Open(screen="join")),),))


NOTICES_OF_QUESTIONS = {
    "question_answered": _answered,
    "question_closed": _closed,
    "question_passed": _passed,
    "question_for_partner": _for_partner,
    "question_more": _more,
    "renewals": _renewals,
    "partner_left": _left,
    "partner_back": _back,
    "money_given_up": _given_up,
    "vendor_account_changed": _account,
    "program_left": _program_left,
}
