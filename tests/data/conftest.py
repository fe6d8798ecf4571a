"""A vendor with a partner, and the commands for data on its database."""

from collections.abc import Callable

import pytest

from storage.engine import Engines
from tests.data.office import KEY, Office
from tests.usecases.app import new_app


@pytest.fixture
async def office(engines: Engines, new_id: Callable[[], int], database_url: str) -> Office:
    """Return the vendor's office; its partner ann has joined."""
    app = new_app(engines, KEY, new_id)
    await app.joins("ann")
    return Office(app=app, url=database_url, code=await app.code_of("ann"))
