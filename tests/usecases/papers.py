"""People handing papers in, as the use cases of the product do it."""

from pathlib import Path

from domain.entities.paper import Dossier, Paper
from domain.filing import IncomingPaper, keep_paper, open_dossier, store_paper
from tests.usecases.app import App

NAME = "quasimodo-passport.pdf"
SECRET = b"(Passport AB1234567 of Quasimodo, +380671112233)"


async def opens(app: App, name: str = "ann") -> Dossier:
    """Let a person have a dossier."""
    _ = await app.private(name)
    async with app.around.open_work(books=False) as work:
        dossier = await open_dossier(work, app.around, app.id_of(name))
        await work.commit()
    return dossier


async def files(
    app: App, dossier_id: int, data: bytes, *, kind: str = "passport", name: str = NAME
) -> Paper:
    """Let a file be kept in a dossier."""
    incoming = IncomingPaper(kind=kind, name=name, data=data, sent_by=app.id_of("ann"))
    paper = await store_paper(app.around, dossier_id, incoming)
    async with app.around.open_work(books=False) as work:
        kept = await keep_paper(work, paper)
        await work.commit()
    return kept


def on_disk(folder: Path) -> set[str]:
    """Return the names of the files in the folder of papers."""
    return {path.name for path in folder.glob("*")}
