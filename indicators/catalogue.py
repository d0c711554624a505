"""THE file to edit to add an indicator.

Filters, legends, axes, comparison, file headers, the method page and the tests iterate these
tuples. An indicator on existing measures is one entry in INDICATORS. A new raw fact also needs an
entry in MEASURES and its SELECT in data_access.measures; a test fails until both exist.
"""

from indicators.vocabulary import (
    Amount,
    Bound,
    Category,
    Count,
    Direction,
    Disagreement,
    Flow,
    Indicator,
    Measure,
    MergedCategory,
    Money,
    Outcome,
    Parts,
    Population,
    Stock,
    SumOverPeople,
    Text,
    ToDate,
    Unit,
    YearCount,
    YearlyFlow,
)

COUNT_BASE = 5
HOURS_BASE = 40
MINIMUM_BASE = 10
STILL_IN_WORK_MONTHS = (6, 12, 18)

_REGISTER = Text(
    "Register van gemeente en wijkbedrijven", "Register of municipality and wijkbedrijven"
)
_CONTRACTS = Text(
    "Contractadministratie in het register van gemeente en wijkbedrijven",
    "Contract records in the register of municipality and wijkbedrijven",
)
_SPENDING = Text(
    "Bestedingen in het register, per Iv3-taakveld", "Spending in the register, by Iv3 taakveld"
)
_CBS = Text("CBS, Kerncijfers wijken en buurten", "CBS (Statistics Netherlands), key figures")


def _joined(*parts: Text) -> Text:
    return Text("; ".join(part.nl for part in parts), "; ".join(part.en for part in parts))


WORK_KINDS = (
    Category(
        "paid_without_support", Text("betaald werk zonder steun", "paid work without support")
    ),
    Category("paid_with_support", Text("betaald werk met steun", "paid work with support")),
    Category("self_employed", Text("als zelfstandige", "self-employed")),
)
LADDER_LEVELS = (
    Category("1", Text("1 geïsoleerd", "1 isolated")),
    Category("2", Text("2 sociale contacten buitenshuis", "2 social contact outdoors")),
    Category("3", Text("3 georganiseerde activiteit", "3 organised activity")),
    Category("4", Text("4 onbetaald werk", "4 unpaid work")),
    Category("5", Text("5 betaald werk met steun", "5 paid work with support")),
    Category("6", Text("6 betaald werk zonder steun", "6 paid work without support")),
)
LADDER_CLASSES = (
    MergedCategory("1-2", Text("1-2 nog niet in een groep", "1-2 not in a group yet"), ("1", "2")),
    MergedCategory(
        "3-4", Text("3-4 activiteit of onbetaald werk", "3-4 activity or unpaid work"), ("3", "4")
    ),
    MergedCategory("5-6", Text("5-6 betaald werk", "5-6 paid work"), ("5", "6")),
)
LADDER_MOVES = (
    Category("up", Text("trede hoger", "step up")),
    Category("same", Text("gelijk gebleven", "unchanged")),
    Category("down", Text("trede lager", "step down")),
)
VERDICTS = (
    Category("yes", Text("behaald", "achieved")),
    Category("no", Text("niet behaald", "not achieved")),
)
DISAGREEMENTS = (
    Category(
        "residents_only",
        Text("bewoners: behaald, administratie: niet", "residents: achieved, administration: not"),
    ),
    Category(
        "administration_only",
        Text("bewoners: niet, administratie: behaald", "residents: not, administration: achieved"),
    ),
)

# Sets of people of which the total over the gemeente has a threshold of its own, where enough other
# leaves remain whichever organisation is left out: counts so small that a sum of roundings is far
# off. In other sets that sum is near enough, and a total is the sum of what is shown.
OWN_TOTALS = frozenset({"work"})

