"""The home of what a program asks of who joins, by legal form (R21, R30-R34)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.entities.partner import LegalForm
from domain.entities.questionnaire import EMPLOYEE_FIELDS, Country, FieldKind, PaperKind
from domain.programs.model_rates import Settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class FormQuestions:
    """What applicants of one legal form are asked for (R32).

    Attributes:
        country: Whose rules numbers and phones follow; ``None`` where none is stated.
        fields: Whether each field is required, in the order of the form.
        papers: Whether each paper is required.
        employee_papers: What proves that an employee may file; empty where none may.
    """

    country: Country | None = None
    fields: Mapping[FieldKind, bool] = field(default_factory=dict)
    papers: Mapping[PaperKind, bool] = field(default_factory=dict)
    employee_papers: tuple[PaperKind, ...] = ()

    def fields_for(self, *, by_employee: bool) -> Mapping[FieldKind, bool]:
        """Return what is asked of this applicant, whether each is required."""
        if not by_employee or not self.employee_papers:
            return self.fields
        asked = dict(self.fields) | dict.fromkeys(EMPLOYEE_FIELDS, True)
        return {kind: asked[kind] for kind in FieldKind if kind in asked}

    def papers_for(self, *, by_employee: bool) -> Mapping[PaperKind, bool]:
        """Return which papers are asked of this applicant, whether each is required."""
        if not by_employee:
            return self.papers
        return {**self.papers, **dict.fromkeys(self.employee_papers, True)}


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalFormTerms:
    """What a program states of partners of one legal form (R21).

    Attributes:
        form: The legal form.
        is_paid_out: Whether such a partner may ask for pay-outs and conversion into money.
        settlements: Ways in which the money of its clients may travel; a payment of another
            way earns nothing, reason ``legal_form``.
        questions: What an applicant is asked for.
    """

    form: LegalForm
    is_paid_out: bool = True
    settlements: frozenset[Settlement] = frozenset(Settlement)
    questions: FormQuestions = FormQuestions()


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalsTerms:
    """How the originals of papers travel once the scans are accepted (R33).

    Attributes:
        operator_id: The vendor's id with its operator of e-documents; empty where it has none.
        address: Where courier and post bring them; empty where only e-documents are taken.
        receiver: The person who receives them there.
        before_approval: An application is approved only when they are there.
    """

    operator_id: str = ""
    address: str = ""
    receiver: str = ""
    before_approval: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationTerms:
    """How a program handles applications (R30-R34).

    Attributes:
        contract_number: Format of contract numbers: ``{year}``, and ``{n}`` within the year.
        review_days: Days in which staff promise to decide.
        reapply_days: Days after a rejection before the same application can be sent again.
        draft_days: Days after which a draft that nobody touched is deleted.
        originals: How originals travel; ``None`` where scans are enough.
    """

    contract_number: str = "{year}-{n}"
    review_days: int = 3
    reapply_days: int = 0
    draft_days: int = 90
    originals: OriginalsTerms | None = None
