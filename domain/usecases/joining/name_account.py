"""The home of naming the partner's own account with the vendor (R30)."""

import re

from domain.access import own_enrolment
from domain.entities.notice import STAFF_CHAT, Notice
from domain.entities.partner import Enrolment
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
    - Another one in the place of a named one is told to staff: credit goes there (R20).
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
            partner = await work.partners.get(enrolment.partner_id)
            had = partner.vendor_account_id if partner else None
            await work.partners.set_vendor_account(enrolment.partner_id, text)
            if had not in (None, text):
                await work.notices.add([self._changed(enrolment)])
            await work.audit.add(
                at=self._around.clock(),
                actor=caller.person.id,
                role="partner",
                action="vendor_account_named",
                subject=f"partner:{enrolment.partner_id}",
                details={"is_change": had not in (None, text)},
            )
            await work.commit()
        return text

    def _changed(self, enrolment: Enrolment) -> Notice:
        return Notice(
            id=self._around.new_id(),
            recipient=STAFF_CHAT,
            kind="vendor_account_changed",
            params={"code": enrolment.code, "program": enrolment.program},
            created_at=self._around.clock(),
        )
