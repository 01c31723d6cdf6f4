"""Loads what the first file and the first visit to a place need, before anybody waits for it.

What has nothing of Qt is loaded by a thread as soon as the window is shown. The views' modules are loaded in the
window's own thread, one at a time and with rests between: first those that opening needs, and all others once a
file is open.
"""

from __future__ import annotations

import gc
import pkgutil
import threading

from PySide6.QtCore import QObject, QTimer

from finsam_desktop import domain, import_order
from finsam_desktop.ui.session import Session

SOON_MS = 200
"""After the window was made; then it has been shown."""
REST_MS = 2
"""Between two modules of views; each takes a few ms."""
AT_OPENING = (
    "finsam_desktop.ui.widgets.places", "finsam_desktop.ui.search_desk", "finsam_desktop.ui.spelling_desk",
    "finsam_desktop.ui.views.overview.place", "finsam_desktop.ui.views.first_steps",
)  # fmt: skip
"""What is shown and begun when a file opens, in the order that it is loaded while nobody has chosen one."""
A_MEETING = (
    "views.page", "views.tabbed", "views.meeting.kinds", "views.meeting.facts", "views.meetings",
    "views.meeting.open_meeting", "widgets.text_edits", "widgets.tables", "widgets.edit_table", "widgets.charts",
    "views.meeting.attachment_actions", "views.agenda.proposal_editor", "views.agenda.item_fields",
    "views.papers.form", "views.papers.report_section", "views.papers.report_form", "views.papers.annual_form",
    "views.agenda.item_papers", "views.agenda.item_attachments", "views.agenda.item_editor", "views.agenda.tree",
    "views.agenda.suggestions_panel", "views.agenda.step", "views.meeting.pages_pane", "views.meeting.public_pane",
    "views.meeting.findings_pane", "views.meeting.export", "views.meeting.made_documents", "views.meeting.papers_step",
    "views.meeting.page", "views.meeting.place",
)  # fmt: skip
"""What a meeting is shown with, which most go to first; what others are made of comes before them."""
WITHOUT_QT = (
    "finsam_desktop.storage.document", "finsam_desktop.domain.overview_facts", "finsam_desktop.files.catalogue_files",
    "finsam_desktop.domain.rules", "finsam_desktop.documents.rendering", "finsam_desktop.documents.page_images",
    "finsam_desktop.mailing", "finsam_desktop.files.pack_files", "finsam_desktop.item_moves",
    "finsam_desktop.joint_items",
    "finsam_desktop.documents.file_barriers", "finsam_desktop.bookkeeping_reports", "finsam_desktop.sources.books",
    "finsam_desktop.documents.template_store", "finsam_desktop.documents.template_check", "finsam_desktop.word",
    "finsam_desktop.attach_figures", "finsam_desktop.files.register_files", "finsam_desktop.search",
)  # fmt: skip
"""What the views are about, the first to be needed first; then all of the domain."""


class Preloading(QObject):
    """Begins when the window has been shown, and ends when all modules are loaded."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._left = list(reversed(AT_OPENING))
        self._all_wanted = False
        self._timer = QTimer(self)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._load_one)
        self._session = session
        session.opened.connect(self._begin)
        QTimer.singleShot(SOON_MS, self._load_beside)

    @property
    def left(self) -> int:
        """How many modules are still to be loaded, as far as they have been counted."""
        return len(self._left) + self._all_wanted

    def _load_beside(self) -> None:
        threading.Thread(target=load_without_qt, name="förladdning", daemon=True).start()
        self._timer.start()

    def _begin(self) -> None:
        self._session.opened.disconnect(self._begin)
        self._all_wanted = True
        self._timer.start()

    def _load_one(self) -> None:
        if self._left:
            import_order.load(self._left.pop())
        elif self._all_wanted:
            self._all_wanted = False
            self._left = [*_views_modules(), *(f"finsam_desktop.ui.{name}" for name in reversed(A_MEETING))]
        else:
            self._timer.stop()
            gc.freeze()  # modules stay to the end: looking through them for garbage would stop the window


def _views_modules() -> list[str]:
    """The modules that views are made of, the first to be loaded last."""
    from finsam_desktop.ui import views, widgets

    return [
        found.name
        for package in (views, widgets)  # from the end: what views are made of comes first
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    ]


def load_without_qt() -> None:
    """Load the heavy modules that reading a file and the views need."""
    from finsam_desktop import workspace

    workspace.make_ready()
    for name in WITHOUT_QT:
        import_order.load(name)
    for found in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        import_order.load(found.name)
