"""Secret thresholds for each leaf: the one way in which counts about people leave the register.

Scheme. A leaf is a place of an organisation; the sets of people are volunteering and ladder, work,
results, allowances. Each leaf has, for each set, one secret threshold t of 0 to 4 (`thresholds`),
the same at all dates and in all measures of the set. A count n is published as 5 x floor((n + t) /
5) (`rounding`). Classes, and the quarters of a year, are differences of such numbers in a fixed
order. Three counts are kept out of that: volunteers of the year and new volunteers have a threshold
of their own, and so has each level of the ladder but one, which is what the others leave of the
whole. Differences of counts under one threshold do not hide them: as the counts move, the roundings
of the difference move around its true value, and their mean gives it away. Under two thresholds
that mean is off by their secret difference. What is shown of a wijk, an organisation or the
gemeente is a plain sum of what is published of leaves. A leaf with few published people has no
classes, quarters or hours of its own: an organisation's small leaves are rounded together, as one
leaf (`small_places`).

What follows by itself, whatever the counts are:

- A published 0 can be 0 to 4, any other number n - 4 to n + 4, to one who knows the rules and no
  count at all; the level that is the rest can be further off, and says how far. Parts add up, none
  is below zero, and none shows more than its whole: a larger count never shows less under the same
  threshold, and where part and whole have different thresholds, or a group stands for several
  leaves, the part is held within what is published of the whole.
- Unchanged counts are never drawn again, so publishing often tells nothing that publishing once
  did not.
- An organisation's figures are a function of its own delivery and its own thresholds. Whoever
  delivers records can move only his own cells.
- Whoever subtracts all that is published of parts from all that is published of totals ends at a
  group of at least three wijken and twenty published people, or at a place that was not small.

What does not follow, and is measured instead (`python -m tests.attack.measure`; the table stands in
docs/decisions/0011-one-threshold.md): how much better a small count, or one person's class, can be
guessed by one who combines all tables and dates. One who knows the true number of a leaf on one
date (organisations publish some) has learned which thresholds are left, and so more about that
leaf's other numbers of the same set; the measurement has this attacker too. An organisation in one
wijk that says a true number gives it away; in two wijken the sum of both, so of these the one has a
breakdown only beside another that is not small (`small_places.two_tell_each_other`).

What it needs of the caller: leaves are fixed in advance by what is public (declared wijken, by
organisation); true counts of closed periods do not change but on the yearly day of corrections
(data_access.publish.book); and no exact count of the same people stands beside a release.
"""
