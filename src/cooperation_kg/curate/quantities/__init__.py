"""What does a printed quantity say? ``39.43亿元`` is exactly 3,943,000,000 元, ``500多万`` more than 5,000,000.

Sources print figures in many ways, and a figure read wrongly is worse than a figure not read. So the reader
is small and exact: it gives a `Quantity` (``Decimal``, unit, bound) or refuses with `UnreadableQuantity`,
which says where and why in Chinese and English. It never guesses and never rounds.

=================  ===========================================================================
module             its question
=================  ===========================================================================
``values``         what a quantity is, and what makes a literal unreadable
``units``          which units there are, and what they are called
``text``           which characters count as the same (full width, spaces left by PDFs)
``numerals``       what number Arabic and Chinese numerals write
``chinese``        what a literal in Chinese says: bound, number or range, unit
``english``        what a literal in English says
``reading``        which of the two applies, and whether the unit given agrees
``writing``        how a quantity is written back
=================  ===========================================================================

>>> q = read_quantity("39.43亿元")
>>> q.value, q.unit, str(q.bound)
(Decimal('3943000000'), '元', 'exact')
>>> write_quantity(q, "en")
'CNY 3.943 billion'
>>> read_quantity("500多万", unit="人")
Quantity(value=Decimal('5000000'), unit='人', bound=<Bound.MORE_THAN: 'more-than'>)
"""

from __future__ import annotations

from .reading import agrees, read_quantity
from .values import Bound, Fault, Quantity, UnreadableQuantity
from .writing import write_quantity

__all__ = [
    "Bound",
    "Fault",
    "Quantity",
    "UnreadableQuantity",
    "agrees",
    "read_quantity",
    "write_quantity",
]
