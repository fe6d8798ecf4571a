"""The home of the rules of promo codes: who gets one, what a code is, when it lapses (R36)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.entities.client import Client, Referral
from domain.entities.promo import PROMO_CODE_MAX
from domain.errors import DomainError
from domain.programs.model import Program
from domain.programs.model_offers import PromoTerms

DAY = timedelta(hours=24)


class PromoNotOffered(DomainError):
    """No active program gives clients promo codes."""

    code = "promo_not_offered"


class PromoNotReferred(DomainError):
    """The client came by no partner's link in a program that gives promo codes."""

    code = "promo_not_referred"


class PromoNotForForm(DomainError):
    """The client's legal form is unknown, or gets no promo code."""

    code = "promo_not_for_form"


class PromoGiven(DomainError):
    """The client has its code already, and gets no second one."""

    code = "promo_given"


class PromoCodeUsed(DomainError):
    """Another client has this code."""

    code = "promo_code_used"


class BadPromoCode(DomainError):
    """The text cannot be a code."""

    code = "bad_promo_code"


class PromoNotReady(DomainError):
    """There is no code to activate yet."""

    code = "promo_not_ready"


def read_code(text: str) -> str:
    """Return a code of the vendor's system as it was typed, without the space around it.

    Raises:
        BadPromoCode: empty, too long, or with a space or a sign that does not print.
    """
    bare = text.strip()
    if not bare or len(bare) > PROMO_CODE_MAX or not bare.isprintable() or " " in bare:
        raise BadPromoCode(most=PROMO_CODE_MAX)
    return bare


def promo_referral(
    client: Client, referrals: tuple[Referral, ...], programs: Mapping[str, Program]
) -> tuple[Referral, PromoTerms]:
    """Return the referral by which a client gets a promo code, with the terms of its program.

    Raises:
        PromoNotOffered: no active program gives any.
        PromoNotReferred: nobody brought the client in such a program, or it was deleted; the fact
            ``is_referred`` tells that somebody brought it in another one.
        PromoNotForForm: its legal form is unknown or gets none.
    """
    terms = {key: program.promo for key, program in programs.items() if program.promo}
    if not terms:
        raise PromoNotOffered
    own = [row for row in referrals if row.program in terms and row.enrolment_id is not None]
    if not own or client.deleted_at is not None:
        raise PromoNotReferred(is_referred=any(row.enrolment_id for row in referrals))
    referral = min(own, key=lambda row: row.id)
    promo = terms[referral.program]
    if client.legal_form not in promo.legal_forms:
        raise PromoNotForForm(
            form=client.legal_form or "", allowed=[form.value for form in promo.legal_forms]
        )
    return referral, promo


def lapses_at(activated_at: datetime, terms: PromoTerms) -> datetime:
    """Return the first instant at which the bonuses have lapsed."""
    return activated_at + terms.valid_days * DAY


def days_left(expires_at: datetime, now: datetime) -> int:
    """Return how many days are left, a begun one counted as whole; 0 once it has lapsed."""
    return max(-((now - expires_at) // DAY), 0)
