"""Write ``version-N.finsam`` and what it holds, once, when schema version N is released; never again after that.

python -m tests.data.documents.keep
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from finsam_desktop import demo
from finsam_desktop.domain.meeting import Meeting
from finsam_desktop.storage import codec, schema
from finsam_desktop.workspace import Workspace

FOLDER = Path(__file__).parent


def keep() -> Path:
    """The real meeting of the example, with a change, an undo and a removed meeting in its history."""
    kept = FOLDER / f"version-{schema.SCHEMA_VERSION}.finsam"
    with tempfile.TemporaryDirectory() as folder:
        made = next(path for path in demo.create(Path(folder)) if path.name == "umearegionen.finsam")
        with Workspace.open(made, user="Åsa Öberg") as workspace:
            extra = Meeting(id="extra", date=date(2021, 12, 9), place="Rådhuset")
            workspace.change("Nytt sammanträde", None, extra)
            workspace.change("Skriv plats", extra, replace(extra, place="Stora Rådhuset – sal 2"))
            workspace.undo()
            workspace.change("Ta bort sammanträdet", extra, None)
            held = [workspace.association, *workspace.meetings]
            expected = {
                "history": [entry.label for entry in workspace.history()],
                "files": [
                    len(workspace.file(attachment.sha256))
                    for meeting in workspace.meetings
                    for item in meeting.items
                    for attachment in item.attachments
                ],
                "values": [msgspec.Raw(codec.encode(value)) for value in held],
            }
        with kept.open("xb") as file:
            file.write(made.read_bytes())
    kept.with_suffix(".json").write_bytes(
        msgspec.json.format(msgspec.json.encode(expected), indent=1) + b"\n"
    )
    return kept


if __name__ == "__main__":
    print(keep())
