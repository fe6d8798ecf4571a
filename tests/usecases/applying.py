"""A program by application that others can act upon, and one application that waits in it."""

from domain.entities.questionnaire import FieldKind
from tests.domain.builders import written
from tests.usecases.app import App

APPLYING = written(
    """
    [program]
    key = "applying"
    currency = "EUR"
    [joining]
    mode = "application"
    [joining.originals]
    edo_operator_id = "2BM"
    before_approval = false
    [[joining.forms]]
    key = "individual"
    fields = ["full_name", "phone"]
    optional_papers = ["passport"]
    [payout]
    minimum = "5.00"
    """
)


async def waiting_application(app: App) -> int:
    """Return an application that waits; its program must be offered."""
    abe = await app.private("abe")
    id_ = (await app.use.start_application(abe, "applying")).application.id
    await app.use.enter_answer(abe, id_, FieldKind.FULL_NAME, "Sample Abe")
    await app.use.enter_answer(abe, id_, FieldKind.PHONE, "+380671234567")
    await app.use.submit_application(abe, id_, 1)
    return id_
