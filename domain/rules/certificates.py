"""The home of the rules of certificates: their numbers, and what they are worth now (R43)."""

from domain.entities.certificate import Certificate, CertificateStatus
from domain.entities.partner import Enrolment, EnrolmentStatus
from domain.errors import DomainError

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs without I, L, O and U, which people take for others."""
LENGTH = 12
GROUP = 4
_TAKEN_FOR = str.maketrans({"O": "0", "I": "1", "L": "1"})
_MODULUS = len(SIGNS)


class NoCertificates(DomainError):
    """The program issues none."""

    code = "no_certificates"


class CertificateStopped(DomainError):
    """The partner takes no part now, so that no certificate of it holds."""

    code = "certificate_stopped"


def number_from(randomness: bytes) -> str:
    """Return a number made of eight random bytes or more: 55 bits that nobody guesses."""
    rest, signs = int.from_bytes(randomness, "big"), ""
    for _ in range(LENGTH - 1):
        rest, digit = divmod(rest, _MODULUS)
        signs += SIGNS[digit]
    return _grouped(signs + _check_sign(signs))


def read_number(text: str) -> str | None:
    """Return a number as it is kept, however it was typed; ``None`` where a sign is wrong."""
    bare = "".join(sign for sign in text.upper() if sign not in " -–—").translate(_TAKEN_FOR)
    if len(bare) != LENGTH or any(sign not in SIGNS for sign in bare):
        return None
    return _grouped(bare) if _check_sign(bare[:-1]) == bare[-1] else None


def _check_sign(signs: str) -> str:
    """Return the check sign of ISO 7064, hybrid: it finds a wrong sign and two exchanged ones."""
    check = _MODULUS
    for sign in signs:
        check = (check + SIGNS.index(sign)) % _MODULUS or _MODULUS
        check = check * 2 % (_MODULUS + 1)
    return SIGNS[(1 - check) % _MODULUS]


def _grouped(bare: str) -> str:
    return "-".join(bare[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def status_of(certificate: Certificate, enrolment: Enrolment, name: str) -> CertificateStatus:
    """Return what a certificate is worth now.

    Nobody presses anything for it: a partner that is suspended or has left has none that holds,
    one that is back has; another name or tier needs another certificate.
    """
    if enrolment.status is not EnrolmentStatus.ACTIVE:
        return CertificateStatus.REVOKED
    if certificate.replaced_at is not None or not is_current(certificate, enrolment, name):
        return CertificateStatus.REPLACED
    return CertificateStatus.VALID


def is_current(certificate: Certificate, enrolment: Enrolment, name: str) -> bool:
    """Test if what stands on a certificate is still so."""
    return certificate.name == name and certificate.tier == enrolment.tier
