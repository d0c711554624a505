"""A small valid delivery, to change and load."""

import csv
import datetime
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data_access.deliveries import LoadSummary, load

TODAY = datetime.date(2026, 3, 1)
SQUARE = [[[5.80, 53.20], [5.82, 53.20], [5.82, 53.22], [5.80, 53.22], [5.80, 53.20]]]


class SmallDelivery:
    """A valid delivery with a row or two in every file. Change `rows`, then write or load it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, list[dict[str, str]]] = _rows()
        self.shapes: list[dict[str, Any]] = [_shape("WK008060"), _shape("WK008061")]

    def write(self) -> Path:
        """Write the files and return their folder."""
        self.folder.mkdir(exist_ok=True)
        for name, rows in self.rows.items():
            with (self.folder / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
                writer.writeheader()
                writer.writerows(rows)
        collection = {"type": "FeatureCollection", "features": self.shapes}
        (self.folder / "wijkgrenzen.geojson").write_text(json.dumps(collection), encoding="utf-8")
        return self.folder

    def load(self, engine: Engine, accept: int | None = None) -> LoadSummary:
        """Write the files and load them, as on TODAY."""
        return load(self.write(), engine, today=TODAY, accept=accept)

    def supplied_by(self, supplier: str) -> None:
        """Declare the supplier in levering.csv."""
        self.rows["levering.csv"][0]["leverancier"] = supplier

    def only(self, *names: str) -> None:
        """Leave all files out but these and levering.csv, and take every shape away."""
        self.rows = {name: self.rows[name] for name in ("levering.csv", *names)}
        self.shapes = []
        for file in self.folder.glob("*"):
            file.unlink()


@pytest.fixture
def valid_delivery(tmp_path: Path) -> SmallDelivery:
    """A valid delivery in a folder of its own."""
    return SmallDelivery(tmp_path / "levering")


def _shape(code: str) -> dict[str, Any]:
    properties = {"wijkcode": code, "wijkjaar": 2023, "schematisch": True, "bron": "berekend"}
    geometry = {"type": "Polygon", "coordinates": SQUARE}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _lines(header: str, *lines: str) -> list[dict[str, str]]:
    names = header.split(";")
    return [dict(zip(names, line.split(";"), strict=True)) for line in lines]


def _rows() -> dict[str, list[dict[str, str]]]:
    return {
        "levering.csv": _lines("naam;voorbeeld;toelichting", "Proeflevering;ja;"),
        "gemeenten.csv": _lines(
            "gemeentecode;naam;inwoners;peildatum;bron",
            "GM0080;Leeuwarden;128.810;01-01-2024;CBS",
        ),
        "wijken.csv": _lines(
            "wijkcode;wijkjaar;gemeentecode;naam;inwoners;huishoudens;bijstand;peildatum;bron;"
            "lengtegraad;breedtegraad",
            "WK008060;2023;GM0080;Bilgaard;4.500;;310;2024-01-01;CBS;5,79;53,22",
            "WK008061;2023;GM0080;Vrijheidswijk;4000;2.000;;2024-01-01;CBS;;",
        ),
        "organisaties.csv": _lines(
            "organisatie;naam;soort;gemeentecode;opgericht;omschrijving;verzonnen",
            "bilgaard;Wijkbedrijf Bilgaard;wijkbedrijf;GM0080;2014;Groen en meer;nee",
            "dreamfabryk;Dreamfabryk;sociaal_bedrijf;GM0080;;;nee",
        ),
        "organisatie_wijken.csv": _lines(
            "organisatie;wijkcode;wijkjaar",
            "bilgaard;WK008060;2023",
            "bilgaard;WK008061;2023",
        ),
        "uitspraken.csv": _lines(
            "kenmerk;organisatie;datum;aantal;tekst_nl;tekst_en;bron",
            "u-1;bilgaard;22-06-2023;142;Zo'n 142 vrijwilligers;About 142 volunteers;krant",
        ),
        "financiers.csv": _lines(
            "financier;naam;soort",
            "leeuwarden;Gemeente Leeuwarden;gemeente",
            "fno;FNO;fonds",
        ),
        "vrijwilligers.csv": _lines(
            "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;begindatum;einddatum;uren_per_week;"
            "activiteit",
            "v-1;p-001;bilgaard;WK008060;2023;2023-01-01;;7,5;groen",
            "v-2;p-002;bilgaard;WK008061;2023;15-2-2023;2024-06-30;40;horeca",
        ),
        "vergoedingen.csv": _lines(
            "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;datum;bedrag",
            "vg-1;p-001;bilgaard;WK008060;2023;2025-03-31;1.234,50",
        ),
        "ladder.csv": _lines(
            "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;datum;trede",
            "l-1;p-001;bilgaard;WK008060;2023;2025-01-10;3",
            "l-2;p-001;bilgaard;WK008060;2023;2025-07-10;4",
        ),
        "uitstroom.csv": _lines(
            "kenmerk;pseudoniem;organisatie;wijkcode;wijkjaar;begindatum;einddatum;uren_per_week;"
            "soort_werk",
            "w-1;p-002;bilgaard;WK008061;2023;2024-07-01;;24;met_steun",
        ),
        "uitkomsten.csv": _lines(
            "uitkomst;naam_nl;naam_en;definitie_nl;definitie_en;eenheid_nl;eenheid_en;"
            "bepaald_door_nl;bepaald_door_en;validatie_nl;validatie_en",
            "eigen-doel;Eigen doel;Own goal;Stap gezet;Step made;bewoner;resident;bewoner;"
            "resident;gesprek;talk",
        ),
        "contracten.csv": _lines(
            "contract;gemeentecode;naam;begindatum;einddatum",
            "oost;GM0080;Resultaten Oost;2024-01-01;2025-12-31",
        ),
        "contract_financiers.csv": _lines(
            "contract;financier;aandeel;plafond",
            "oost;leeuwarden;0,4;40.000",
            "oost;fno;0,6;60.000",
        ),
        "contract_uitkomsten.csv": _lines(
            "contract;uitkomst;tarief;afgesproken",
            "oost;eigen-doel;1.250,00;80",
        ),
        "resultaten.csv": _lines(
            "kenmerk;contract;uitkomst;pseudoniem;organisatie;wijkcode;wijkjaar;gemeld_op;"
            "beoordeeld_op;oordeel_bewoners;gecontroleerd_op;controle;betaald_op",
            "r-1;oost;eigen-doel;p-001;bilgaard;WK008060;2023;2024-05-01;2024-05-20;behaald;"
            "2024-06-01;niet_behaald;2024-06-30",
        ),
        "besteding.csv": _lines(
            "kenmerk;gemeentecode;datum;organisatie;wijkcode;wijkjaar;taakveld;financier;bedrag;"
            "aard;geld_tot;omschrijving",
            "b-1;GM0080;2025-02-01;bilgaard;WK008060;2023;6.1;leeuwarden;24.398,87;structureel;;x",
            "b-2;GM0080;2025-03-01;;;;6.5;fno;-100,5;incidenteel;2025-12-31;",
        ),
        "besteding_uitkomsten.csv": _lines(
            "besteding;uitkomst;aandeel",
            "b-1;meedoen;0,7",
            "b-1;betaald_werk;0,3",
        ),
        "streefwaarden.csv": _lines(
            "indicator;gebied;periode;waarde",
            "volunteers;WK008060;2025-Q4;150",
            "outflow;GM0080;2025;12,5",
        ),
        "afgesloten_kwartalen.csv": _lines(
            "gemeentecode;kwartaal;afgesloten_op",
            "GM0080;2025-Q4;2026-02-15",
        ),
        "ontvangen.csv": _lines(
            "organisatie;onderdeel;kwartaal;ontvangen_op",
            "bilgaard;vrijwilligers;2025-Q4;2026-01-20",
            "bilgaard;ladder;2025-Q4;",
        ),
    }
