"""The home of the job that ends holds."""

from domain.intake.holds import release_holds
from domain.surroundings import Surroundings


class ReleaseHolds:
    """Make commissions payable whose hold has ended (R14); any number of replicas may run it."""

    def __init__(self, around: Surroundings) -> None:
        """Work in these surroundings."""
        self._around = around

    async def __call__(self) -> int:
        """Return how many were released."""
        return await release_holds(self._around)
