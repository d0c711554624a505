"""Fair comparison: differs beyond chance, or cannot be told apart.

Pure functions of published figures, without Streamlit and without charts. Every count is a
published one, a multiple of five, unless a name says otherwise; rounding is part of every interval,
limit and test.

base_kind, rounding          what a published count says
chance_of_published          how likely it is
intervals, rates             intervals of counts, shares and rates
whole, funnel                against the whole: limits, high / low / inside
law, judgement               which law an indicator follows, and the verdict of every place
overdispersion               more differences than chance makes, and limits that allow for them
multiple_testing             what stands out among many
differences, ranks           between two areas, all areas
shrinkage                    small-area estimate beside the raw rate
cost_per_outcome, avoided_cost
compare_areas, conclusions   a whole comparison, and what may be said about it
"""
