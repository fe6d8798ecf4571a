"""The home of joining by application in a program file: fields, papers, originals, contract."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from domain.entities.questionnaire import (
    COUNTRY_OF,
    EMPLOYEE_FIELDS,
    Country,
    FieldKind,
    PaperKind,
)
from domain.programs.model_joining import ApplicationTerms, FormQuestions, OriginalsTerms
from domain.programs.reading import Table
from domain.programs.values import Unfit, flag, integer, member_of, text

E = TypeVar("E", bound=StrEnum)
NUMBER_PARTS = ("{year}", "{n}")
NUMBER_LENGTH_MAX = 24
_NUMBER = re.compile(r"[\w/.-]+")
WAIT_DAYS_MAX = 365
OPERATOR_LENGTH_MAX = 100
ADDRESS_LENGTH_MAX = 300
NAME_FIELDS = (FieldKind.FULL_NAME, FieldKind.COMPANY_NAME)


def read_application(joining: Table, *, is_asked: bool) -> ApplicationTerms:
    """Return how applications are handled; the usual terms where nothing is written.

    Args:
        joining: The section.
        is_asked: The program takes partners by application; else the keys have no use.
    """
    known = ApplicationTerms()
    keys = ("contract_number", "review_days", "reapply_days", "draft_days", "originals")
    if not is_asked:
        for key in keys:
            if joining.has(key):
                joining.report.add(
                    (*joining.path, key), 'has no use where mode is not "application"'
                )
        return known
    return ApplicationTerms(
        contract_number=joining.take("contract_number", _number, known.contract_number),
        review_days=joining.take("review_days", integer(1, WAIT_DAYS_MAX), known.review_days),
        reapply_days=joining.take("reapply_days", integer(0, WAIT_DAYS_MAX), known.reapply_days),
        draft_days=joining.take("draft_days", integer(1, WAIT_DAYS_MAX), known.draft_days),
        originals=_originals(joining),
    )


def _number(value: object) -> str:
    """Read the format of contract numbers, such as ``CR-{year}-{n}``."""
    format_ = text(most=NUMBER_LENGTH_MAX)(value)
    if format_.count("{n}") != 1:
        raise Unfit("{n} must stand in it once: it is the number within the year")
    bare = format_
    for part in NUMBER_PARTS:
        bare = bare.replace(part, "", 1)
    if bare and not _NUMBER.fullmatch(bare):
        raise Unfit(
            f"only letters, digits, / . _ - and {' '.join(NUMBER_PARTS)} are allowed, "
            "each of the last at most once"
        )
    return format_


def _originals(joining: Table) -> OriginalsTerms | None:
    if not joining.has("originals"):
        return None
    table = joining.table("originals")
    faults = len(table.report.problems)
    terms = OriginalsTerms(
        operator_id=table.take("edo_operator_id", text(most=OPERATOR_LENGTH_MAX), ""),
        address=table.take("address", text(most=ADDRESS_LENGTH_MAX), ""),
        receiver=table.take("receiver", text(most=OPERATOR_LENGTH_MAX), ""),
        before_approval=table.take("before_approval", flag, default=True),
    )
    is_clean = len(table.report.problems) == faults
    if is_clean and not terms.operator_id and not terms.address:
        table.report.add(table.path, "edo_operator_id, address or both are needed")
    if is_clean and terms.address and not terms.receiver:
        table.report.add(
            (*table.path, "receiver"), "is missing: the person who receives what is sent"
        )
    table.close()
    return terms


def read_questions(form: Table, *, is_asked: bool) -> FormQuestions:
    """Return what applicants of one legal form are asked for (R32)."""
    if not is_asked:
        return _unasked(form)
    country = form.take("country", _country, None)
    fields = _marked(form, "fields", "optional_fields", FieldKind)
    papers = _marked(form, "papers", "optional_papers", PaperKind)
    of_employee = form.take_list("employee_papers", member_of(PaperKind))
    _check_fields(form, fields, country)
    for position, paper in enumerate(of_employee):
        if paper in papers:
            form.report.add(
                (*form.path, "employee_papers", position),
                f"{paper} is asked of everybody already",
            )
    return FormQuestions(
        country=country,
        fields=fields,
        papers=papers,
        employee_papers=tuple(dict.fromkeys(of_employee)),
    )


def _country(value: object) -> Country | None:
    return member_of(Country)(value)


def _unasked(form: Table) -> FormQuestions:
    for key in (
        "country",
        "fields",
        "optional_fields",
        "papers",
        "optional_papers",
        "employee_papers",
    ):
        if form.has(key):
            form.report.add((*form.path, key), 'has no use where mode is not "application"')
    return FormQuestions()


def _marked(form: Table, needed: str, optional: str, kind: type[E]) -> Mapping[E, bool]:
    """Return members of two lists in the catalogue's order: whether each is required."""
    found: dict[E, bool] = {}
    for key, is_needed in ((needed, True), (optional, False)):
        for position, one in enumerate(form.take_list(key, member_of(kind))):
            if one in found:
                form.report.add((*form.path, key, position), f"{one} is named twice")
            found.setdefault(one, is_needed)
    return {one: found[one] for one in kind if one in found}


def _check_fields(form: Table, fields: Mapping[FieldKind, bool], country: Country | None) -> None:
    path = (*form.path, "fields")
    if not form.has("fields"):
        form.report.add(path, "is missing: what an applicant of this legal form is asked for")
    elif not any(fields.get(kind) for kind in NAME_FIELDS):
        form.report.add(path, f"one of {', '.join(NAME_FIELDS)} is needed: it names the partner")
    if form.has("fields") and not (fields.get(FieldKind.PHONE) or fields.get(FieldKind.EMAIL)):
        form.report.add(path, "phone or email is needed: who decides must reach the applicant")
    is_unreadable = form.has("country") and country is None
    for kind in fields:
        belongs = COUNTRY_OF.get(kind)
        if kind in EMPLOYEE_FIELDS:
            form.report.add(path, f"{kind} is asked by itself where employee_papers are named")
        elif belongs is not None and belongs is not country and not is_unreadable:
            stated = f'country is "{country}"' if country else "no country is stated"
            form.report.add(path, f"{kind} is a number of {belongs}, and {stated}")
    pair = (FieldKind.BANK_ACCOUNT, FieldKind.BIK)
    if (pair[0] in fields) != (pair[1] in fields):
        form.report.add(path, "bank_account and bik prove each other: name both or neither")
