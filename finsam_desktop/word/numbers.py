"""Numbers the Swedish way: non-breaking space, decimal comma, real minus sign."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from finsam_desktop.word.errors import ValueFault


def swedish(value: int | float | Decimal, decimals: int | None = None) -> str:
    """``-12635.5`` as ``−12 635,5``. ``decimals`` None keeps those the number has; halves are rounded away
    from zero."""
    number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise ValueFault("Ett tal i tabellen eller diagrammet saknar värde (NaN eller oändligt).")
    try:
        if decimals is not None:
            number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        raise ValueFault("Ett tal är för stort för att skrivas.") from None
    text = f"{abs(number):,f}".replace(",", "\u00a0").replace(".", ",")
    return f"\u2212{text}" if number < 0 else text
