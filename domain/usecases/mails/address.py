"""The home of a person naming its e-mail address, and proving with a code that it reads there."""

import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from domain.entities.mail import CODE_DIGITS, EmailAddress, Mail
from domain.entities.people import Caller
from domain.errors import DomainError
from domain.rules.emails import read_email
from domain.surroundings import Surroundings

CODE_LIVES = timedelta(minutes=30)
TRIES_MAX = 5
CODES_MAX = 5
CODES_PER = timedelta(hours=24)


class MailOff(DomainError):
    """No mail server is configured, so no code can be sent."""

    code = "mail_off"


class BadEmail(DomainError):
    """The text is no e-mail address."""

    code = "bad_email"


class TooManyCodes(DomainError):
    """As many codes were sent as a day allows; ``possible_at`` says when the next may."""

    code = "too_many_codes"


class WrongCode(DomainError):
    """It is not the code; ``left`` says how often it may be tried."""

    code = "wrong_code"


class CodeVoid(DomainError):
    """There is no code that could be typed: used, too old, or tried too often."""

    code = "code_void"


class NameEmail:
    """Keep the address that a person names, and send a code of six digits there.

    - A new address takes the place of the old one at once, and is not confirmed.
    - At most five codes a day: the bot cannot be made to flood a stranger's mailbox.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def check(self) -> None:
        """Test if a code could be sent at all.

        Raises:
            MailOff: no mail server is configured.
        """
        if not self._around.open_work.sends_mail:
            raise MailOff

    async def __call__(self, caller: Caller, text: str) -> EmailAddress:
        """Keep the address and owe the e-mail with the code.

        Raises:
            MailOff: no mail server is configured.
            BadEmail: the text is no address.
            TooManyCodes: five were sent within a day.
        """
        await self.check()
        address = read_email(text)
        if address is None:
            raise BadEmail
        now = self._around.clock()
        async with self._around.open_work(books=False) as work:
            before = await work.mails.address(caller.person.id, lock=True)
            named = _next(before, caller.person.id, address, now)
            await work.mails.put_address(named)
            await work.mails.add([self._mail(caller, named, now)])
            await work.commit()
        return named

    def _mail(self, caller: Caller, named: EmailAddress, now: datetime) -> Mail:
        return Mail(
            id=self._around.new_id(),
            kind="confirm_address",
            recipient=named.address,
            params={"code": named.code, "minutes": CODE_LIVES // timedelta(minutes=1)},
            language=caller.person.language,
            created_at=now,
            person_id=caller.person.id,
        )


def _next(
    before: EmailAddress | None, person_id: int, address: str, now: datetime
) -> EmailAddress:
    sent, first = 0, now
    if before is not None and before.first_asked_at + CODES_PER > now:
        sent, first = before.codes_sent, before.first_asked_at
    if sent >= CODES_MAX:
        raise TooManyCodes(most=CODES_MAX, possible_at=first + CODES_PER)
    return EmailAddress(
        person_id=person_id,
        address=address,
        code=f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}",
        asked_at=now,
        codes_sent=sent + 1,
        first_asked_at=first,
    )


class ConfirmEmail:
    """Take the code that was sent.

    - Five tries within half an hour; a wrong one counts, whoever types it.
    - A code that was used is used up.
    """

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller, text: str) -> EmailAddress:
        """Return the confirmed address.

        Raises:
            CodeVoid: no code is waited for, or it is too old, or was tried too often.
            WrongCode: it is another one.
        """
        now = self._around.clock()
        typed = "".join(sign for sign in text if sign.isascii() and sign.isdigit())
        async with self._around.open_work(books=False) as work:
            named = await work.mails.address(caller.person.id, lock=True)
            if named is None or not named.code or now >= named.asked_at + CODE_LIVES:
                raise CodeVoid
            is_right = hmac.compare_digest(typed.encode(), named.code.encode())
            if is_right:
                settled = replace(named, code="", confirmed_at=now)
            else:
                tries = named.tries + 1
                is_over = tries >= TRIES_MAX
                settled = replace(named, tries=tries, code="" if is_over else named.code)
            await work.mails.put_address(settled)
            await work.commit()
        if not is_right:
            if not settled.code:
                raise CodeVoid
            raise WrongCode(left=TRIES_MAX - settled.tries)
        return settled


class ShowEmail:
    """Show a person the address that it named."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self, caller: Caller) -> EmailAddress | None:
        """Return it, ``None`` where there is none; never with its code."""
        async with self._around.open_work.read() as work:
            named = await work.mails.address(caller.person.id)
        return replace(named, code="") if named else None
