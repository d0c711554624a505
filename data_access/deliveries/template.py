"""An empty delivery: every file with its header, and what each column means."""

import csv
import json
from pathlib import Path

from data_access.deliveries.reading import DELIMITER
from data_access.deliveries.registry import ALL_FILES, WIJK_SHAPES, DeliveryFile
from data_access.errors import DataAccessError
from data_access.pseudonyms import explained

EXPLANATIONS = {"nl": "LEESMIJ.md", "en": "README.md"}

_INTRODUCTION = {
    "nl": (
        "# Een levering\n\n"
        "Vul de bestanden die u nodig hebt; alleen levering.csv is verplicht, met minstens één "
        "ander bestand. Laad de map met "
        "`python -m data_access load MAP`. Alles wordt gecontroleerd: bij één fout wordt niets "
        "geladen en staan alle fouten in één lijst.\n\n"
        "- Bewaar elk bestand als CSV (in Excel: 'CSV UTF-8') of als Excel-werkmap (.xlsx) met één "
        "gevuld werkblad en dezelfde naam, zoals vrijwilligers.xlsx. De kolomkoppen staan in de "
        "eerste rij.\n"
        "- Datums: 31-12-2025 of 2025-12-31. Getallen met een komma: 1.234,50.\n"
        "- Maak kolommen met codes (kenmerk, pseudoniem, wijkcode, taakveld) in Excel op als "
        "tekst: anders gaan nullen en lange nummers verloren.\n"
        "- Een kenmerk hoort bij de leverancier: twee wijkbedrijven mogen allebei hun rijen 1, 2, "
        "3 nummeren. Levert één organisatie of gemeente, zet haar sleutel of code dan in "
        "levering.csv onder leverancier; de levering kan dan geen rijen van anderen veranderen. "
        "Zonder leverancier is elke rij van de organisatie die zij noemt, en besteding van de "
        "gemeente. Kies één manier en blijf daarbij.\n"
        "- Dezelfde sleutel van dezelfde leverancier in een latere levering werkt de rij bij; "
        "weglaten verwijdert niets. Verhuist iemand of verandert er iets vanaf een dag, sluit de "
        "oude rij dan met een einddatum en maak een nieuwe: anders verandert het verleden mee.\n"
        "- Hoort een rij helemaal niet in het register, zet dan bestand en kenmerk in "
        "intrekken.csv, en in levering.csv onder leverancier wiens rij het is.\n"
        "- Wat bij het laden wordt gezegd en gevraagd, hangt alleen af van de eigen rijen: zo "
        "hoort niemand of iemand bij een andere organisatie bekend is. Laat een organisatie haar "
        "eigen levering maken, met leverancier.\n"
        "- Een pseudoniem geldt binnen één organisatie. Gebruiken organisaties van een gemeente "
        "voor dezelfde mensen dezelfde pseudoniemen, geef hun dan in organisaties.csv hetzelfde "
        "pseudoniemdomein, vóór hun eerste levering van mensen. `python -m data_access "
        "pseudonymise` maakt pseudoniemen uit een lijst met mensen, zonder dat die lijst de "
        "organisatie verlaat.\n"
        "- Wat een vergissing kan zijn (een datum ver vooruit, een dubbele rij, een naam in een "
        "openbare tekst, een afgesloten kwartaal dat verandert) wordt gevraagd, en dan wordt er "
        "niets geladen. Klopt alles, laad dan met `--accept N`, waarin N het aantal vragen is; "
        "met `--faults BESTAND.csv` staan alle vragen of fouten in een bestand.\n"
        "- Het dashboard rondt aantallen mensen af. Getallen die een organisatie zelf naar buiten "
        "brengt, in uitspraken.csv of in een jaarverslag, staan er precies: noem daar geen "
        "aantallen onder de 10, want naast de afgeronde cijfers kunnen zij iemand herkenbaar "
        "maken.\n"
        "- Geen namen, geboortedatums, adressen of burgerservicenummers van mensen. Een "
        "getal van acht of negen cijfers dat een burgerservicenummer kan zijn, wordt geweigerd.\n"
        "- Velden met * vormen samen de sleutel van een rij.\n"
        "\n## Pseudoniemen maken\n\n"
        "`python -m data_access pseudonymise --new-key SLEUTEL` (eenmalig, voor alle organisaties "
        "samen) en dan `python -m data_access pseudonymise BESTAND --key SLEUTEL`.\n\n"
        f"{explained.HOW_IT_WORKS.nl}\n\n{explained.WHAT_TO_FILL_IN.nl}\n\n"
        f"{explained.HOW_OFTEN_WRONG.nl}\n"
    ),
    "en": (
        "# A delivery\n\n"
        "Fill in the files that you need; only levering.csv is required, with at least one "
        "other file. Load the folder with "
        "`python -m data_access load FOLDER`. Everything is checked: with one fault nothing is "
        "loaded, and all faults are in one list.\n\n"
        "- Save each file as CSV (in Excel: 'CSV UTF-8') or as Excel Workbook (.xlsx) with one "
        "filled sheet and the same name, such as vrijwilligers.xlsx. The headers are in the first "
        "row.\n"
        "- Dates: 31-12-2025 or 2025-12-31. Numbers with a decimal comma: 1.234,50.\n"
        "- In Excel format columns with codes (kenmerk, pseudoniem, wijkcode, taakveld) as text: "
        "otherwise zeros and long numbers are lost.\n"
        "- A key (kenmerk) belongs to the supplier: two wijkbedrijven may both number their rows "
        "1, 2, 3. When one organisation or gemeente delivers, put its key or code in levering.csv "
        "under leverancier; the delivery can change no rows of others then. Without leverancier "
        "each row belongs to the organisation that it names, and spending to the gemeente. Choose "
        "one way and keep to it.\n"
        "- The same key of the same supplier in a later delivery updates the row; leaving out "
        "deletes nothing. When somebody moves or something changes from a day on, close the old "
        "row with an end date and make a new one: otherwise the past changes along.\n"
        "- When a row does not belong in the register at all, put its file and key in "
        "intrekken.csv, and whose row it is in levering.csv under leverancier.\n"
        "- What loading says and asks depends on the supplier's own rows only, so that nobody "
        "hears whether somebody is known at another organisation. Let an organisation make a "
        "delivery of its own, with leverancier.\n"
        "- A pseudonym counts within one organisation. When organisations of a gemeente use the "
        "same pseudonyms for the same people, give them the same pseudoniemdomein in "
        "organisaties.csv, before they first deliver people. `python -m data_access pseudonymise` "
        "makes pseudonyms from a list of people, which then never leaves the organisation.\n"
        "- What may be a mistake (a date far ahead, a double row, a name in a public text, a "
        "closed quarter that changes) is asked, and then nothing is loaded. If all is right, load "
        "with `--accept N`, in which N is the number of questions; `--faults FILE.csv` writes all "
        "questions or faults to a file.\n"
        "- The dashboard rounds counts of people. Numbers that an organisation itself makes "
        "public, in uitspraken.csv or in a report, are exact: give no numbers below 10 there, "
        "since beside the rounded figures they can make somebody recognisable.\n"
        "- No names, birth dates, addresses or citizen service numbers of people. A number of "
        "eight or nine digits that may be a citizen service number is refused.\n"
        "- Columns with * together are the key of a row.\n"
        "\n## Making pseudonyms\n\n"
        "`python -m data_access pseudonymise --new-key KEY` (once, for all organisations together) "
        "and then `python -m data_access pseudonymise FILE --key KEY`.\n\n"
        f"{explained.HOW_IT_WORKS.en}\n\n{explained.WHAT_TO_FILL_IN.en}\n\n"
        f"{explained.HOW_OFTEN_WRONG.en}\n"
    ),
}
_TABLE_HEAD = {
    "nl": "| kolom | betekenis | inhoud | voorbeeld |\n|---|---|---|---|\n",
    "en": "| column | meaning | content | example |\n|---|---|---|---|\n",
}


