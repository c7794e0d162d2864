"""Form fields and inputs for amounts: text that is parsed whole or refused.

A browser's number input would silently drop the characters that it does not accept.
"""

from decimal import Decimal
from typing import NoReturn

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from record.amounts import MAX_AMOUNT, format_amount, parse_amount
from record.formatting import format_hkd


class AmountInput(forms.TextInput):
    """Text input with a decimal keyboard on phones."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "decimal", "class": "vBigIntegerField"} | (attrs or {}))


class CountInput(forms.TextInput):
    """Text input for whole numbers: days, months, a position in an order."""

    def __init__(self, attrs=None):
        super().__init__({"inputmode": "numeric", "class": "vIntegerField"} | (attrs or {}))


class AmountField(forms.DecimalField):
    """Number typed as people write it ("1.5 million", "15億") and shown with grouped digits.

    `money`: the value is a sum of whole Hong Kong dollars.
    """

    widget = AmountInput
    default_error_messages = {
        "invalid": gettext_lazy("Write one number, such as 3,000, 0.5, 1.5 million or 15萬."),
        "invalid_sum": gettext_lazy("Write one sum in Hong Kong dollars, such as 1,500,000,000, 1.5bn or 15億."),
        "too_large": gettext_lazy("Give less than HK$%(amount)s."),
        "not_whole": gettext_lazy("This would be HK$%(amount)s. Sums are kept in whole dollars."),
    }

    def __init__(self, *, money: bool = False, **kwargs):
        super().__init__(**kwargs)
        self.money = money

    def to_python(self, value: str | None) -> Decimal | None:
        """Return the amount, or None for an empty text.

        Raises ValidationError if the text is not one number or, for money, is not whole or not below MAX_AMOUNT.
        """
        if value is None or not value.strip():
            return None
        try:
            amount = parse_amount(value, money=self.money)
        except ValueError:
            code = "invalid_sum" if self.money else "invalid"
            raise ValidationError(self.error_messages[code], code=code) from None
        if self.money and amount != int(amount):
            self._raise_error("not_whole", amount)
        if self.money and abs(amount) >= MAX_AMOUNT:
            self._raise_error("too_large", MAX_AMOUNT)
        return amount

    def _raise_error(self, code: str, amount: Decimal | int) -> NoReturn:
        """Raise the ValidationError of this code, with the amount in its message."""
        told = {"amount": format_amount(amount)}
        raise ValidationError(self.error_messages[code], code=code, params=told)

    def prepare_value(self, value):
        """Return a number with grouped digits; a text as it was typed."""
        return format_amount(value) if isinstance(value, Decimal | int) else value

    def reformat(self, text: str) -> str:
        """Return typed text as the form would show it once saved; unparsable text is returned unchanged."""
        try:
            return self.prepare_value(self.to_python(text)) or ""
        except ValidationError:
            return text

    def explain_value(self, text: str | None) -> str:
        """Return how the text was understood: "= 1,500" or, for money, the sum in words ("≈" if those are rounded).

        Return "" if the text is empty, cannot be parsed, or already reads like that.
        """
        try:
            amount = self.to_python(text)
        except ValidationError:
            return ""
        if amount is None or not self.money:
            return "" if amount is None or format_amount(amount) == text else f"= {format_amount(amount)}"
        words = format_hkd(amount)
        return f"= {words}" if parse_amount(words) == amount else f"≈ {words}"
