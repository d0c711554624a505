"""Controlled rounding: the one way in which counts about people leave the register.

Scheme. Every leaf and every declared total is published as a multiple of the base next to its
true value, and a true multiple stays; totals are sums of published leaves. Directions are drawn
from a secret key, and an integer programme stays as close to the draws as those rules allow.

Why nobody can be found. Take the published table r itself, one leaf k, and a shift d smaller than
the base with r_k + d >= 0. The table r + d * e_k obeys every public rule: it moves each number of
which k is a part by d, in its quarter, in the sums over the year and in the whole or the parts
that bound it, and all others are exact. Some key publishes it as r. So a published 0 leaves 5
possible values and any other number 9, to one who knows all this but not the key.

What that argument needs of the caller:
- Leaves are fixed by what is public (all wijken by all organisations of the gemeente by all
  categories), not by where people were found. A cell that exists only if someone is in it, shown
  as 0, says 1 to 4; and its absence says 0.
- A true number appears once: in two measures it would be drawn twice, and 0 here with 5 there says
  1 to 4. Numbers tied by an equation (parts and sum) belong in one table.
- Bounds go with everything of which a reader knows it: a part is at most its published whole, two
  parts that exclude each other are at most the whole together (bound their declared total).
- The reports of RoundedTable (widened, released, unsteady) are not published. That a total had to
  be widened says that the truth had no plain solution, which r itself always has: with the
  bounds at hand it can give an exact 0 away. Their number in a whole release is harmless.
- No exact total of the same people on the same date stands beside the table.

What is remembered. Someone may know how a number changed, if not how large it is. Draws of a stock
do not depend on the date, and those of a flow not on the release, so a leaf left to its draw has
one fixed threshold: it goes up by 5 at one moment in every 5 additions, which leaves 5 values to
one who counts along. Deviations for the sake of totals break this: 4 shown as 0, two people join,
6 shown as 10, and the truth is known. `keep` (nothing changed since the last release: never round
again) and `prefer` (nothing changed since the last date) cover unchanged leaves. `steady` covers
the others: published - true never visits both -4 and +4, so that no number, leaf or total, is
given away by its own history, and a leaf stays on one side of its threshold where the totals
permit. What remains: one who knows every change in every cell over many dates learns more from
all numbers together than this argument covers.

When the rules cannot all hold, steadiness gives way first; then totals and sums over the year are
widened by a step of the base, as few as possible; then it may be that a number's history gives it
away to one who knows every change; then kept leaves are released. Bounds and the two directions of
a leaf never give way, and nothing is ever published as it is.
"""

from data_access.disclosure.rounding import round_table
from data_access.disclosure.tables import (
    CountTable,
    DisclosureError,
    LeafKey,
    RoundedTable,
    TotalKey,
    sum_base,
)

__all__ = [
    "CountTable",
    "DisclosureError",
    "LeafKey",
    "RoundedTable",
    "TotalKey",
    "round_table",
    "sum_base",
]
