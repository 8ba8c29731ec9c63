"""Money as people type and read it, and as it is kept: whole hundredths of the organisation's currency."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from surveyapp.errors import Invalid

MOST = 10_000_000
"""Hundredths; more is a slip of the pen."""


def hundredths(text: str, field: str) -> int:
    """Read an amount like "12.50" or "12,5"; nothing is 0. Raises Invalid for what is no amount."""
    try:
        amount = Decimal(text.strip().replace(",", ".") or "0") * 100
    except InvalidOperation:
        raise Invalid("Write an amount like 12.50.", field=field) from None
    if not amount.is_finite() or amount != int(amount) or not 0 <= amount <= MOST:
        raise Invalid("Write an amount like 12.50.", field=field)
    return int(amount)


def plain(amount: int) -> str:
    """Write an amount for a form: "12.50"."""
    return f"{amount // 100}.{amount % 100:02d}"
