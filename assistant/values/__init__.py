"""指标值: text ↔ typed `Value`, and every number mentioned in running Chinese text.

The whole cell must be understood, else it is text; nothing here takes "the first number in the string".

How a cell is read: `characters` (one sign, one character) → `measures` (amounts, ranges and dates, using `numerals`,
`units`, `signs`, `dates`) → `cells` (what may stand around the single measure: `remainder`; several of them:
`several`; none: `wording`). `rendering` writes a value back, `mentions` reads running text.
"""

from assistant.values.cells import parse_value
from assistant.values.mentions import NumberSpan, find_values
from assistant.values.quantities import Quantity, in_base_unit, quantity
from assistant.values.rendering import render
from assistant.values.units import canonical_unit, unit_family
from assistant.values.value import Kind, Operator, Recurrence, Value, equivalent

__all__ = [
    "Kind",
    "NumberSpan",
    "Operator",
    "Quantity",
    "Recurrence",
    "Value",
    "canonical_unit",
    "equivalent",
    "find_values",
    "in_base_unit",
    "parse_value",
    "quantity",
    "render",
    "unit_family",
]
