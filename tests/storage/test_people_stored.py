"""People, staff, partners and enrolments as they are stored."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain.entities.partner import EnrolmentStatus, Link, PartnerIdentity
from domain.entities.people import Caller, Invitation, Membership, StaffMember
from domain.rights import MemberRole, StaffRole
from storage.engine import Engines
from storage.work import SqlOpenWork
from tests.storage.records import (
    NOW,
    add_client,
    add_partner,
    enrolment,
    partner,
    person,
)


async def test_a_person_is_kept_and_renamed(open_work: SqlOpenWork) -> None:
    hostile = person(5, name="Зоя 🦊 <b>'--", username="zoe", language="uk")
    async with open_work() as work:
        assert await work.people.get(5) is None
        await work.people.keep(person(5), at=NOW)
        await work.people.keep(hostile, at=NOW + timedelta(days=1))
        assert await work.people.get(5) == hostile
        assert await work.people.caller(5) == Caller(person=hostile)
        assert await work.people.caller(404) is None


async def test_a_person_is_forgotten(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.people.keep(person(5), at=NOW)
        await work.people.keep(person(6), at=NOW)
        await work.people.forget(5)
        assert await work.people.get(5) is None
        assert await work.people.get(6) == person(6)


async def test_a_person_that_speaks_again_is_no_longer_blocked(
    engines: Engines, open_work: SqlOpenWork
) -> None:
    async def is_blocked() -> bool:
        async with engines.reads.connect() as connection:
            return await connection.scalar(text("SELECT blocked_at FROM people")) is not None

    async with open_work() as work:
        await work.people.keep(person(5), at=NOW)
        await work.people.set_blocked(5, NOW)
        await work.commit()
    assert await is_blocked()
    async with open_work() as work:
        await work.people.keep(person(5), at=NOW)
        await work.commit()
    assert not await is_blocked()


async def test_a_caller_is_everything_at_once(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_client(work, 8, telegram_id=101)
        await add_client(work, 9, telegram_id=101)
        await work.staff.put(101, StaffRole.FINANCE, invited_by=900, at=NOW)
        assert await work.people.caller(101) == Caller(
            person=person(101),
            staff_role=StaffRole.FINANCE,
            # Whoever chose no program works in the partner's oldest one.
            membership=Membership(partner_id=1, role=MemberRole.ADMIN, program="tiered"),
            client_id=8,
        )


async def test_what_has_ended_is_not_in_a_caller(
    engines: Engines, open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_client(work, 8, telegram_id=101, deleted_at=NOW)
        await work.staff.put(101, StaffRole.OWNER, invited_by=900, at=NOW)
        assert await work.staff.remove(101, at=NOW)
        assert not await work.staff.remove(101, at=NOW)
        await work.commit()
    async with engines.writes.begin() as connection:
        await connection.execute(text("UPDATE members SET left_at = 1"))
    async with open_work.read() as work:
        assert await work.people.caller(101) == Caller(person=person(101))
        assert await work.partners.role_of(101, 1) is None
        assert await work.enrolments.admins([1]) == {}
        assert (await work.enrolments.identities([1]))[1] == PartnerIdentity()


async def test_staff(open_work: SqlOpenWork) -> None:
    async with open_work() as work:
        await work.people.keep(person(7, name="Іван"), at=NOW)
        await work.staff.put(8, StaffRole.SUPPORT, invited_by=900, at=NOW + timedelta(1))
        await work.staff.put(7, StaffRole.SUPPORT, invited_by=900, at=NOW)
        await work.staff.put(7, StaffRole.MANAGER, invited_by=900, at=NOW)
        assert await work.staff.role_of(7) is StaffRole.MANAGER
        assert await work.staff.role_of(404) is None
        assert await work.staff.all() == [
            StaffMember(person_id=7, role=StaffRole.MANAGER, name="Іван", joined_at=NOW),
            StaffMember(
                person_id=8, role=StaffRole.SUPPORT, name="8", joined_at=NOW + timedelta(1)
            ),
        ]
        await work.staff.remove(7, at=NOW)
        assert await work.staff.role_of(7) is None
        await work.staff.put(7, StaffRole.OWNER, invited_by=900, at=NOW)
        assert await work.staff.role_of(7) is StaffRole.OWNER


async def test_an_invitation_is_used_once(open_work: SqlOpenWork) -> None:
    invitation = Invitation(
        token_hash="ab" * 32, role=StaffRole.SUPPORT, created_by=900, expires_at=NOW
    )
    async with open_work() as work:
        assert await work.staff.invitation(invitation.token_hash) is None
        await work.staff.invite(invitation, NOW)
        assert await work.staff.invitation(invitation.token_hash) == invitation
        await work.staff.use(invitation.token_hash, 7, NOW)
        used = await work.staff.invitation(invitation.token_hash)
        assert used
        assert used.used_by == 7


async def test_a_partner_with_enrolments_and_links(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        older = enrolment(2, partner_id=1, program="flat", joined_at=NOW - timedelta(days=1))
        await work.partners.add_enrolment(older)
        await work.partners.add_link(Link(code="blog", enrolment_id=2, label="Мій блог"), NOW)
        await work.partners.set_vendor_account(1, "crm-1")
        assert await work.partners.get(1) == partner(1, vendor_account_id="crm-1")
        assert await work.partners.get(404) is None
        assert await work.partners.enrolments_of(1) == [older, enrolment(1)]
        assert await work.partners.by_code("BLOG") == (
            partner(1, vendor_account_id="crm-1"),
            older,
        )
        assert await work.partners.by_code("nobody") is None
        assert not await work.partners.code_is_free("blog")
        assert await work.partners.code_is_free("log")
        assert await work.partners.role_of(101, 1) is MemberRole.ADMIN
        assert await work.partners.role_of(102, 1) is None


async def test_one_enrolment_per_program_and_one_owner_per_code(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await work.commit()
    async with open_work() as work:
        with pytest.raises(IntegrityError):
            await work.partners.add_enrolment(enrolment(2, partner_id=1))
    async with open_work() as work:
        with pytest.raises(IntegrityError):
            await work.partners.add_link(Link(code="code1", enrolment_id=1), NOW)


async def test_enrolments_in_sets(open_work: SqlOpenWork, new_id: Callable[[], int]) -> None:
    async with open_work() as work:
        for number in (1, 2, 3):
            await add_partner(work, number, new_id)
        await work.people.keep(person(55), at=NOW)
        await work.partners.add_member(2, 55, MemberRole.USER, NOW)
        await work.partners.add_member(2, 54, MemberRole.ADMIN, NOW)
        assert await work.enrolments.by_codes(["code1", "code3", "nobody"]) == {
            "code1": 1,
            "code3": 3,
        }
        assert await work.enrolments.by_codes([]) == {}
        found = await work.enrolments.by_ids([3, 1, 404])
        assert {row.id: row for row in found} == {1: enrolment(1), 3: enrolment(3)}
        assert await work.enrolments.admins([1, 2, 404]) == {1: (101,), 2: (54, 102)}
        changed = enrolment(
            3, status=EnrolmentStatus.SUSPENDED, paying_clients=4, tier="plus", code="code3"
        )
        await work.enrolments.update([changed, enrolment(1, tier="start")])
        found = await work.enrolments.by_ids([1, 2, 3])
        assert {row.id: row.tier for row in found} == {1: "start", 2: None, 3: "plus"}
        assert changed in found


async def test_a_partner_is_known_by_all_that_its_members_are(
    open_work: SqlOpenWork, new_id: Callable[[], int]
) -> None:
    async with open_work() as work:
        await add_partner(work, 1, new_id)
        await add_partner(work, 2, new_id)
        await work.partners.set_vendor_account(1, "crm-1")
        await work.partners.add_member(1, 77, MemberRole.USER, NOW)
        await add_client(work, 5, telegram_id=77, email=" Zoe@Example.com", phone="+380 50 1")
        await add_client(work, 6, telegram_id=77, tax_id="123")
        found = await work.enrolments.identities([1, 2])
        assert found[1].telegram_ids == {101, 77}
        assert found[1].phones == {"380501"}
        assert found[1].tax_ids == {"123"}
        assert found[1].vendor_account_id == "crm-1"
        assert {email.lower().strip() for email in found[1].emails} == {"zoe@example.com"}
        assert found[2] == PartnerIdentity(telegram_ids=frozenset({102}))
