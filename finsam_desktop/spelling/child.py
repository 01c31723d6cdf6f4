"""The dictionary as a process of its own: a line of JSON in, a line out, until its input ends.

In: ``{"know": [words]}`` or ``{"suggest": word}``. Out: ``{"ready": true}`` first, or ``{"problem": text}`` and the
end; then ``{"known": {word: bool}}`` or ``{"suggest": word, "words": [words], "more": bool}``, more than once while
``more`` is true.
"""

from __future__ import annotations

import json
import sys
from typing import IO

from finsam_desktop.errors import UserError
from finsam_desktop.spelling.dictionary import Dictionary


def main() -> int:
    """Answer until nobody asks any more."""
    return serve(sys.stdin.buffer, sys.stdout.buffer)


def serve(asked: IO[bytes], said: IO[bytes]) -> int:
    """As ``main``, between these two."""

    def say(answer: dict[str, object]) -> None:
        said.write(json.dumps(answer).encode("ascii") + b"\n")
        said.flush()

    try:
        dictionary = Dictionary()
    except UserError as error:
        say({"problem": str(error)})
        return 1
    say({"ready": True})
    for line in iter(asked.readline, b""):
        question = json.loads(line)
        if "know" in question:
            say({"known": {word: dictionary.knows(word) for word in question["know"]}})
        elif "suggest" in question:
            word = question["suggest"]
            say({"suggest": word, "words": dictionary.near(word), "more": True})
            say({"suggest": word, "words": dictionary.suggestions(word), "more": False})
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
