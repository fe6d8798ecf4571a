"""Naming clients in advance, by table and by property: one partner protects an account at most."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.entities.client import NotAttributed
from domain.entities.partner import EnrolmentStatus, PartnerIdentity
from domain.entities.pin import Pin, PinReason, PinStatus
from domain.intake.attaching import Attachment
from domain.intake.facts import Facts
from domain.intake.pinning import pin_client, pin_new, pinned_by
from domain.intake.protecting import end_pin
from domain.programs.load import load_program
from domain.programs.model import AttributionModel
from domain.programs.model_pinning import Pinning, Unconfirmed
from domain.programs.problems import ProgramFileInvalid
from domain.rules.attribution import Candidate, Touch, decide
from domain.rules.pinning import (
    BadPinnedAccount,
    PinPicture,
    decide_pin,
    read_account,
    without_consent,
)
from tests.domain.builders import PRESETS, TEXTS, Sent, instant, opened, paid, registered, written
from tests.domain.world import World

AT = instant("2026-11-01 10:00")
FREE = Candidate(is_active=True, is_self=False)


def picture(**more: object) -> PinPicture:
    base = {"asker": 1, "is_self": False, "pinned_by": None, "is_known": False}
    return PinPicture(**(base | more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, (PinStatus.ACTIVE, None)),
        ({"is_known": True}, (PinStatus.WAITING, None)),
        ({"pinned_by": 2}, (PinStatus.REFUSED, PinReason.OTHERS)),
        ({"pinned_by": 2, "is_known": True}, (PinStatus.REFUSED, PinReason.OTHERS)),
        ({"is_self": True, "pinned_by": 2}, (PinStatus.REFUSED, PinReason.SELF_REFERRAL)),
        ({"pinned_by": 1, "is_known": True}, (PinStatus.WAITING, None)),
    ],
)
def test_what_becomes_of_naming_an_account(
    known: dict[str, object], expected: tuple[PinStatus, PinReason | None]
) -> None:
    assert decide_pin(picture(**known)) == expected


@pytest.mark.parametrize("had_by", [None, 1, 2])
@pytest.mark.parametrize("reason", [PinReason.DECLINED, PinReason.SILENCE])
@pytest.mark.parametrize("told", list(Unconfirmed))
def test_without_consent_a_partner_earns_only_where_the_program_says_so_and_nobody_has_it(
    told: Unconfirmed, reason: PinReason, had_by: int | None
) -> None:
    other = next(word for word in Unconfirmed if word is not told)
    is_silence = reason is PinReason.SILENCE
    terms = Pinning(
        after_refusal=other if is_silence else told, after_silence=told if is_silence else other
    )
    is_left = told is Unconfirmed.COMMISSION_ONLY and had_by != 2
    expected = PinStatus.COMMISSION_ONLY if is_left else PinStatus.REFUSED
    assert without_consent(terms, reason, asker=1, had_by=had_by) is expected


def test_an_account_is_what_the_program_says() -> None:
    terms = Pinning(account_format="[0-9]{4,6}", account_example="31415")
    assert read_account(" 31415\n", terms) == "31415"
    for text in ("", "314", "31415926", "3141x", "３１４１５", "3141 5"):
        with pytest.raises(BadPinnedAccount) as refused:
            read_account(text, terms)
        assert refused.value.facts["example"] == "31415"


def touch(enrolment_id: int, *, pinned: bool = False, at: str = "2026-10-31") -> Touch:
    return Touch(
        enrolment_id=enrolment_id, code="c", at=instant(at), order=enrolment_id, is_pinned=pinned
    )


@pytest.mark.parametrize("model", list(AttributionModel))
@pytest.mark.parametrize(
    ("pinner", "winner", "reason"),
    [
        (FREE, 2, None),
        (Candidate(is_active=False, is_self=False), 2, None),
        (Candidate(is_active=False, is_self=False, is_over=True), 1, None),
        (Candidate(is_active=True, is_self=True), 1, None),
    ],
)
def test_a_pin_comes_before_every_click(
    model: AttributionModel, pinner: Candidate, winner: int, reason: NotAttributed | None
) -> None:
    touches = [touch(1), touch(2, pinned=True, at="2026-11-20")]
    decision = decide(touches, {1: FREE, 2: pinner}, registered_at=AT, window_days=7, model=model)
    assert decision.touch is not None
    assert (decision.touch.enrolment_id, decision.reason) == (winner, reason)


def test_a_pin_of_oneself_is_told_as_such() -> None:
    decision = decide(
        [touch(2, pinned=True)],
        {2: Candidate(is_active=True, is_self=True)},
        registered_at=AT,
        window_days=None,
        model=AttributionModel.FIRST_CLICK,
    )
    assert (decision.touch, decision.reason) == (None, NotAttributed.SELF_REFERRAL)


PROGRAM = '[program]\nkey="w"\ncurrency="USD"\n[payout]\nminimum="1.00"\n'


@pytest.mark.parametrize(
    ("text", "key", "told"),
    [
        ("[pinning]\nper_dya = 3", "pinning.per_dya", "did you mean per_day?"),
        ("[pinning]\nper_day = 0", "pinning.per_day", "from 1 to"),
        ("[pinning]\nconfirm_days = 91", "pinning.confirm_days", "from 1 to 90"),
        ('[pinning]\nafter_silence = "comission_only"', "pinning.after_silence", "commission_on"),
        ('[pinning]\naccount_format = "["', "pinning.account_format", "no regular expression"),
        ('[pinning]\naccount_format = "a"', "pinning.account_example", "is missing"),
        (
            '[pinning]\naccount_format = "a"\naccount_example = "b"',
            "pinning.account_example",
            "does not fit",
        ),
        ("pinning = 1", "program.pinning", "unknown key"),
        ("[entitlements]\nfree = true", "entitlements.free", "free_products"),
        ("[entitlements]\nfree_products = 1", "entitlements.free_products", "true or false"),
    ],
)
def test_a_wrong_section_is_explained(text: str, key: str, told: str) -> None:
    body = (
        PROGRAM + text
        if text.startswith("[")
        else PROGRAM.replace("[payout]", f"{text}\n[payout]")
    )
    with pytest.raises(ProgramFileInvalid) as invalid:
        load_program(f"{body}\n{TEXTS}", source="w.toml")
    assert any(key in str(problem) and told in str(problem) for problem in invalid.value.problems)


def test_only_the_widget_preset_pins_and_gives() -> None:
    for path in PRESETS.glob("*.toml"):
        program = load_program(path.read_text("utf-8"), source=path.name)
        is_widgets = program.key == "widget-reseller"
        assert (program.pinning is not None, program.free_products) == (is_widgets, is_widgets)


WIDGETS = written(
    PROGRAM + '[commission]\nrates = [{ rate = "40%" }]\n[pinning]\n[entitlements]\n'
    "free_products = true\n"
)


class Named(World):
    """A world in which partners name accounts."""

    def __init__(self) -> None:
        super().__init__(WIDGETS)
        self.pins: dict[int, Pin] = {}
        for code in ("ann", "bob"):
            self.enrols(code, identity=PartnerIdentity(vendor_account_id=f"own-{code}"))

    def picture(self, now: object = None) -> Facts:
        facts = super().picture()
        for key, pin in self.pins.items():
            facts.pins.load(key, pin)
        return facts

    def keep(self, facts: Facts) -> None:
        rows = {pin.id: pin for pin in (*facts.pins.added, *facts.pins.changed)}
        self.pins.update(rows)
        self.client_ids.update(facts.moved_client_ids)
        super().keep(facts)
        self.check()

    def check(self) -> None:
        """Check what holds at every moment."""
        active = [pin for pin in self.pins.values() if pin.protects]
        for name in ("account_id", "client_id"):
            values = [getattr(pin, name) for pin in active]
            assert len(values) == len(set(values)), f"protected twice by {name}"
        for pin in active:
            assert pin.client_id is not None
            referral = self.referrals[pin.client_id, pin.program]
            assert referral.enrolment_id == pin.enrolment_id
            assert self.client_accounts[pin.account_id].client_id == pin.client_id

    def names(self, code: str, account_id: str) -> None:
        """Let a partner name an account, and the client of a known one confirm it at once."""
        facts = self.picture()
        enrolment_id = self.links[code]
        if facts.enrolments[enrolment_id].status is EnrolmentStatus.ENDED:
            return
        account = facts.client_accounts.get(account_id)
        client = facts.clients[account.client_id] if account else None
        for key, pin in self.pins.items():
            if pin.account_id != account_id and (client is None or pin.client_id != client.id):
                facts.pins._rows.pop(key)
        holder = pinned_by(facts)
        pin = Pin(
            id=self.new_id(),
            enrolment_id=enrolment_id,
            program="w",
            account_id=account_id,
            client_id=client.id if client else None,
            status=PinStatus.REFUSED,
            created_by=1,
            created_at=self.now,
        )
        if holder in (None, enrolment_id) and client is None:
            pin_new(facts, pin)
        elif holder is None and client is not None and client.deleted_at is None:
            facts.pins.add(pin.id, pin)
            attachment = Attachment(to=enrolment_id, actor=1, reason_code="client_word")
            pin_client(facts, pin, client, attachment)
        self.keep(facts)

    def ends(self, account_id: str) -> None:
        """End the protection of an account."""
        facts = self.picture()
        for pin in facts.pins.values():
            if pin.protects and pin.account_id == account_id:
                end_pin(facts, pin, PinReason.CLIENT)
        self.keep(facts)

    def leaves(self, code: str) -> None:
        """End or reinstate a partner."""
        number = self.links[code]
        status = EnrolmentStatus.ENDED
        self.enrolments[number] = replace(self.enrolments[number], status=status)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["names", "registers", "opens", "pays", "ends", "leaves"]),
        st.sampled_from(["ann", "bob"]),
        st.sampled_from(["a1", "a2"]),
        st.sampled_from(["c1", "c2"]),
    ),
    max_size=12,
)


@given(STEPS)
@settings(deadline=None, max_examples=100)
def test_at_every_moment_an_account_is_protected_for_one_partner_at_most(
    steps: list[tuple[str, str, str, str]],
) -> None:
    world = Named()
    for number, (what, code, account, client) in enumerate(steps):
        at = f"2026-11-01 10:{number:02}"
        if what == "names":
            world.names(code, account)
        elif what == "ends":
            world.ends(account)
        elif what == "leaves":
            world.leaves(code)
        else:
            world.send_one(_event(what, code, account, client, number, at))
        protecting = [pin.account_id for pin in world.pins.values() if pin.protects]
        assert len(protecting) == len(set(protecting))


def _event(what: str, code: str, account: str, client: str, number: int, at: str) -> Sent:
    if what == "registers":
        named = {"account": {"account_id": account, "name": account}} if number % 2 else {}
        return registered(client, at, referral_code=code, **named)
    if what == "opens":
        return opened(account, client, at)
    return paid(f"p{number}", client, "10.00", at, account_id=account)
