"""The home of publishing terms: a program file is compared with what was published before."""

from collections.abc import Sequence
from itertools import groupby

from domain.entities.terms import PublishedTerms
from domain.ports.clock import Clock
from domain.ports.work import OpenWork
from domain.programs.problems import Problem, ProgramFileInvalid
from domain.programs.publishing import ProgramFile, is_to_publish, timeline
from domain.programs.terms_book import TermsBook


async def publish_terms(
    open_work: OpenWork, files: Sequence[ProgramFile], clock: Clock, *, keeps: bool = True
) -> TermsBook:
    """Publish every version that is new, and return the book of all of them.

    Args:
        open_work: Opens transactions.
        files: The active program files, in the order of the config.
        clock: Tells the time.
        keeps: ``False`` only looks what would be published.

    Raises:
        ProgramFileInvalid: published terms were edited, or a new version cannot begin so.
    """
    now = clock()
    async with open_work.read() as work:
        published = {
            program: list(rows)
            for program, rows in groupby(
                await work.terms.published(), key=lambda terms: terms.program
            )
        }
        enrolled = await work.partners.programs()
    problems: list[Problem] = []
    fresh: list[PublishedTerms] = []
    for file in files:
        program = file.program
        try:
            is_new = is_to_publish(
                file,
                published.get(program.key, []),
                today=now.date(),
                has_partners=program.key in enrolled,
            )
        except ProgramFileInvalid as invalid:
            problems += invalid.problems
            continue
        if is_new:
            fresh.append(
                PublishedTerms(
                    program=program.key,
                    version=program.version,
                    version_date=program.version_date,
                    text=file.text,
                    published_at=now,
                )
            )
    if problems:
        raise ProgramFileInvalid(problems)
    if fresh and keeps:
        async with open_work() as work:
            for terms in fresh:
                await work.terms.publish(terms)
            await work.commit()
    for terms in fresh:
        published.setdefault(terms.program, []).append(terms)
    return TermsBook(
        {file.program.key: timeline(file, published[file.program.key]) for file in files}, clock
    )
