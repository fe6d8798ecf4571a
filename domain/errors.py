"""The home of refusals: expected answers of "no", with a code and facts but no words."""


class DomainError(Exception):
    """A refusal: something a person may not do now, told by ``code`` and typed fields.

    Leaves declare a stable ``code`` and keep their facts in ``facts``; the surface words them.
    """

    code = "refused"

    def __init__(self, **facts: object) -> None:
        """Keep the facts that the surface needs to say what is wrong and what is allowed."""
        super().__init__(self.code)
        self.facts = facts

    def __str__(self) -> str:
        """Return the code with its facts, for logs."""
        return f"{self.code} {self.facts}" if self.facts else self.code


class NotAllowed(DomainError):
    """The caller has no right to this; "not yours" and "not there" look the same."""

    code = "not_allowed"


class NotFound(DomainError):
    """Nothing is known under that name."""

    code = "not_found"
