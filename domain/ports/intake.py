"""The home of the intake ports: reading and writing sets, one statement per kind."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from domain.entities.client import Click, Client, ClientAccount, Referral, ReferralMove
from domain.entities.event import EventConflict, EventRecord
from domain.entities.partner import Enrolment, LegalForm, PartnerIdentity
from domain.entities.service import Service
from domain.entities.stats import StatsDelta, StatsKey
from domain.ledger.accounts import Account, AccountKind
from domain.ledger.journal import JournalEntry, Posting


class Events(Protocol):
    """Stored events."""

    async def by_id_or_fact(
        self, ids: Iterable[str], facts: Iterable[str]
    ) -> Sequence[EventRecord]:
        """Return events with these ids, and those not rejected about these facts."""
        ...

    async def parked_for(self, waits_for: Iterable[str]) -> Sequence[EventRecord]:
        """Return events parked for any of these causes."""
        ...

    async def add(self, records: Sequence[EventRecord]) -> None:
        """Keep new events."""
        ...

    async def update(self, records: Sequence[EventRecord]) -> None:
        """Keep what came of stored events."""
        ...

    async def add_conflicts(self, conflicts: Sequence[EventConflict]) -> None:
        """Keep second bodies of used ids."""
        ...

    async def about(self, facts: Iterable[str]) -> Sequence[EventRecord]:
        """Return every event about these facts, rejected ones too."""
        ...

    async def updates_of_clients(self, client_ids: Iterable[str]) -> Sequence[EventRecord]:
        """Return every ``client.updated`` that names one of these ids of a client."""
        ...

    async def rewrite(self, data: Mapping[str, str]) -> None:
        """Keep other data of events, by their ids: for what has to be forgotten."""
        ...

    async def conflicts(self, event_ids: Iterable[str]) -> Sequence[EventConflict]:
        """Return the second bodies of these events."""
        ...

    async def rewrite_conflicts(self, data: Mapping[int, str]) -> None:
        """Keep other data of second bodies, by our ids."""
        ...


class Clients(Protocol):
    """Clients with their ids, accounts and referrals."""

    async def ids(self, external_ids: Iterable[str]) -> Mapping[str, int]:
        """Return our client id by each known external id."""
        ...

    async def ids_of(self, client_id: int) -> Sequence[str]:
        """Return every external id of a client."""
        ...

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Client]:
        """Return clients."""
        ...

    async def made_in_bot(
        self, telegram_ids: Iterable[int], phones: Iterable[str]
    ) -> Sequence[Client]:
        """Return clients made in the bot with one of these Telegram ids or phone digits."""
        ...

    async def by_telegram_ids(self, telegram_ids: Iterable[int]) -> Sequence[Client]:
        """Return clients with these Telegram ids."""
        ...

    async def by_phones(self, phones: Iterable[str]) -> Sequence[Client]:
        """Return clients with these phone digits."""
        ...

    async def pending(self, click_ids: Iterable[str]) -> Sequence[Client]:
        """Return clients that wait for these reported clicks."""
        ...

    async def add(self, clients: Sequence[Client]) -> None:
        """Keep new clients."""
        ...

    async def update(self, clients: Sequence[Client]) -> None:
        """Keep the next state of clients."""
        ...

    async def add_ids(self, ids: Mapping[str, int]) -> None:
        """Let clients be known by more ids."""
        ...

    async def move_ids(self, ids: Mapping[str, int]) -> None:
        """Let known ids be another client's from now on."""
        ...

    async def update_accounts(self, accounts: Sequence[ClientAccount]) -> None:
        """Keep the next state of client accounts."""
        ...

    async def accounts(self, account_ids: Iterable[str]) -> Sequence[ClientAccount]:
        """Return client accounts by their ids."""
        ...

    async def add_accounts(self, accounts: Sequence[ClientAccount]) -> None:
        """Keep new client accounts."""
        ...

    async def referrals(self, client_ids: Iterable[int]) -> Sequence[Referral]:
        """Return the referrals of these clients."""
        ...

    async def add_referrals(self, referrals: Sequence[Referral]) -> None:
        """Keep new referrals."""
        ...

    async def update_referrals(self, referrals: Sequence[Referral]) -> None:
        """Keep the next state of referrals."""
        ...

    async def add_moves(self, moves: Sequence[ReferralMove]) -> None:
        """Write down moves of clients; nothing edits them."""
        ...

    async def moves_of(self, client_id: int) -> Sequence[ReferralMove]:
        """Return the moves of a client, oldest first."""
        ...

    async def by_emails(self, emails: Iterable[str]) -> Sequence[Client]:
        """Return clients with these normalised addresses."""
        ...

    async def account_ids_of(self, client_id: int) -> Sequence[str]:
        """Return the ids of a client's accounts."""
        ...


