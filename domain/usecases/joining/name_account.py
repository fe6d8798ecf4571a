"""The home of naming the partner's own account with the vendor (R30)."""

import re

from domain.access import own_enrolment
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.surroundings import Surroundings

LENGTH_MAX = 128
_ACCOUNT = re.compile(r"\S(?:[\S ]{0,126}\S)?")


class BadAccountId(DomainError):
    """The text cannot be an account id."""

    code = "bad_account_id"


class NameVendorAccount:
    """Keep the partner's own account with the vendor.

    - Only an admin of the partner may name it.
    - It is what self-referral compares with ``owner_account_id`` (R4), and pay-outs wait for it.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, account_id: str) -> str:
        """Return the account id as kept.

        Raises:
            BadAccountId: empty, over 128 characters, or with signs that do not print.
        """
        text = account_id.strip()
        if not _ACCOUNT.fullmatch(text) or not text.isprintable():
            raise BadAccountId(limit=LENGTH_MAX)
        async with self._around.open_work() as work:
            enrolment = await own_enrolment(work, caller)
            await work.partners.set_vendor_account(enrolment.partner_id, text)
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="partner",
                action="vendor_account_named",
                subject=f"partner:{enrolment.partner_id}",
                details={},
            )
            await work.commit()
        return text
