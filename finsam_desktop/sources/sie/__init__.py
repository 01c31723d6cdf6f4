"""Bookkeeping files in the SIE format: read whole, with every fault named.

``read_sie`` → ``SieFile`` → ``balances(sie, period)``.
"""

from finsam_desktop.sources.sie.reading import is_sie, read_sie
from finsam_desktop.sources.sie.values import (
    Account,
    Balance,
    Dimension,
    Fault,
    FaultLevel,
    FinancialYear,
    PeriodBalance,
    SieFile,
    SieKind,
    SieObject,
)
from finsam_desktop.sources.sie.vouchers import Transaction, Voucher, Vouchers

__all__ = [
    "Account",
    "Balance",
    "Dimension",
    "Fault",
    "FaultLevel",
    "FinancialYear",
    "PeriodBalance",
    "SieFile",
    "SieKind",
    "SieObject",
    "Transaction",
    "Voucher",
    "Vouchers",
    "is_sie",
    "read_sie",
]
