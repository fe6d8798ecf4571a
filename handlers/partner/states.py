"""The home of the forms that wait for typed input."""

from aiogram.fsm.state import State, StatesGroup


class AccountForm(StatesGroup):
    """The partner's own account with the vendor."""

    account = State()


class Calculator(StatesGroup):
    """The calculator, which takes typed numbers beside its buttons."""

    input = State()


class ClaimStates(StatesGroup):
    """The form that asks about a client, and claims it."""

    client = State()
    found = State()
    comment = State()


class ConversionForm(StatesGroup):
    """The form of a conversion into service credit."""

    amount = State()
    confirm = State()


class ApplicationForm(StatesGroup):
    """An application: one answer, the files of one paper, words to the reviewer."""

    value = State()
    paper = State()
    words = State()


class Withdrawal(StatesGroup):
    """The pay-out form."""

    amount = State()
    account = State()
    confirm = State()
    comment = State()


class PayoutAccountForm(StatesGroup):
    """Where scheduled pay-outs go."""

    account = State()


class PinForm(StatesGroup):
    """The account of a client that is named in advance."""

    account = State()


class InvoiceOrderForm(StatesGroup):
    """What a partner orders for a client, to be invoiced less its share."""

    client = State()
    cart = State()
    confirm = State()


class InvoicePaidForm(StatesGroup):
    """A word about the transfer of an invoice that is paid."""

    reference = State()


class LinkForm(StatesGroup):
    """One more link, or another name for one."""

    label = State()
    code = State()
    name = State()


class PeriodForm(StatesGroup):
    """A period that is typed instead of picked, by what it is for."""

    stats = State()
    list = State()
    export = State()


class SearchForm(StatesGroup):
    """What a list is searched for."""

    text = State()


class InviteForm(StatesGroup):
    """Whom to invite by e-mail."""

    client = State()


class ProfileForm(StatesGroup):
    """What a partner changes of its profile."""

    name = State()


class RequisitesForm(StatesGroup):
    """By which a partner is named and paid on documents."""

    form = State()
    field = State()
    check = State()


class SignedCopyForm(StatesGroup):
    """The signed copy of the documents of a pay-out."""

    file = State()
