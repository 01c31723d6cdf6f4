"""Answers of a guide that was not finished, kept on this computer so that nothing is asked twice."""

from __future__ import annotations

import contextlib
import json
import logging
from datetime import date, time
from pathlib import Path
from typing import Any

from finsam_desktop.guide import Answers

_log = logging.getLogger(__name__)

NAME = "paborjat-forbund.json"


def keep(data: Path, answers: Answers) -> None:
    """Keep the answers; those of an empty guide are nothing to keep. A disk that takes nothing disturbs nobody."""
    if answers == Answers():
        forget(data)
        return
    told = {
        "name": answers.name,
        "members": list(answers.members),
        "chair": answers.chair,
        "board": list(answers.board),
        "day": answers.day.isoformat() if answers.day else "",
        "start": answers.start.isoformat() if answers.start else "",
        "end": answers.end.isoformat() if answers.end else "",
        "place": answers.place,
        "file": str(answers.file) if answers.file else "",
    }
    new = data / f"{NAME}.ny"
    try:
        data.mkdir(parents=True, exist_ok=True)
        new.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
        new.replace(data / NAME)
    except OSError as error:
        _log.info("the guide's answers could not be kept: %s", error)


def kept(data: Path) -> Answers | None:
    """The answers that were kept; None when there are none, or they cannot be read."""
    try:
        told = json.loads((data / NAME).read_text(encoding="utf-8"))
        return _answers(told)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None


def forget(data: Path) -> None:
    """Take the answers away: the association has been made."""
    with contextlib.suppress(OSError):
        (data / NAME).unlink()


def _answers(told: dict[str, Any]) -> Answers:
    return Answers(
        name=str(told["name"]),
        members=tuple(str(name) for name in told["members"]),
        chair=str(told["chair"]),
        board=tuple(str(name) for name in told["board"]),
        day=date.fromisoformat(told["day"]) if told["day"] else None,
        start=time.fromisoformat(told["start"]) if told["start"] else None,
        end=time.fromisoformat(told["end"]) if told["end"] else None,
        place=str(told["place"]),
        file=Path(told["file"]) if told["file"] else None,
    )
