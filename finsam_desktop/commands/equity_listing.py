"""What `finsam equity` prints: equity against both measures, who contributes what, and the service fee of NNS."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from finsam_desktop.commands.listing import Listing
from finsam_desktop.domain import wording
from finsam_desktop.domain.association import Member
from finsam_desktop.domain.contributions import FEE_CONFLICTS, divided, service_fees, share_faults
from finsam_desktop.domain.equity_measures import LADDER, NOT_THE_SAME, PLAIN, MeasuredEquity

_NO_CONTRIBUTION = "Årets medlemsbidrag är inte angivna, så eget kapital kan inte jämföras med något mått."


def equity(
    measured: Sequence[MeasuredEquity], members: Sequence[Member], contribution: Decimal | None, origin: str
) -> Listing:
    """Both measures for every moment, and the shares and fee of ``contribution`` kr. ``origin`` names the figures."""
    lines = [f"Eget kapital, {origin}"]
    lines += [
        f"  {_title(each)}: {wording.amount(each.amount)}"
        + (f", {wording.percent(each.share, 1)} av medlemsbidragen" if each.share is not None else "")
        for each in measured
    ]
    if contribution is None:
        lines.append(_NO_CONTRIBUTION)
        return Listing(lines=tuple(lines), data=_data(measured, (), None))
    for label, attribute, within in ((LADDER, "cap", "within_ladder"), (PLAIN, "plain_cap", "within_plain")):
        lines.append(label)
        for each in measured:
            cap: Decimal = getattr(each, attribute)
            gap = wording.amount(abs(each.amount - cap))
            verdict = f"inom, {gap} under taket" if getattr(each, within) else f"över taket med {gap}"
            lines.append(f"  {_title(each)}: tak {wording.amount(cap)}, {verdict}")
    if any(each.within_ladder != each.within_plain for each in measured):
        lines.append("Måtten ger olika svar här.")
    lines.append(NOT_THE_SAME)
    lines.append(f"Medlemsbidrag {wording.number(contribution, 2)} kr")
    lines += [
        f"  {part.name}: {wording.number(part.amount, 2)} kr, {wording.percent(part.share, 2)} ({part.basis})"
        for part in divided(members, contribution)
    ]
    lines += [f"  {fault}" for fault in share_faults(members)]
    lines.append("Serviceavgift till NNS, en uträkning")
    for fee in service_fees(contribution):
        since = f"från {fee.since}" if fee.since else "dessförinnan"
        rate = wording.number(fee.permille, 0 if fee.permille == int(fee.permille) else 1)
        lines.append(f"  {rate} promille {since}: {wording.number(fee.amount, 2)} kr")
    lines += [f"  {text}" for text in FEE_CONFLICTS]
    return Listing(lines=tuple(lines), data=_data(measured, members, contribution))


def _title(each: MeasuredEquity) -> str:
    return each.moment.value[:1].upper() + each.moment.value[1:] + (f" ({each.day})" if each.day else "")


def _data(
    measured: Sequence[MeasuredEquity], members: Sequence[Member], contribution: Decimal | None
) -> dict[str, Any]:
    known = contribution is not None
    return {
        "contribution": _text(contribution),
        "measures": {"ladder": LADDER, "plain": PLAIN},
        "equity": [
            {
                "moment": each.moment.name.lower(),
                "day": each.day.isoformat() if each.day else None,
                "amount": str(each.amount),
                "share": _text(each.share),
                "ladder_cap": _text(each.cap),
                "within_ladder": each.within_ladder,
                "plain_cap": _text(each.plain_cap),
                "within_plain": each.within_plain,
            }
            for each in measured
        ],
        "contributions": [
            {"name": part.name, "share": str(part.share), "amount": str(part.amount), "basis": part.basis}
            for part in (divided(members, contribution) if contribution is not None else ())
        ],
        "share_faults": list(share_faults(members)) if known else [],
        "service_fee": [
            {
                "permille": str(fee.permille),
                "since": fee.since.isoformat() if fee.since else None,
                "amount": str(fee.amount),
            }
            for fee in (service_fees(contribution) if contribution is not None else ())
        ],
        "service_fee_conflicts": list(FEE_CONFLICTS) if known else [],
    }  # fmt: skip


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
