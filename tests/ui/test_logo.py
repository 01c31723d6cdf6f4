"""The logo under Förbundet: taken, shown, exchanged, taken away, and refused when it is no picture."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from finsam_desktop.ui.main_window import MainWindow
from finsam_desktop.ui.views.association.logo_field import LogoField
from finsam_desktop.ui.views.association.place import AssociationView


def picture(colour: str, kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (300, 90), colour).save(out, kind)
    return out.getvalue()


@pytest.fixture
def field(window: MainWindow) -> LogoField:
    window.go("association", "uppgifter")
    view = window.current_view()
    assert isinstance(view, AssociationView)
    return view.facts.logo


def test_a_logo_is_taken_exchanged_and_taken_away(
    window: MainWindow, field: LogoField, tmp_path: Path
) -> None:
    session = window.session
    for name, content in (("ett.png", picture("red")), ("två.JPG", picture("blue", "JPEG"))):
        (tmp_path / name).write_bytes(content)
        field.take(tmp_path / name)
        assert session.workspace.file(session.association.letterhead.logo) == content
        assert field.picture.isVisible()
        assert not field.picture.pixmap().isNull()
    field.remove.click()
    assert session.association.letterhead.logo == ""
    assert not field.picture.isVisible()
    assert not field.remove.isVisible()
    window.undo()
    assert session.association.letterhead.logo
    assert field.picture.isVisible()


@pytest.mark.parametrize("content", [None, b"", b"\x89PNG\r\n\x1a\n", picture("red")[:60], b"GIF89a"])
def test_what_is_no_picture_is_refused(
    window: MainWindow, field: LogoField, tmp_path: Path, content: bytes | None
) -> None:
    before = window.session.association
    path = tmp_path / "fel.png"
    if content is not None:
        path.write_bytes(content)
    field.take(path)
    assert window.session.association is before
    assert window.strip.notice is not None
    assert "fel.png" in window.strip.notice.text
