"""The home of the names of forms: what a person left, and the button that leads back.

To name a form, add one line: the name of its group of states, and its ``Form``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from handlers.ui.callbacks import Open
from handlers.ui.callbacks_invoices import InvoiceForm
from handlers.ui.callbacks_papers import EmailPress
from handlers.ui.callbacks_person import Settings
from handlers.ui.callbacks_pins import PinPress
from handlers.ui.html import Html, lines
from handlers.ui.language import Language
from handlers.ui.screen import Button, Screen

Words = Callable[[Callable[..., Html]], Html]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that waits for typed input.

    Attributes:
        about: Says what the question was.
        again: What a button sends to begin it once more.
        command: The command that begins it, or "".
        keeps: What was entered before stays when the form is left.
    """

    about: Words
    again: CallbackData
    command: str = ""
    keeps: bool = False


FORMS: dict[str, Form] = {
    "InvoiceOrderForm": Form(
        lambda say: say("the request for an invoice"), InvoiceForm(step="start"), "invoices"
    ),
    "InvoicePaidForm": Form(
        lambda say: say("the question about your payment"), Open(screen="invoices"), "invoices"
    ),
    "AccountForm": Form(
        lambda say: say("the question for your account ID"), Open(screen="account")
    ),
    "Withdrawal": Form(
        lambda say: say("the request for a pay-out"), Open(screen="withdraw"), "withdraw"
    ),
    "ApplicationForm": Form(
        lambda say: say("your application"),
        Open(screen="application"),
        "application",
        keeps=True,
    ),
    "PayoutAccountForm": Form(
        lambda say: say("the question where your pay-outs go"), Open(screen="payout_account")
    ),
    "QuestionForm": Form(
        lambda say: say("your message to the vendor"), Open(screen="support"), "support"
    ),
    "PinForm": Form(
        lambda say: say("the question for a client’s account"), PinPress(action="name"), "pin"
    ),
    "PinContact": Form(lambda say: say("the answer to who looks after you"), Open(screen="menu")),
    "ProfileForm": Form(
        lambda say: say("the question for your name"), Open(screen="profile"), "profile"
    ),
    "RequisitesForm": Form(
        lambda say: say("the form of your requisites"), Open(screen="requisites"), "requisites"
    ),
    "SignedCopyForm": Form(
        lambda say: say("the question for a signed copy"), Open(screen="payouts"), "payouts"
    ),
    "EmailForm": Form(lambda say: say("the question for your e-mail"), EmailPress(action="name")),
    "InviteForm": Form(
        lambda say: say("the invitation of a client"), Open(screen="invite"), "invite"
    ),
    "SettingsForm": Form(
        lambda say: say("the question in the settings"), Settings(action="quiet"), "settings"
    ),
}


def form_of(state: str) -> Form | None:
    """Return the form that a state belongs to."""
    return FORMS.get(state.partition(":")[0])


def left_screen(language: Language, form: Form) -> Screen:
    """Return that a form was left because a command came instead of an answer."""
    about = form.about(language.say)
    text = (
        language.say("✋ You left {form}. All your answers are kept.", form=about)
        if form.keeps
        else language.say(
            "✋ You left {form}. Nothing was kept; the button takes you back.", form=about
        )
    )
    return Screen(text, (_again(language, form),))


def unfinished_screen(language: Language, form: Form) -> Screen:
    """Return the reminder of a form that was not finished."""
    text = lines(
        language.say("⏳ Still open: {form}.", form=form.about(language.say)),
        language.say("Finish it with the button, or forget it with /cancel."),
    )
    return Screen(text, (_again(language, form),))


def _again(language: Language, form: Form) -> tuple[Button, ...]:
    return (Button(language.say("↩️ Go on"), form.again),)
