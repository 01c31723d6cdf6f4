"""The year on paper: the picture above, the list below, in the colours of print whatever the window shows."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QMarginsF, Qt, QUrl
from PySide6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from finsam_desktop.domain import wording
from finsam_desktop.domain.year_wheel import Standing, YearWheel
from finsam_desktop.ui.theme import Appearance, FontRole, Role, current_theme, tokens
from finsam_desktop.ui.widgets.wheel import HALF, HALF_HEIGHT, LEGEND, WheelContent, WheelPainter

_SHARP = 3
_WORDS = {
    Standing.DONE: "klart",
    Standing.ON_AGENDA: "på dagordningen",
    Standing.TO_PLACE: "läggs till",
    Standing.NO_MEETING: "",
    Standing.PASSED: "inte behandlat",
}


def ask_and_print(parent: QWidget, wheel: YearWheel, content: WheelContent, association: str) -> QPrintDialog:
    """Ask for a printer and print; nothing when the user changes mind."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def print_now() -> None:
        print_year(printer, wheel, content, association)

    dialog.accepted.connect(print_now)
    QDialog.open(dialog)  # QPrintDialog's own open wants a slot by name
    return dialog


def print_year(printer: QPrinter, wheel: YearWheel, content: WheelContent, association: str) -> None:
    """Print on A4. The document adds margins of 2 cm and page numbers itself."""
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    printer.setPageMargins(QMarginsF(2, 2, 2, 2), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.setDefaultFont(QFont(current_theme().font("body").family(), 8))
    document.addResource(QTextDocument.ResourceType.ImageResource, QUrl("arshjul"), picture(content))
    document.setHtml(_html(wheel, association))
    document.print_(printer)


def picture(content: WheelContent) -> QImage:
    """The picture in light colours on white, three times as sharp as on the screen."""
    table = tokens(Appearance.LIGHT)
    width, height = round(2 * HALF), round(2 * HALF_HEIGHT + LEGEND)
    image = QImage(width * _SHARP, height * _SHARP, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SHARP)
    image.fill(QColor(table["base"]))
    painter = QPainter(image)
    painter.translate(HALF, HALF_HEIGHT)

    def colour(role: Role) -> QColor:
        return QColor(table[role])

    def font(role: FontRole) -> QFont:
        shown = current_theme().font(role)
        sized = QFont(shown)
        sized.setPixelSize(round(13 * shown.pointSizeF() / current_theme().font("body").pointSizeF()))
        return sized

    WheelPainter(painter, content, colour, font).paint()
    painter.end()
    return image


def _html(wheel: YearWheel, association: str) -> str:
    parts = [
        f"<h2>{escape(association)}: årshjul {wheel.year}</h2>",
        '<p align="center"><img src="arshjul" width="330"></p>',
        '<table width="100%" cellspacing="0" cellpadding="1">',
    ]
    for month, name in enumerate(wording.MONTHS, start=1):
        meetings = [m for m in wheel.meetings if m.date.month == month]
        entries = wheel.of_month(month)
        if not meetings and not entries:
            continue
        parts.append(f'<tr><td colspan="3"><br><b>{name.capitalize()}</b></td></tr>')
        rows = [
            (f"{wording.KINDS[m.kind]} {wording.short_date(m.date)}", "", wording.STATES[m.state].lower())
            for m in meetings
        ]
        rows += [(e.title, ", ".join(e.template.basis), _WORDS[e.standing]) for e in entries]
        parts += [
            f'<tr><td width="46%">{escape(title)}</td><td width="36%">{escape(basis)}</td><td>{word}</td></tr>'
            for title, basis, word in rows
        ]
    return "".join([*parts, "</table>"])
