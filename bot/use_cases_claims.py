"""The home of the use cases about whose a client is: pins, claims, signals of fraud."""

from dataclasses import dataclass

from bot.use_cases_payouts import PayoutUseCases
from domain.usecases.claims.ask import AskAboutClient
from domain.usecases.claims.decide import DecideClaim
from domain.usecases.claims.list_page import ListClaims, RevealClaim, ShowClaimCard
from domain.usecases.claims.object import ObjectToInviter
from domain.usecases.claims.open import ListOwnClaims, OpenClaim
from domain.usecases.claims.remind import RemindOfClaims
from domain.usecases.fraud.decide import DecideFraudHold
from domain.usecases.fraud.list_page import ListFraudHolds, ShowFraudCard
from domain.usecases.fraud.place import PlaceFraudHold
from domain.usecases.fraud.scan import ScanForFraud
from domain.usecases.pins.answer import AnswerPinRequest, OpenPinRequest, TakeSilence
from domain.usecases.pins.end import EndProtection, ReleasePin
from domain.usecases.pins.name import PinClient
from domain.usecases.pins.show import ListPins, ShowPin


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimUseCases(PayoutUseCases):
    """Whose a client is; a part of ``UseCases``."""

    answer_pin_request: AnswerPinRequest
    ask_about_client: AskAboutClient
    decide_claim: DecideClaim
    decide_fraud_hold: DecideFraudHold
    end_protection: EndProtection
    list_claims: ListClaims
    list_fraud_holds: ListFraudHolds
    list_own_claims: ListOwnClaims
    list_pins: ListPins
    object_to_inviter: ObjectToInviter
    open_claim: OpenClaim
    open_pin_request: OpenPinRequest
    pin_client: PinClient
    place_fraud_hold: PlaceFraudHold
    release_pin: ReleasePin
    remind_of_claims: RemindOfClaims
    reveal_claim: RevealClaim
    scan_for_fraud: ScanForFraud
    show_claim_card: ShowClaimCard
    show_fraud_card: ShowFraudCard
    show_pin: ShowPin
    take_silence: TakeSilence
