"""Resultaten: what was agreed, claimed, judged, checked and paid, per contract?"""

import streamlit as st

import data_access
from dashboard.comparison.figures import periods_of
from dashboard.elements import blocks
from dashboard.frame import cached, frame
from dashboard.progress import chain as progress
from dashboard.results import parts as results_blocks
from dashboard.results import places as results_places
from dashboard.results import states as results
from dashboard.words.copy import t
from dashboard.words.numbers import date_long
from indicators.periods import last_day

selection = frame.open_page("results")
language, release, gemeente = selection.language, selection.release, selection.gemeente
areas = cached.areas(release)
contracts = cached.ask(data_access.contracts, release)

if contracts.empty:
    blocks.heading(t("results.title", language))
    name = progress.name_of(areas, gemeente)
    blocks.small_print(t("results.no_contract", language, name=name))
    st.stop()
names = dict(zip(contracts["contract_id"], contracts["contract_name"], strict=True))
chosen = frame.choose(selection, "contract", t("results.contract", language), names, width=420)
contract = results.of_contract(contracts, chosen)
payers = results.of_contract(cached.ask(data_access.contract_financiers, release), chosen)
blocks.heading(t("results.title", language), results.lead(contract, payers, language))
results_blocks.agreements(contract, language)

quarters = results.quarters_asked(periods_of(areas, gemeente), contract, selection.period)
if not quarters:
    start, end = results.dates(contract, language)
    day = date_long(last_day(selection.period), language)
    blocks.small_print(t("results.not_started", language, date=day, start=start, end=end))
    st.stop()
items, last = results.items(contract), quarters[-1]
found = cached.ask(data_access.contract_results, release, items, quarters)
rows = cached.spec(results.states, results.of_whole(found, gemeente), contract, language)
now = results.at(rows, last)
results_blocks.states(rows, contract, last, selection)
results_blocks.differing(now, selection)
results_blocks.places(found, contract, results_places.names(found, areas, gemeente), selection)
results_blocks.room(now, payers, selection)
results_blocks.outlooks(rows, contract, payers, last, selection)
results_blocks.learning(now, contract, selection)