def write_template(folder: Path) -> list[str]:
    """Write an empty delivery into a folder, which is made when needed; return the file names.

    The files can be filled in and loaded as they are. Nothing is overwritten: raises
    DataAccessError when one of the files exists already.
    """
    texts = {file.name: _empty(file) for file in ALL_FILES}
    texts |= {name: explanation(language) for language, name in EXPLANATIONS.items()}
    present = [name for name in texts if (folder / name).exists()]
    if present:
        raise DataAccessError(
            f"In {folder} staat al {present[0]}; er is niets geschreven. Kies een lege map.",
            f"{folder} already holds {present[0]}; nothing was written. Choose an empty folder.",
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in texts.items():
            (folder / name).write_bytes(content.encode(_encoding(name)))
    except OSError as error:
        raise DataAccessError(
            f"In {folder} kan niet worden geschreven ({error.strerror}). Kies een andere map.",
            f"{folder} cannot be written to ({error.strerror}). Choose another folder.",
        ) from error
    return list(texts)


def explanation(language: str) -> str:
    """Return what every file and column means, as Markdown in `language` ("nl" or "en")."""
    parts = [_INTRODUCTION[language]]
    for file in ALL_FILES:
        lines = "".join(_line(file, field, language) for field in file.columns)
        about = file.about.in_language(language)
        parts.append(f"\n## {file.name}\n\n{about}\n\n{_TABLE_HEAD[language]}{lines}")
    return "".join(parts)


def _line(file: DeliveryFile, field: str, language: str) -> str:
    column = file.columns[field]
    key = "\\*" if field in file.key else ""
    meaning = column.nl if language == "nl" else column.en
    expected = column.expected.in_language(language)
    cells = (column.header + key, meaning, expected, column.kind.example)
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |\n"


def _empty(file: DeliveryFile) -> str:
    if file is WIJK_SHAPES:
        return json.dumps({"type": "FeatureCollection", "features": []}) + "\n"
    headers = [column.header for column in file.columns.values()]
    return DELIMITER.join(headers) + csv.excel.lineterminator


def _encoding(name: str) -> str:
    # With a byte order mark Dutch Excel reads, and keeps, UTF-8.
    return "utf-8-sig" if name.endswith(".csv") else "utf-8"
