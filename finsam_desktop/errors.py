"""What a user is told when something cannot be done: what happened, what to do, and the technical detail."""

from __future__ import annotations


class UserError(Exception):
    """A fault that a user can understand and mend. Texts are Swedish; the message names file and place.

    ``message`` says what happened and what is safe, ``advice`` what to do, ``detail`` what a technician wants
    (shown behind a fold in the window and only with ``--detaljer`` in the command line).
    """

    def __init__(self, message: str, *, advice: str = "", detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()
