"""Write the files about places and organisations."""

from pathlib import Path

from sample_data.chance import generator
from sample_data.delivery import decimal, write_geojson, write_table
from sample_data.facts import CBS_SOURCE, EDITION, FIGURES_ON, GEMEENTEN, WIJK_SOURCE, WIJKEN
from sample_data.geography import feature_collection
from sample_data.money import FINANCIERS
from sample_data.organisations import ORGANISATIONS, PSEUDONYM_DOMAINS, STATEMENTS

BIJSTAND_PER_100 = (1.2, 4.8)


def write_areas(folder: Path) -> None:
    """Write gemeenten, wijken and the schematic shapes."""
    write_table(
        folder,
        "gemeenten.csv",
        "gemeentecode;naam;inwoners;peildatum;bron",
        ((each.code, each.name, each.residents, FIGURES_ON, CBS_SOURCE) for each in GEMEENTEN),
    )
    rng = generator("bijstand")
    write_table(
        folder,
        "wijken.csv",
        "wijkcode;wijkjaar;gemeentecode;naam;inwoners;huishoudens;bijstand;peildatum;bron;"
        "lengtegraad;breedtegraad",
        (
            (
                wijk.code,
                EDITION,
                wijk.gemeente,
                wijk.name,
                wijk.residents,
                None,
                round(wijk.residents * rng.uniform(*BIJSTAND_PER_100) / 1000) * 10,
                FIGURES_ON,
                WIJK_SOURCE,
                decimal(f"{wijk.longitude:.3f}"),
                decimal(f"{wijk.latitude:.3f}"),
            )
            for wijk in WIJKEN
        ),
    )
    write_geojson(folder, "wijkgrenzen.geojson", feature_collection())


def write_organisations(folder: Path) -> None:
    """Write organisations, their wijken, their public statements, and financiers."""
    write_table(
        folder,
        "organisaties.csv",
        "organisatie;naam;soort;gemeentecode;opgericht;omschrijving;verzonnen;pseudoniemdomein",
        (
            (
                each.id,
                each.name,
                each.kind,
                each.gemeente,
                each.founded,
                each.description,
                each.invented,
                PSEUDONYM_DOMAINS[each.gemeente],
            )
            for each in ORGANISATIONS
        ),
    )
    write_table(
        folder,
        "organisatie_wijken.csv",
        "organisatie;wijkcode;wijkjaar",
        ((each.id, wijk, EDITION) for each in ORGANISATIONS for wijk in each.wijken),
    )
    write_table(
        folder,
        "uitspraken.csv",
        "kenmerk;organisatie;datum;aantal;tekst_nl;tekst_en;bron",
        (
            (
                each.id,
                each.organisation,
                each.day,
                each.value,
                each.text_nl,
                each.text_en,
                each.source,
            )
            for each in STATEMENTS
        ),
    )
    write_table(folder, "financiers.csv", "financier;naam;soort", FINANCIERS)