class Services(Protocol):
    """What clients use of the vendor."""

    async def by_ids(self, service_ids: Iterable[str]) -> Sequence[Service]:
        """Return services by billing's ids."""
        ...

    async def of_clients(self, client_ids: Iterable[int]) -> Sequence[Service]:
        """Return every service of these clients."""
        ...

    async def add(self, services: Sequence[Service]) -> None:
        """Keep new services."""
        ...

    async def update(self, services: Sequence[Service]) -> None:
        """Keep the next state of services."""
        ...


class Clicks(Protocol):
    """Clicks."""

    async def known(
        self,
        *,
        click_ids: Iterable[str],
        visitor_ids: Iterable[str],
        person_ids: Iterable[int],
    ) -> Sequence[Click]:
        """Return clicks with any of these ids."""
        ...

    async def add(self, clicks: Sequence[Click]) -> None:
        """Keep new clicks."""
        ...

    async def forget_person(self, person_id: int) -> None:
        """Untie the clicks of a person from it and from its messages."""
        ...


class Enrolments(Protocol):
    """Enrolments with their links, members and ledger accounts."""

    async def by_codes(self, codes: Iterable[str]) -> Mapping[str, int]:
        """Return the enrolment id of each known code."""
        ...

    async def by_ids(self, ids: Iterable[int]) -> Sequence[Enrolment]:
        """Return enrolments."""
        ...

    async def identities(self, ids: Iterable[int]) -> Mapping[int, PartnerIdentity]:
        """Return what self-referral is judged by, for each enrolment (R4)."""
        ...

    async def admins(self, ids: Iterable[int]) -> Mapping[int, tuple[int, ...]]:
        """Return the Telegram ids of each enrolment's admins."""
        ...

    async def legal_forms(self, ids: Iterable[int]) -> Mapping[int, LegalForm]:
        """Return the legal form behind each enrolment, of those whose partner has told it."""
        ...

    async def update(self, enrolments: Sequence[Enrolment]) -> None:
        """Keep the next state of enrolments."""
        ...


class Ledger(Protocol):
    """The books."""

    async def accounts(self, enrolment_ids: Iterable[int]) -> Sequence[Account]:
        """Return the ledger accounts of these enrolments."""
        ...

    async def standing(
        self, enrolment_ids: Iterable[int]
    ) -> Mapping[tuple[int, AccountKind], Account]:
        """Return the same by enrolment and kind; each is made when it is asked for."""
        ...

    async def open_accounts(self, accounts: Sequence[Account]) -> None:
        """Keep new accounts."""
        ...

    async def write(
        self,
        new_entries: Sequence[JournalEntry],
        new_postings: Sequence[Posting],
        accounts: Sequence[Account],
    ) -> None:
        """Add entries and postings and keep the running balances."""
        ...


class Stats(Protocol):
    """Daily roll-ups."""

    async def add(self, deltas: Mapping[StatsKey, StatsDelta]) -> None:
        """Add to the figures of days."""
        ...
