"""Resultaten: what was agreed, claimed, judged, checked and paid, per contract?"""

import streamlit as st

import data_access
from dashboard import blocks, cached, frame, progress, results, results_blocks
from dashboard.figures import periods_of
from dashboard.numbers import date_long
from dashboard.text import t
from indicators.periods import last_day

selection = frame.open_page("results")
language, release, gemeente = selection.language, selection.release, selection.gemeente
areas = cached.areas(release)
contracts = cached.ask(data_access.contracts, release, gemeente)

if contracts.empty:
    blocks.heading(t("results.title", language))
    name = progress.name_of(areas, gemeente)
    blocks.small_print(t("results.no_contract", language, name=name))
    st.stop()
names = dict(zip(contracts["contract_id"], contracts["contract_name"], strict=True))
chosen = frame.choose(selection, "contract", t("results.contract", language), names, width=420)
contract = contracts[contracts["contract_id"] == chosen]
payers = cached.ask(data_access.contract_financiers, release, gemeente)
payers = payers[payers["contract_id"] == chosen].reset_index(drop=True)
blocks.heading(t("results.title", language), results.lead(contract, payers, language))
results_blocks.agreements(contract, language)

quarters = results.quarters_asked(periods_of(areas, gemeente), contract, selection.period)
if not quarters:
    start, end = results.dates(contract, language)
    day = date_long(last_day(selection.period), language)
    blocks.small_print(t("results.not_started", language, date=day, start=start, end=end))
    st.stop()
counts = cached.ask(data_access.counts, release, gemeente, results.MEASURES, "", "", quarters)
rows = cached.spec(results.states, counts, contract, language)
results_blocks.states(rows, contract, selection)
left, right = st.columns(2, gap="large")
with left:
    results_blocks.room(results.at(rows, quarters[-1]), payers, selection)
with right:
    results_blocks.outlook(rows, contract, payers, selection)
results_blocks.differing(results.at(rows, quarters[-1]), selection)
results_blocks.learning(results.at(rows, quarters[-1]), contract, selection)
