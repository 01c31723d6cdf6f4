"""What a bookkeeping file (SIE) holds, as lines and as values, for the command line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from finsam_desktop.commands.listing import Listing
from finsam_desktop.domain import wording
from finsam_desktop.errors import UserError


def accounts(source: Path, tertial: int | None) -> Listing:
    """Every account with its balances up to the end of ``tertial`` (the latest without one), and the file's faults.

    UserError when the file is no SIE file or has no figures for such a period.
    """
    from finsam_desktop.sources.periods import period_text
    from finsam_desktop.sources.sie import read_sie
    from finsam_desktop.sources.sie.balances import accumulated, balances, latest_tertial

    try:
        content = source.read_bytes()
    except OSError as error:
        raise UserError(
            f"Filen {source.name} gick inte att läsa.",
            advice="Kontrollera att den finns kvar.",
            detail=str(error),
        ) from error
    sie = read_sie(content, source.name)
    period = accumulated(sie, tertial or latest_tertial(sie))
    found = balances(sie, period)
    lines = [
        f"{sie.company or source.name}, SIE {sie.kind}, {period_text(period)}",
        f"{len(sie.accounts)} konton, {len(sie.vouchers)} verifikationer, {sie.vouchers.row_count} rader",
        *(str(fault) for fault in sie.faults),
        "",
        f"{'Konto':<8}{'Ingående':>18}{'Utfall':>18}{'Utgående':>18}{'Budget':>18}  Benämning",
    ]
    lines += [
        f"{each.account:<8}{_kr(each.opening):>18}{_kr(each.accumulated):>18}{_kr(each.closing):>18}"
        f"{_kr(each.budget):>18}  {each.name}".rstrip()
        for each in found
    ]
    return Listing(
        lines=tuple(lines),
        data={
            "company": sie.company,
            "organisation_number": sie.organisation_number,
            "type": sie.kind.value,
            "encoding": sie.encoding,
            "program": sie.program,
            "checksum_ok": sie.checksum_ok,
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
            "vouchers": len(sie.vouchers),
            "transactions": sie.vouchers.row_count,
            "faults": [{"line": f.line, "level": f.level.value, "text": f.text} for f in sie.faults],
            "accounts": [
                {
                    "account": each.account,
                    "name": each.name,
                    "opening": str(each.opening),
                    "accumulated": str(each.accumulated),
                    "closing": str(each.closing),
                    "previous_accumulated": _text(each.previous_accumulated),
                    "previous_closing": _text(each.previous_closing),
                    "budget": _text(each.budget),
                }
                for each in found
            ],
        },
    )


def _kr(amount: Decimal | None) -> str:
    return "" if amount is None else wording.number(amount, 2)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
