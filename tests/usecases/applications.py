"""Two programs by application, and people whose applications come as far as a test needs."""

from domain.applying import ApplicationView, contract_mark
from domain.entities.partner import LegalForm
from domain.entities.questionnaire import FieldKind, PaperKind
from domain.programs.model import Program
from domain.usecases.applications.papers import HandedIn
from tests.domain.builders import written
from tests.domain.paper_files import picture
from tests.usecases.app import App

F, P = FieldKind, PaperKind
CLOUD = written(
    """
    [program]
    key = "cloud"
    currency = "EUR"
    [joining]
    mode = "application"
    contract_number = "C-{year}-{n}"
    draft_days = 30
    [joining.originals]
    address = "1 Sample street"
    receiver = "Partner department"
    [[joining.forms]]
    key = "self_employed"
    country = "RU"
    fields = ["full_name", "inn", "phone"]
    optional_fields = ["email", "vendor_account"]
    papers = ["passport"]
    employee_papers = ["power_of_attorney"]
    [[joining.forms]]
    key = "individual"
    paid_out = false
    fields = ["full_name", "phone"]
    [payout]
    minimum = "5.00"
    """
)
SECOND = written(
    """
    [program]
    key = "second"
    currency = "EUR"
    [joining]
    mode = "application"
    reapply_days = 10
    [[joining.forms]]
    key = "self_employed"
    country = "RU"
    fields = ["full_name", "inn", "phone"]
    [[joining.forms]]
    key = "individual"
    fields = ["full_name", "phone"]
    [payout]
    minimum = "5.00"
    """
)
ANSWERS = {F.FULL_NAME: "Sample Anna", F.INN: "771234567859", F.PHONE: "+79123456789"}


async def filled(
    app: App, name: str, program: Program = SECOND, form: LegalForm = LegalForm.SELF_EMPLOYED
) -> ApplicationView:
    """Fill in what is asked, without papers."""
    caller = await app.private(name)
    view = await app.use.start_application(caller, program.key)
    view = await app.use.choose_legal_form(caller, view.application.id, form)
    if view.application.by_employee is None:
        view = await app.use.choose_legal_form.filer(
            caller, view.application.id, by_employee=False
        )
    asked = [item.key for item in view.progress.fields if item.is_required]
    for field in asked:
        assert isinstance(field, FieldKind)
        view = await app.use.enter_answer(caller, view.application.id, field, ANSWERS[field])
    return view


async def hands_in(
    app: App, name: str, view: ApplicationView, kind: PaperKind = P.PASSPORT, **more: object
) -> ApplicationView:
    """Hand in one more file of a paper."""
    handed = HandedIn(kind=kind, name="scan.png", data=picture("PNG"), **more)  # type: ignore[arg-type]
    return await app.use.hand_in_paper(await app.private(name), view.application.id, handed)


async def sent(app: App, name: str, program: Program = SECOND) -> ApplicationView:
    """Fill in and send."""
    view = await filled(app, name, program)
    if view.progress.papers:
        await hands_in(app, name, view)
    caller = await app.private(name)
    return await app.use.submit_application(caller, view.application.id, program.version)


async def approved(app: App, view: ApplicationView, name: str = "boss") -> ApplicationView:
    """Approve under the proposed number."""
    caller, id_ = await app.in_chat(name), view.application.id
    prepared = await app.use.prepare_approval(caller, id_)
    mark = contract_mark(prepared.application)
    return await app.use.decide_application.approve(caller, id_, mark)
