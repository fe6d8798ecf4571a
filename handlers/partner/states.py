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


class Withdrawal(StatesGroup):
    """The pay-out form."""

    amount = State()
    account = State()
    confirm = State()
    comment = State()


class PayoutAccountForm(StatesGroup):
    """Where scheduled pay-outs go."""

    account = State()


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


class ProfileForm(StatesGroup):
    """What a partner changes of its profile."""

    name = State()
