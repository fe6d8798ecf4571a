"""The home of publishing terms: what may change under a version, and when a new one may begin."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta

from domain.entities.terms import PublishedTerms
from domain.programs.load import load_program
from domain.programs.locate import lines_of
from domain.programs.model import Program, ProgramTexts
from domain.programs.problems import Path, ProgramFileInvalid, Report

OPERATION = frozenset(
    {
        "landing_url",
        "fraud_holds",
        "claim_days",
        "claims_per_day",
        "client_first_to_partner",
        "renewal_days",
        "application",
        "price_list",
        "invoice_due_days",
        "payout_documents",
        "has_certificate",
        "promo",
        "texts",
        "versions",
    }
)
"""How the vendor runs the program: no partner accepts it, so it may change at any time."""
ACCEPTED_TEXTS = ("rules", "client_offer", "excluded_promotion")
"""Of the texts, those that are part of the terms; names and summaries may be mended."""
_KEYS = {
    "pinning": "pinning",
    "free_products": "entitlements.free_products",
    "joining": "joining.mode",
    "forms": "joining.forms",
    "window_days": "attribution.window_days",
    "model": "attribution.model",
    "tier_basis": "tiers.basis",
    "tiers": "tiers.levels",
    "duration_months": "commission.duration_months",
    "hold_days": "commission.hold_days",
    "rates": "commission.rates",
    "minimum_payment": "commission.minimum_payment",
    "payment_cap": "commission.payment_cap",
    "client_cap": "commission.client_cap",
    "month_cap": "commission.month_cap",
    "tax": "commission.tax_included",
    "payout_minimum": "payout.minimum",
    "payout_schedule": "payout.schedule",
    "payout_day": "payout.day",
    "announce_days": "terms.announce_days",
    "acceptance": "terms.acceptance",
    "version_date": "program.version_date",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramFile:
    """A program file that was read.

    Attributes:
        program: What it says.
        text: As it is written.
        source: Name of the file, for the messages.
    """

    program: Program
    text: str
    source: str


def changed_keys(before: Program, after: Program) -> list[str]:
    """Return the keys of the file whose values differ in the terms, in the order of the model."""
    found = [
        _KEYS.get(field.name, field.name)
        for field in fields(Program)
        if field.name not in OPERATION
        and getattr(before, field.name) != getattr(after, field.name)
    ]
    for language, texts in after.texts.items():
        earlier = before.text(language)
        found += [
            f"texts.{language}.{name}"
            for name in ACCEPTED_TEXTS
            if getattr(earlier, name) != getattr(texts, name)
        ]
    return found


def read_published(terms: PublishedTerms) -> Program:
    """Return the program of a stored version.

    Raises:
        ProgramFileInvalid: this version of the product cannot read it any more.
    """
    return load_program(terms.text, source=f"{terms.program}, stored version {terms.version}")


def is_to_publish(
    file: ProgramFile, published: Sequence[PublishedTerms], *, today: date, has_partners: bool
) -> bool:
    """Test if the file brings a version that is not published yet.

    Args:
        file: The file.
        published: What is stored of the program, by version.
        today: The day in UTC.
        has_partners: Somebody takes part, so a change must be told ahead of time.

    Raises:
        ProgramFileInvalid: published terms were edited, or the new version cannot begin so.
    """
    if not published:
        return True
    program, latest = file.program, published[-1]
    report = Report(file.source, lines_of(file.text))
    same = next((row for row in published if row.version == program.version), None)
    if same is not None:
        _check_unchanged(report, file, same, latest)
    elif program.version < latest.version:
        report.add(
            ("program", "version"),
            f"{program.version} is older than version {latest.version}, which is published: "
            f"terms never go back; for the old rules write version {latest.version + 1} or higher",
        )
    else:
        _check_date(report, program, latest, today=today, has_partners=has_partners)
    if report.problems:
        raise ProgramFileInvalid(report.in_order())
    return same is None


def _check_unchanged(
    report: Report, file: ProgramFile, same: PublishedTerms, latest: PublishedTerms
) -> None:
    path: Path = ("program", "version")
    if same.version != latest.version:
        report.add(
            path,
            f"{same.version} is published, and so is version {latest.version}: "
            f"the file must bring the latest, or one of {latest.version + 1} and higher",
        )
    elif same.text != file.text:
        changed = changed_keys(read_published(same), file.program)
        if changed:
            report.add(
                path,
                f"{same.version} is published since {same.published_at:%Y-%m-%d} and must stay as "
                f"it is, but {', '.join(changed)} changed: write version {same.version + 1} with "
                "its version_date, or put the old values back",
            )


def _check_date(
    report: Report, program: Program, latest: PublishedTerms, *, today: date, has_partners: bool
) -> None:
    path: Path = ("program", "version_date")
    before = read_published(latest)
    if program.currency != before.currency:
        report.add(
            ("program", "currency"),
            f"was {before.currency}: balances belong to it, so it never changes",
        )
    if program.version_date is None:
        report.add(path, f"is missing: from which day does version {program.version} hold?")
        return
    # The notice that partners were promised is the one of the terms that they live under.
    ahead = max(before.announce_days, program.announce_days) if has_partners else 0
    earliest = today + timedelta(days=ahead)
    if latest.version_date is not None:
        earliest = max(earliest, latest.version_date + timedelta(days=1))
    if program.version_date < earliest:
        why = f"partners are told {ahead} days ahead" if ahead else "terms never change backwards"
        report.add(
            path,
            f"{program.version_date} is too early for version {program.version}: {why}, "
            f"so {earliest} is the first day that is possible",
        )


def timeline(file: ProgramFile, published: Sequence[PublishedTerms]) -> tuple[Program, ...]:
    """Return every version of the terms by its day, run as the file says today.

    Raises:
        ProgramFileInvalid: a stored version cannot be read any more.
    """
    current = file.program
    return tuple(
        current if terms.version == current.version else _run_as(read_published(terms), current)
        for terms in published
    )


def _run_as(terms: Program, current: Program) -> Program:
    texts = {
        language: _texts(terms.text(language), current.text(language))
        for language in current.texts
    }
    kept = {name: getattr(current, name) for name in OPERATION - {"texts", "versions"}}
    return replace(terms, **kept, texts=texts)


def _texts(terms: ProgramTexts, current: ProgramTexts) -> ProgramTexts:
    """Return today's names with the accepted texts, and the names of what is no more."""
    return replace(
        current,
        **{name: getattr(terms, name) for name in ACCEPTED_TEXTS},
        tiers={**terms.tiers, **current.tiers},
        categories={**terms.categories, **current.categories},
    )