MEASURES: tuple[Measure, ...] = (
    Stock(
        id="volunteers",
        name=Text("Vrijwilligers", "Volunteers"),
        definition=Text(
            "Bewoners met een lopende vrijwilligersovereenkomst op de laatste dag van het "
            "kwartaal. Wie bij twee organisaties vrijwilliger is, telt bij beide mee, ook in "
            "totalen: anders zou een organisatie kunnen zien wie ook bij een andere is.",
            "Residents with a running volunteering agreement on the last day of the quarter. "
            "Someone who volunteers at two organisations counts at both, also in totals: otherwise "
            "an organisation could see who is at another one too.",
        ),
        source=_REGISTER,
        categories=(),
        merged=(),
        within=(Bound("", Count("active_volunteers", ""), over_year=True),),
        people="volunteering",
        parts=Parts.WHOLE,
        out_of="",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    YearlyFlow(
        id="new_volunteers",
        name=Text("Nieuwe vrijwilligers", "New volunteers"),
        definition=Text(
            "Bewoners die in het jaar hun eerste vrijwilligersovereenkomst bij een organisatie "
            "begonnen.",
            "Residents who started their first volunteering agreement at an organisation in the "
            "year.",
        ),
        source=_REGISTER,
        categories=(),
        merged=(),
        within=(Bound("", Count("active_volunteers", ""), over_year=True),),
        people="volunteering",
        parts=Parts.OF_LARGE_COUNTS,
        out_of="",
        base=COUNT_BASE,
        own_threshold=True,
        rest="",
    ),
    SumOverPeople(
        id="volunteer_hours",
        name=Text("Uren vrijwilligerswerk per week", "Hours of volunteering a week"),
        definition=Text(
            "Afgesproken uren per week van de vrijwilligers op de laatste dag van het kwartaal, "
            "afgerond op 40 uur; per persoon en organisatie tellen er hoogstens 40 mee.",
            "Agreed hours a week of the volunteers on the last day of the quarter, rounded to "
            "40 hours; at most 40 count for each person and organisation.",
        ),
        source=_REGISTER,
        categories=(),
        merged=(),
        within=(),
        people="volunteering",
        parts=Parts.BROKEN_DOWN,
        out_of="",
        base=HOURS_BASE,
        own_threshold=False,
        rest="",
    ),
    Flow(
        id="outflow",
        name=Text("Uitstroom naar betaald werk", "Outflow to paid work"),
        definition=Text(
            "Vrijwilligers die in de periode aan betaald werk begonnen; naar soort werk per jaar.",
            "Volunteers who started in paid work in the period; by kind of work per year.",
        ),
        source=_REGISTER,
        categories=WORK_KINDS,
        merged=(),
        within=(Bound("", Count("active_volunteers", ""), over_year=True),),
        people="work",
        parts=Parts.WHOLE,
        out_of="outflow",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    *(
        YearlyFlow(
            id=f"still_in_work_{months}",
            name=Text(
                f"Na {months} maanden nog aan het werk", f"Still in work after {months} months"
            ),
            definition=Text(
                f"Wie in de periode aan betaald werk begon en {months} maanden later, en op elk "
                "eerder meetmoment, nog werkte.",
                f"People who started paid work in the period and still worked {months} months "
                "later, and at each earlier moment of measurement.",
            ),
            source=_REGISTER,
            categories=(),
            merged=(),
            within=(Bound("", Count(whole, ""), over_year=False),),
            people="work",
            parts=Parts.BROKEN_DOWN,
            out_of="outflow",
            base=COUNT_BASE,
            own_threshold=False,
            rest="",
        )
        for months, whole in zip(
            STILL_IN_WORK_MONTHS, ("outflow", "still_in_work_6", "still_in_work_12"), strict=True
        )
    ),
    YearCount(
        id="active_volunteers",
        name=Text("Vrijwilligers in de loop van het jaar", "Volunteers during the year"),
        definition=Text(
            "Bewoners die op enig moment in het jaar een vrijwilligersovereenkomst hadden of in "
            "dat jaar daaruit naar betaald werk gingen. Wie in dat jaar in twee wijken woonde, "
            "telt in beide.",
            "Residents who had a volunteering agreement at any time in the year, or moved on from "
            "one to paid work in that year. Someone who lived in two wijken that year counts in "
            "both.",
        ),
        source=_REGISTER,
        categories=(),
        merged=(),
        within=(),
        people="volunteering",
        parts=Parts.BROKEN_DOWN,
        out_of="",
        base=COUNT_BASE,
        own_threshold=True,
        rest="",
    ),
    Stock(
        id="ladder_level",
        name=Text(
            "Mensen per trede van de Participatieladder", "People per Participatieladder level"
        ),
        definition=Text(
            "Laatste meting van de Participatieladder in de twaalf maanden tot en met de laatste "
            "dag van het kwartaal. Een verdeling, nooit een gemiddelde.",
            "Latest reading of the Participatieladder in the twelve months up to the last day of "
            "the quarter. A distribution, never an average.",
        ),
        source=_REGISTER,
        categories=LADDER_LEVELS,
        merged=LADDER_CLASSES,
        within=(),
        people="volunteering",
        parts=Parts.BROKEN_DOWN,
        out_of="ladder_level",
        base=COUNT_BASE,
        own_threshold=False,
        # The largest class: what the roundings of the others do to it shows least there.
        rest="3",
    ),
    YearlyFlow(
        id="ladder_moves",
        name=Text("Stappen op de Participatieladder", "Moves on the Participatieladder"),
        definition=Text(
            "Per kwartaal: mensen van wie de laatste meting hoger, gelijk of lager is dan hun "
            "laatste meting van vóór dat kwartaal bij dezelfde organisatie. Het jaar is de som van "
            "vier kwartalen.",
            "Per quarter: people whose last reading is higher than, equal to or lower than their "
            "last reading before that quarter at the same organisation. The year is the sum of "
            "four quarters.",
        ),
        source=_REGISTER,
        categories=LADDER_MOVES,
        merged=(),
        within=(),
        people="volunteering",
        parts=Parts.BROKEN_DOWN,
        out_of="ladder_moves",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    ToDate(
        id="results_claimed",
        name=Text("Gemelde resultaten", "Claimed results"),
        definition=Text(
            "Resultaten die tot en met het kwartaal zijn gemeld.",
            "Results claimed up to and including the quarter.",
        ),
        source=_CONTRACTS,
        categories=(),
        merged=(),
        within=(),
        people="results",
        parts=Parts.WHOLE,
        out_of="results_claimed",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    ToDate(
        id="results_judged",
        name=Text("Door bewoners beoordeeld", "Judged by residents"),
        definition=Text(
            "Gemelde resultaten waarover de bewoners zelf tot en met het kwartaal een oordeel "
            "gaven: behaald of niet behaald.",
            "Claimed results that residents themselves judged up to and including the quarter: "
            "achieved or not achieved.",
        ),
        source=_CONTRACTS,
        categories=VERDICTS,
        merged=(),
        within=(Bound("", Count("results_claimed", ""), over_year=False),),
        people="results",
        parts=Parts.WHOLE,
        out_of="results_claimed",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    ToDate(
        id="results_checked",
        name=Text("Door de administratie gecontroleerd", "Checked by the administration"),
        definition=Text(
            "Gemelde resultaten die de administratie tot en met het kwartaal controleerde. "
            "Dit staat naast het oordeel van de bewoners en vervangt het niet.",
            "Claimed results that the administration checked up to and including the quarter. "
            "This stands beside the residents' judgement and does not replace it.",
        ),
        source=_CONTRACTS,
        categories=VERDICTS,
        merged=(),
        within=(Bound("", Count("results_claimed", ""), over_year=False),),
        people="results",
        parts=Parts.WHOLE,
        out_of="results_claimed",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    Disagreement(
        id="results_differing",
        name=Text("Verschillend beoordeeld", "Judged differently"),
        definition=Text(
            "Resultaten waarover bewoners en administratie verschillend oordeelden.",
            "Results on which residents and administration came to a different verdict.",
        ),
        source=_CONTRACTS,
        categories=DISAGREEMENTS,
        merged=(),
        within=(
            Bound("residents_only", Count("results_judged", "yes"), over_year=False),
            Bound("residents_only", Count("results_checked", "no"), over_year=False),
            Bound("administration_only", Count("results_judged", "no"), over_year=False),
            Bound("administration_only", Count("results_checked", "yes"), over_year=False),
        ),
        people="results",
        parts=Parts.BROKEN_DOWN,
        out_of="results_claimed",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
        verdicts=("results_judged", "results_checked"),
    ),
    ToDate(
        id="results_paid",
        name=Text("Betaalde resultaten", "Paid results"),
        definition=Text(
            "Resultaten waarvoor tot en met het kwartaal is betaald.",
            "Results paid for up to and including the quarter.",
        ),
        source=_CONTRACTS,
        categories=(),
        merged=(),
        within=(Bound("", Count("results_judged", "yes"), over_year=False),),
        people="results",
        parts=Parts.WHOLE,
        out_of="results_claimed",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    YearCount(
        id="allowance_above_maximum",
        name=Text(
            "Vrijwilligers met vergoedingen boven het jaarmaximum",
            "Volunteers with allowances above the yearly maximum",
        ),
        definition=Text(
            "Mensen aan wie één organisatie in het jaar meer vrijwilligersvergoeding betaalde dan "
            "het wettelijke jaarmaximum. Vergoedingen van twee organisaties samen tellen hier "
            "niet: dan zou een organisatie kunnen zien wie elders een vergoeding krijgt.",
            "People to whom one organisation paid more volunteer allowance in the year than the "
            "legal maximum. Allowances of two organisations together do not count here: then an "
            "organisation could see who gets one elsewhere.",
        ),
        source=_REGISTER,
        categories=(),
        merged=(),
        within=(Bound("", Count("active_volunteers", ""), over_year=True),),
        people="allowances",
        parts=Parts.BROKEN_DOWN,
        out_of="",
        base=COUNT_BASE,
        own_threshold=False,
        rest="",
    ),
    Amount(
        id="spending",
        name=Text("Besteding", "Spending"),
        definition=Text(
            "Bestede bedragen: van de gemeente precies, naar taakveld, financier, aard en "
            "uitkomst; van een wijk of organisatie per jaar naar uitkomst, in kleine wijken in "
            "stappen van EUR 5.000. Resultaatbetalingen zijn tarief maal het gepubliceerde aantal "
            "betaalde resultaten.",
            "Amounts spent: of the gemeente exactly, by taakveld, financier, nature and outcome; "
            "of a wijk or organisation per year by outcome, in small wijken in steps of EUR "
            "5,000. Result payments are the tariff times the published number of paid results.",
        ),
        source=_SPENDING,
        categories=(),
        merged=(),
        within=(),
        people="money",
        parts=Parts.WHOLE,
        out_of="",
        base=0,
        own_threshold=False,
        rest="",
    ),
)

OUTCOMES: tuple[Outcome, ...] = (
    Outcome(
        id="participation",
        name=Text("Meedoen als vrijwilliger", "Taking part as a volunteer"),
        one=Text("vrijwilliger in het jaar", "volunteer in the year"),
        counted_by=Count("active_volunteers", ""),
    ),
    Outcome(
        id="step_up",
        name=Text("Een trede hoger op de Participatieladder", "A step up the Participatieladder"),
        one=Text("stap omhoog", "step up"),
        counted_by=Count("ladder_moves", "up"),
    ),
    Outcome(
        id="paid_work",
        name=Text("Betaald werk", "Paid work"),
        one=Text("uitstroom naar betaald werk", "outflow to paid work"),
        counted_by=Count("outflow", ""),
    ),
)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        id="volunteers",
        theme="volunteering",
        name=Text("Vrijwilligers", "Volunteers"),
        definition=Text(
            "Bewoners met een lopende vrijwilligersovereenkomst op de laatste dag van het "
            "kwartaal. Een stand: kwartalen tellen niet op tot een jaar.",
            "Residents with a running volunteering agreement on the last day of the quarter. "
            "A stock: quarters do not add up to a year.",
        ),
        numerator=Count("volunteers", ""),
        denominator=None,
        per=1,
        unit=Unit.PEOPLE,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("quarter",),
        source=_REGISTER,
    ),
    Indicator(
        id="volunteers_per_1000",
        theme="volunteering",
        name=Text("Vrijwilligers per 1.000 inwoners", "Volunteers per 1,000 residents"),
        definition=Text(
            "Vrijwilligers op de laatste dag van het kwartaal, per 1.000 inwoners van de wijk.",
            "Volunteers on the last day of the quarter, per 1,000 residents of the wijk.",
        ),
        numerator=Count("volunteers", ""),
        denominator=Population("residents"),
        per=1000,
        unit=Unit.PER_1000_RESIDENTS,
        digits=1,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("quarter",),
        source=_joined(_REGISTER, _CBS),
    ),
    Indicator(
        id="volunteers_per_100_bijstand",
        theme="volunteering",
        name=Text(
            "Vrijwilligers per 100 mensen in de bijstand", "Volunteers per 100 people on bijstand"
        ),
        definition=Text(
            "Vrijwilligers op de laatste dag van het kwartaal, per 100 inwoners van de wijk met "
            "een bijstandsuitkering. Niet elke vrijwilliger heeft bijstand: dit zet wijken van "
            "ongelijke samenstelling op één schaal en is geen deel van de mensen in de bijstand. "
            "Voor een gemeente: de som van al haar wijken.",
            "Volunteers on the last day of the quarter, per 100 residents of the wijk on bijstand "
            "(social assistance). Not every volunteer is on bijstand: this sets wijken of unlike "
            "make-up on one scale, and is no share of the people on bijstand. For a gemeente: the "
            "sum of all its wijken.",
        ),
        numerator=Count("volunteers", ""),
        denominator=Population("bijstand"),
        per=100,
        unit=Unit.PER_100_BIJSTAND,
        digits=1,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("quarter",),
        source=_joined(_REGISTER, _CBS),
    ),
    Indicator(
        id="new_volunteers",
        theme="volunteering",
        name=Text("Nieuwe vrijwilligers", "New volunteers"),
        definition=Text(
            "Bewoners die in het jaar hun eerste vrijwilligersovereenkomst bij een organisatie "
            "begonnen.",
            "Residents who started their first volunteering agreement at an organisation in the "
            "year.",
        ),
        numerator=Count("new_volunteers", ""),
        denominator=None,
        per=1,
        unit=Unit.PEOPLE,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year",),
        source=_REGISTER,
    ),
    Indicator(
        id="volunteer_hours",
        theme="volunteering",
        name=Text("Uren vrijwilligerswerk per week", "Hours of volunteering a week"),
        definition=Text(
            "Afgesproken uren per week van de vrijwilligers op de laatste dag van het kwartaal.",
            "Agreed hours a week of the volunteers on the last day of the quarter.",
        ),
        numerator=Count("volunteer_hours", ""),
        denominator=None,
        per=1,
        unit=Unit.HOURS_PER_WEEK,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("quarter",),
        source=_REGISTER,
    ),
    Indicator(
        id="outflow",
        theme="work",
        name=Text("Uitstroom naar betaald werk", "Outflow to paid work"),
        definition=Text(
            "Vrijwilligers die in de periode aan betaald werk begonnen: zonder steun, met steun "
            "of als zelfstandige.",
            "Volunteers who started in paid work in the period: without support, with support or "
            "self-employed.",
        ),
        numerator=Count("outflow", ""),
        denominator=None,
        per=1,
        unit=Unit.PEOPLE,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year", "quarter"),
        source=_REGISTER,
    ),
    Indicator(
        id="outflow_per_100_volunteers",
        theme="work",
        name=Text("Uitstroom per 100 vrijwilligers", "Outflow per 100 volunteers"),
        definition=Text(
            "Uitstroom naar betaald werk in het jaar, per 100 bewoners die in dat jaar "
            "vrijwilliger waren.",
            "Outflow to paid work in the year, per 100 residents who volunteered in that year.",
        ),
        numerator=Count("outflow", ""),
        denominator=Count("active_volunteers", ""),
        per=100,
        unit=Unit.PERCENT,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year",),
        source=_REGISTER,
    ),
    Indicator(
        id="outflow_per_1000_residents",
        theme="work",
        name=Text("Uitstroom per 1.000 inwoners", "Outflow per 1,000 residents"),
        definition=Text(
            "Uitstroom naar betaald werk in het jaar, per 1.000 inwoners van de wijk.",
            "Outflow to paid work in the year, per 1,000 residents of the wijk.",
        ),
        numerator=Count("outflow", ""),
        denominator=Population("residents"),
        per=1000,
        unit=Unit.PER_1000_RESIDENTS,
        digits=1,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year",),
        source=_joined(_REGISTER, _CBS),
    ),
    Indicator(
        id="outflow_per_100_bijstand",
        theme="work",
        name=Text("Uitstroom per 100 mensen in de bijstand", "Outflow per 100 people on bijstand"),
        definition=Text(
            "Uitstroom naar betaald werk in het jaar, per 100 inwoners van de wijk met een "
            "bijstandsuitkering. Voor een gemeente: de som van al haar wijken.",
            "Outflow to paid work in the year, per 100 residents of the wijk on bijstand (social "
            "assistance). For a gemeente: the sum of all its wijken.",
        ),
        numerator=Count("outflow", ""),
        denominator=Population("bijstand"),
        per=100,
        unit=Unit.PER_100_BIJSTAND,
        digits=1,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year",),
        source=_joined(_REGISTER, _CBS),
    ),
    *(
        Indicator(
            id=f"still_in_work_{months}",
            theme="work",
            name=Text(
                f"Nog aan het werk na {months} maanden", f"Still in work after {months} months"
            ),
            definition=Text(
                f"Van wie in het jaar aan betaald werk begon: het deel dat {months} maanden "
                "later nog werkte. Er bestaat geen landelijke grens voor duurzaam werk.",
                f"Of those who started paid work in the year: the share that still worked "
                f"{months} months later. There is no national threshold for sustained work.",
            ),
            numerator=Count(f"still_in_work_{months}", ""),
            denominator=Count("outflow", ""),
            per=100,
            unit=Unit.PERCENT,
            digits=0,
            direction=Direction.HIGHER_IS_BETTER,
            frequency=("year",),
            source=_REGISTER,
        )
        for months in STILL_IN_WORK_MONTHS
    ),
    Indicator(
        id="ladder_steps_up",
        theme="ladder",
        name=Text("Stappen omhoog op de Participatieladder", "Steps up the Participatieladder"),
        definition=Text(
            "Mensen die in de periode een hogere trede van de Participatieladder bereikten dan "
            "bij hun vorige meting; wie in twee kwartalen stijgt, telt in elk daarvan.",
            "People who reached a higher level of the Participatieladder than at their previous "
            "reading; someone who rises in two quarters counts in each.",
        ),
        numerator=Count("ladder_moves", "up"),
        denominator=None,
        per=1,
        unit=Unit.STEPS,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year",),
        source=_REGISTER,
    ),
    Indicator(
        id="spending",
        theme="money",
        name=Text("Besteding", "Spending"),
        definition=Text(
            "Wat in de periode is besteed, met resultaatbetalingen.",
            "What was spent in the period, result payments included.",
        ),
        numerator=Money("", ""),
        denominator=None,
        per=1,
        unit=Unit.EURO,
        digits=0,
        direction=Direction.NEUTRAL,
        frequency=("year",),
        source=_SPENDING,
    ),
    Indicator(
        id="spending_per_resident",
        theme="money",
        name=Text("Besteding per inwoner", "Spending per resident"),
        definition=Text(
            "Wat in het jaar is besteed, per inwoner van de wijk.",
            "What was spent in the year, per resident of the wijk.",
        ),
        numerator=Money("", ""),
        denominator=Population("residents"),
        per=1,
        unit=Unit.EURO_PER_RESIDENT,
        digits=2,
        direction=Direction.NEUTRAL,
        frequency=("year",),
        source=_joined(_SPENDING, _CBS),
    ),
    *(
        Indicator(
            id=f"cost_per_{outcome.id}",
            theme="money",
            name=Text(
                f"Besteding per {outcome.one.nl}",
                f"Spending per {outcome.one.en}",
            ),
            definition=Text(
                f"Wat in het jaar is besteed aan '{outcome.name.nl}', gedeeld door het "
                "gepubliceerde aantal. Bij nul uitkomsten staat er 'meer dan'.",
                f"What was spent in the year on '{outcome.name.en}', divided by the published "
                "number. With zero outcomes it says 'more than'.",
            ),
            numerator=Money("", outcome.id),
            denominator=outcome.counted_by,
            per=1,
            unit=Unit.EURO_PER_OUTCOME,
            digits=0,
            direction=Direction.LOWER_IS_BETTER,
            frequency=("year",),
            source=_joined(_SPENDING, _REGISTER),
        )
        for outcome in OUTCOMES
    ),
    Indicator(
        id="structural_share",
        theme="money",
        name=Text("Aandeel structureel geld", "Share of structural money"),
        definition=Text(
            "Welk deel van de besteding in het jaar structureel is. Eindig geld met een einddatum "
            "is incidenteel.",
            "Which part of the spending in the year is structural. Finite money with an end date "
            "is temporary (incidenteel).",
        ),
        numerator=Money("structureel", ""),
        denominator=Money("", ""),
        per=100,
        unit=Unit.PERCENT,
        digits=0,
        direction=Direction.HIGHER_IS_BETTER,
        frequency=("year",),
        source=_SPENDING,
    ),
)


def measure(measure_id: str) -> Measure:
    """Return the measure with this id. Raises KeyError when it does not exist."""
    return {each.id: each for each in MEASURES}[measure_id]


def indicator(indicator_id: str) -> Indicator:
    """Return the indicator with this id. Raises KeyError when it does not exist."""
    return {each.id: each for each in INDICATORS}[indicator_id]


def outcome(outcome_id: str) -> Outcome:
    """Return the outcome with this id. Raises KeyError when it does not exist."""
    return {each.id: each for each in OUTCOMES}[outcome_id]
