"""How long an application is kept: forgotten with a warning, taken out, erased."""

from datetime import timedelta

import pytest

from domain.access import NotAPartner
from tests.usecases.app import App
from tests.usecases.applications import ANSWERS, CLOUD, F, approved, filled, hands_in, sent

pytestmark = pytest.mark.usefixtures("by_application")


async def test_what_nobody_touches_is_forgotten_and_what_is_under_review_is_not(app: App) -> None:
    draft = await filled(app, "ann", CLOUD)
    await hands_in(app, "ann", draft)
    await sent(app, "bob", CLOUD)
    app.later(days=31)
    assert await app.use.forget_applications() == 0
    app.later(days=7)
    assert await app.use.forget_applications() == 1
    assert await app.use.forget_applications() == 0
    statuses = {row["person_id"]: row["status"] for row in await app.rows("applications")}
    assert statuses == {app.id_of("ann"): "withdrawn", app.id_of("bob"): "review"}
    erased = [row for row in await app.rows("dossiers") if row["erased_at"] is not None]
    assert [(row["wrapped_key"], row["owner_id"]) for row in erased] == [(None, 0)]
    answered = {row["application_id"] for row in await app.rows("application_answers")}
    assert draft.application.id not in answered


async def test_a_week_before_it_is_forgotten_its_author_is_told(app: App) -> None:
    draft = await filled(app, "ann", CLOUD)
    await sent(app, "bob", CLOUD)
    kinds: list[int] = []
    for days in (22, 2, 2, 4):
        app.later(days=days)
        assert await app.use.forget_applications() == 0
        kinds.append(len(await warnings_of(app, "ann")))
    assert kinds == [0, 1, 1, 1]
    ((_, params),) = await warnings_of(app, "ann")
    assert params["day"] == (app.now + timedelta(days=1)).date().isoformat()
    # Any change begins the time anew, and the next warning with it.
    await app.use.enter_answer(
        await app.private("ann"), draft.application.id, F.FULL_NAME, "Sample Anna Lee"
    )
    app.later(days=22)
    assert await app.use.forget_applications() == 0
    app.later(days=2)
    assert await app.use.forget_applications() == 0
    assert len(await warnings_of(app, "ann")) == 2
    app.later(days=8)
    assert await app.use.forget_applications() == 1
    assert await warnings_of(app, "bob") == []


async def warnings_of(app: App, name: str) -> list[tuple[str, dict[str, object]]]:
    return [told for told in await app.told(name) if told[0] == "application_fading"]


async def test_a_person_sees_takes_out_and_erases_its_application(app: App) -> None:
    view = await filled(app, "ann")
    ann = await app.private("ann")
    shown = await app.use.show_own_data(ann)
    assert [one.number for one in shown.applications] == [view.application.number]
    kept = (await app.use.export_own_data(ann))["applications"]
    assert {row["kind"]: row["text"] for row in kept} == {
        kind.value: value for kind, value in ANSWERS.items()
    }
    await app.use.withdraw_application(ann, view.application.id)
    await app.use.withdraw_application(ann, view.application.id)
    assert await app.rows("application_answers") == []
    assert (await app.use.show_own_data(ann)).applications == ()


async def test_who_leaves_as_the_last_member_takes_its_answers_along(app: App) -> None:
    await approved(app, await sent(app, "ann"))
    await app.use.leave_partner(await app.private("ann"))
    assert await app.rows("application_answers") == []
    with pytest.raises(NotAPartner):
        await app.use.show_enrolment(await app.private("ann"))
