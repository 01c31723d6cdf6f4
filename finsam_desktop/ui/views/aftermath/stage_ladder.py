"""The ladder of stages after a meeting: circles on a line, name and date below each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from finsam_desktop.ui import icons
from finsam_desktop.ui.theme import Theme, current_theme
from finsam_desktop.ui.widgets.states import STATE_LOOK, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage. ``warn`` when its date is today or past."""

    name: str
    fact: str
    state: State = State.NOT_BEGUN
    warn: bool = False


class StageLadder(QWidget):
    """Paints the stages; all of it is said in its accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_stages(self, stages: tuple[Stage, ...]) -> None:
        """Show these stages from left to right."""
        self._stages = stages
        words = "; ".join(f"{s.name}, {STATE_LOOK[s.state].word.lower()}, {s.fact}" for s in stages)
        self.setAccessibleName(f"Steg efter mötet: {words}")
        self.setToolTip("\n".join(f"{s.name}: {s.fact}" for s in stages))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(current_theme().px(600), current_theme().px(66))

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(320), current_theme().px(66))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self.width() / max(len(self._stages), 1)
        side = theme.px(18)
        y = theme.px(2) + side / 2
        for place, stage in enumerate(self._stages):
            left = share * place
            if place + 1 < len(self._stages):
                painter.setPen(QPen(theme.color("ok" if stage.state is State.DONE else "line2"), 2))
                painter.drawLine(round(left + side), round(y), round(left + share), round(y))
        for place, stage in enumerate(self._stages):
            self._paint_stage(painter, theme, stage, share * place, share, side)
        painter.end()

    def _paint_stage(
        self, painter: QPainter, theme: Theme, stage: Stage, left: float, width: float, side: int
    ) -> None:
        circle = QRectF(left + 1, theme.px(2) + 1, side - 2, side - 2)
        done, under_way = stage.state is State.DONE, stage.state is State.UNDER_WAY
        colour = theme.color("ok" if done else "accent" if under_way else "ctl")
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if done else theme.color("base"))
        painter.drawEllipse(circle)
        if done:
            glyph = theme.px(12)
            icons.paint_icon(
                painter, "check", circle.center().x() - glyph / 2, circle.center().y() - glyph / 2, glyph,
                theme.color("base"),
            )  # fmt: skip
        elif under_way:
            painter.setBrush(colour)
            painter.drawEllipse(circle.center(), side / 5, side / 5)
        left_top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.setFont(theme.font("body_medium"))
        painter.setPen(theme.color("text" if done or under_way else "text2"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(stage.name, Qt.TextElideMode.ElideRight, round(width - theme.px(6)))
        top = theme.px(26)
        painter.drawText(QRectF(left, top, width, metrics.height()), int(left_top), name)
        painter.setFont(theme.font("meta_strong" if stage.warn else "meta"))
        painter.setPen(theme.color("warn" if stage.warn else "text2"))
        fact = painter.fontMetrics().elidedText(
            stage.fact, Qt.TextElideMode.ElideRight, round(width - theme.px(6))
        )
        painter.drawText(
            QRectF(left, top + metrics.height() + 1, width, metrics.height()), int(left_top), fact
        )
