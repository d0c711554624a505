"""Write the files about contracts, results and spending."""

from pathlib import Path

from sample_data.delivery import euro, write_table
from sample_data.facts import EDITION
from sample_data.money import all_spending
from sample_data.people import Volunteer
from sample_data.pilot import CONTRACTS, OUTCOMES, all_results
from sample_data.receipts import received


def write_contracts(folder: Path, people: list[Volunteer]) -> None:
    """Write outcomes, contracts and results."""
    write_table(
        folder,
        "uitkomsten.csv",
        "uitkomst;naam_nl;naam_en;definitie_nl;definitie_en;eenheid_nl;eenheid_en;"
        "bepaald_door_nl;bepaald_door_en;validatie_nl;validatie_en",
        (
            (
                each.id,
                *each.name,
                *each.definition,
                *each.unit,
                *each.determined_by,
                *each.validation,
            )
            for each in OUTCOMES
        ),
    )
    write_table(
        folder,
        "contracten.csv",
        "contract;gemeentecode;naam;begindatum;einddatum",
        ((each.id, each.gemeente, each.name, each.first_day, each.last_day) for each in CONTRACTS),
    )
    write_table(
        folder,
        "contract_financiers.csv",
        "contract;financier;aandeel;plafond",
        (
            (each.id, financier, share, euro(ceiling))
            for each in CONTRACTS
            for financier, share, ceiling in each.financiers
        ),
    )
    write_table(
        folder,
        "contract_uitkomsten.csv",
        "contract;uitkomst;tarief;afgesproken",
        (
            (each.id, term.outcome, euro(term.tariff_cents), term.agreed)
            for each in CONTRACTS
            for term in each.terms
        ),
    )
    verdict = {True: "behaald", False: "niet_behaald", None: None}
    results = sorted(all_results(people), key=lambda each: (each.claimed, each.pseudonym))
    write_table(
        folder,
        "resultaten.csv",
        "kenmerk;contract;uitkomst;pseudoniem;organisatie;wijkcode;wijkjaar;gemeld_op;"
        "beoordeeld_op;oordeel_bewoners;gecontroleerd_op;controle;betaald_op",
        (
            (
                f"RE-{number:04d}",
                each.contract,
                each.outcome,
                each.pseudonym,
                each.organisation,
                each.wijk,
                EDITION,
                each.claimed,
                each.judged,
                verdict[each.judged_achieved],
                each.checked,
                verdict[each.check_passed],
                each.paid,
            )
            for number, each in enumerate(results, 1)
        ),
    )


def write_money(folder: Path) -> None:
    """Write spending and which outcome it is meant for."""
    numbered = [
        (f"BE-{number:05d}", spent)
        for number, spent in enumerate(all_spending(), 1)
        if received(spent.stream.organisation, "besteding", spent.day)
    ]
    write_table(
        folder,
        "besteding.csv",
        "kenmerk;gemeentecode;datum;organisatie;wijkcode;wijkjaar;taakveld;financier;bedrag;aard;"
        "geld_tot;omschrijving",
        (
            (
                key,
                spent.stream.gemeente,
                spent.day,
                spent.stream.organisation,
                spent.wijk,
                EDITION if spent.wijk else None,
                spent.stream.taakveld,
                spent.stream.financier,
                euro(spent.cents),
                "incidenteel" if spent.stream.until else "structureel",
                spent.stream.until,
                f"{spent.stream.description} (verzonnen)",
            )
            for key, spent in numbered
        ),
    )
    write_table(
        folder,
        "besteding_uitkomsten.csv",
        "besteding;uitkomst;aandeel",
        (
            (key, outcome, share)
            for key, spent in numbered
            for outcome, share in spent.stream.outcomes
        ),
    )
