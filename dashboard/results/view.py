"""What the page Resultaten says: what was agreed, claimed, judged, checked and paid?"""

from dashboard.address.selection import Selection
from dashboard.comparison.figures import periods_of
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.view import Note, View
from dashboard.progress import chain
from dashboard.results import places, states, tables
from dashboard.results.forecasts import forecasts
from dashboard.results.judged import differing, lessons, per_place
from dashboard.results.standing import agreements, ceilings, standing
from dashboard.words.copy import t
from dashboard.words.numbers import date_long
from indicators.periods import last_day


def view(selection: Selection, door: Door) -> View:
    """Return one contract: its agreements, and how its results stand at the end of a quarter."""
    language, gemeente = selection.language, selection.gemeente
    areas, contracts = door.areas(), door.contracts()
    title = t("results.title", language)
    if contracts.empty:
        name = chain.name_of(areas, gemeente)
        return View(title, "", (Note(t("results.no_contract", language, name=name)),))
    names = dict(zip(contracts["contract_id"], contracts["contract_name"], strict=True))
    choice = Choice.of(selection, "contract", t("results.contract", language), names, width=420)
    contract = states.of_contract(contracts, choice.value)
    financiers = states.of_contract(door.contract_financiers(), choice.value)
    lead = states.lead(contract, financiers, language)
    agreed = agreements(contract, language)

    quarters = states.quarters_asked(periods_of(areas, gemeente), contract, selection.period)
    if not quarters:
        start, end = states.dates(contract, language)
        day = date_long(last_day(selection.period), language)
        not_started = t("results.not_started", language, date=day, start=start, end=end)
        return View(title, lead, (choice, *agreed, Note(not_started)))
    counts, last = door.contract_results(states.items(contract), quarters), quarters[-1]
    rows = states.states(states.of_whole(counts, gemeente), contract, language)
    now, sources = states.at(rows, last), tables.sources(door, language)
    return View(
        title,
        lead,
        (
            choice,
            *agreed,
            *standing(rows, contract, last, sources, language),
            *differing(now, sources, language),
            *per_place(selection, counts, contract, places.names(counts, areas, gemeente), sources),
            *ceilings(now, financiers, sources, language),
            *forecasts(rows, contract, financiers, last, sources, selection),
            *lessons(now, contract, sources, language),
        ),
    )
