"""Programs whose terms change: files published one after another, as starts of the product do."""

from domain.programs.load import load_program
from domain.programs.publishing import ProgramFile
from domain.usecases.terms.publish import publish_terms
from tests.domain.builders import TEXTS
from tests.usecases.app import App


async def publishes(app: App, *files: str) -> None:
    """Start the product again with these program files, to which texts are added."""
    read = [
        ProgramFile(
            program=load_program(text + TEXTS, source="a.toml"), text=text + TEXTS, source="a.toml"
        )
        for text in files
    ]
    book = await publish_terms(app.around.open_work, read, app.around.clock)
    app.configures(programs=book)
