"""The home of the words of notices about changed terms and scheduled pay-outs."""

from collections.abc import Sequence
from datetime import date
from typing import cast

from domain.programs.model import Program
from handlers.ui.callbacks import Open, TermsPress
from handlers.ui.callbacks_documents import OwnDocuments
from handlers.ui.document_marks import copy_label, signing_wish
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.notice_params import money_of
from handlers.ui.payout_card import number_of
from handlers.ui.screen import Button, Screen
from handlers.ui.terms_words import changes_of

Params = dict[str, object]


def _changed(language: Language, params: Params, program: Program | None) -> Screen:
    """Return what a version changes against the one that the reader accepted, in words."""
    say = language.say
    found = find_versions(program, params)
    if program is None or found is None:
        return Screen(say("📜 The rules of the program have changed: /terms"))
    before, after = found
    text = lines(
        say("📜 <b>The rules of “{title}” change</b>", title=after.text(language.code).title),
        say(
            "From {date} version {version} applies.",
            date=language.day(after.version_date),
            version=after.version,
        )
        if after.version_date
        else None,
        "",
        *(Html(f"• {line}") for line in changes_of(language, before, after)),
        "",
        say(
            "What you have earned stays as it is; payments before that day count by the old rules."
        ),
        say("Please accept it: from that day pay-outs and conversion need it. You go on earning.")
        if after.is_to_accept
        else None,
    )
    label = say("📜 Read and accept") if after.is_to_accept else say("📜 Read")
    press = TermsPress(action="show", program=after.key)
    return Screen(text, ((Button(label, press),),))


def find_versions(program: Program | None, params: Params) -> tuple[Program, Program] | None:
    """Return the accepted version and the new one, ``None`` where one is not known any more."""
    known = {terms.version: terms for terms in program.versions} if program else {}
    before = known.get(int(str(params["accepted"])))
    after = known.get(int(str(params["version"])))
    return (before, after) if before and after else None


def _coming(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    tasks = {
        "terms_not_accepted": say("accept the changed rules: /terms"),
        "vendor_account_missing": say("name your own account with the vendor: /profile"),
        "payout_account_missing": say("name where the money goes: /withdraw"),
        "requisites_missing": say("fill in your requisites: /requisites"),
    }
    missing = cast("Sequence[str]", params["missing"])
    text = lines(
        say(
            "🗓 On {date} <b>{amount}</b> will be paid out to you, but something is missing:",
            date=language.day(date.fromisoformat(str(params["due"]))),
            amount=money_of(params),
        ),
        *(Html(f"• {tasks[one]}") for one in missing if one in tasks),
        say("Otherwise it is carried over to the next time."),
    )
    return Screen(text, ((Button(say("💸 Withdraw"), Open(screen="withdraw")),),))


def _made(language: Language, params: Params, _program: Program | None) -> Screen:
    say = language.say
    text = lines(
        say(
            "🗓 It is pay-out day: <b>{amount}</b> is being prepared for you.",
            amount=money_of(params),
        ),
        say("You get a message when it has been sent."),
    )
    return Screen(text, ((Button(say("📤 Pay-outs"), Open(screen="payouts")),),))


def _papers(language: Language, params: Params, _program: Program | None) -> Screen:
    """Return what follows the documents of a scheduled pay-out, which went before it as files."""
    say, payout_id = language.say, int(str(params["payout_id"]))
    wish = label = None
    if params["needs_signed"]:
        wish = signing_wish(language, is_receipt=bool(params["is_receipt"]))
        label = copy_label(language, is_receipt=bool(params["is_receipt"]))
    text = lines(
        say(
            "📄 Documents for the pay-out {number} of {amount}.",
            number=number_of(payout_id),
            amount=money_of(params),
        ),
        wish,
    )
    send = (Button(label, OwnDocuments(action="send", payout_id=payout_id)),) if label else ()
    again = Button(say("📄 Documents"), OwnDocuments(action="files", payout_id=payout_id))
    return Screen(text, (send, (again,)))


NOTICES_OF_TERMS = {
    "terms_changed": _changed,
    "payout_coming": _coming,
    "payout_scheduled": _made,
    "payout_papers": _papers,
}
