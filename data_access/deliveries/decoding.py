"""From the bytes of a text file to its text: which encoding it has, and what is no text at all."""

import codecs
import csv
import io
import re

from data_access.deliveries.faults import Fault
from indicators.vocabulary import Text

_LINE_END = re.compile("[\r\n]")
_SAVE_AS = Text(
    "Kies in Excel bij Opslaan als: 'CSV UTF-8 (door lijstscheidingsteken gescheiden)'",
    "In Excel choose under Save as: 'CSV UTF-8'",
)
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKS_OF_UTF32 = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_WEB_PAGE = re.compile(r"\s*<[a-z!?/]", re.IGNORECASE)
_UTF8_LETTER = re.compile(rb"[\xc3\xc5][\x80-\xbf]|\xe2\x82\xac|\xe2\x80[\x90-\xa6]")
# Letters with an accent of a Mac or of MS-DOS, when they are read as Windows-1252.
_OTHER_ALPHABET = re.compile("[a-z][ŽžšŸ•ˆ‰‹‚„ŠŒ‘]|[a-z][”†][a-z]|‚[a-z‚]|ŽŽ")


def decode_csv(name: str, content: bytes) -> str | Fault:
    """Return the text of a CSV file, or the fault in it.

    Reads UTF-8 and UTF-16, and Windows-1252 (what Excel writes as plain CSV) when the bytes are no
    UTF-8 and every letter in them makes sense.
    """
    if wrong := _no_text(content):
        return Fault(name, None, "", "", wrong)
    text = _decoded(name, content)
    if isinstance(text, str) and (wrong := _another_format(text)):
        return Fault(name, None, "", "", wrong)
    return text


def decode_utf8(name: str, content: bytes) -> str | Fault:
    """Return the text of a file that must be UTF-8, with or without a byte order mark."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _fault_at(name, content, error.start, _UTF8)


_UTF8 = Text("tekst in UTF-8", "text in UTF-8")
_UTF8_OR_WINDOWS = Text(
    f"tekst in UTF-8; hier staat een letter in een andere codering. {_SAVE_AS.nl}",
    f"text in UTF-8; here is a letter in another encoding. {_SAVE_AS.en}",
)


def _no_text(content: bytes) -> Text | None:
    if content.startswith(_ZIP):
        return Text(
            "een CSV-bestand; dit is een Excel-bestand (of zip) met een andere naam. Geef het de "
            "naam die eindigt op .xlsx, of kies in Excel bij Opslaan als: 'CSV UTF-8'",
            "a CSV file; this is an Excel file (or zip) under another name. Give it a name that "
            "ends in .xlsx, or choose in Excel under Save as: 'CSV UTF-8'",
        )
    if content.startswith(_OLD_EXCEL):
        return Text(
            "een CSV-bestand; dit is een oud of beveiligd Excel-bestand met een andere naam. "
            f"{_SAVE_AS.nl}",
            f"a CSV file; this is an old or protected Excel file under another name. {_SAVE_AS.en}",
        )
    if content.startswith(b"%PDF"):
        return Text("een CSV-bestand; dit is een PDF", "a CSV file; this is a PDF")
    return None


def _decoded(name: str, content: bytes) -> str | Fault:
    no_text = Text(
        f"een CSV-bestand; dit is geen tekst. {_SAVE_AS.nl}",
        f"a CSV file; this is no text. {_SAVE_AS.en}",
    )
    if content.startswith(_MARKS_OF_UTF32):
        return Fault(name, None, "", "", no_text)
    if encoding := _utf16(content):
        try:
            return content.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            return Fault(name, None, "", "", no_text)
    if b"\x00" in content:
        return Fault(name, None, "", "", no_text)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _windows(name, content, error.start)


def _utf16(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    # Without a mark: every second byte of Latin letters is nought.
    head = content[:200]
    even, odd = head[::2], head[1::2]
    if len(odd) > 3 and not any(odd) and all(even):
        return "utf-16-le"
    if len(odd) > 3 and not any(even) and all(odd):
        return "utf-16-be"
    return ""


def _windows(name: str, content: bytes, wrong_at: int) -> str | Fault:
    if content.startswith(codecs.BOM_UTF8):
        # The position counts from behind the byte order mark.
        return _fault_at(name, content, wrong_at + len(codecs.BOM_UTF8), _UTF8_OR_WINDOWS)
    if utf8 := _UTF8_LETTER.search(content):
        # Both encodings in one file: one of the two would be garbled.
        return _fault_at(name, content, max(wrong_at, utf8.start()), _UTF8_OR_WINDOWS)
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError as error:
        return _fault_at(name, content, error.start, _UTF8_OR_WINDOWS)
    if strange := _OTHER_ALPHABET.search(text):
        return _fault_at(name, content, strange.start() + 1, _UTF8_OR_WINDOWS)
    return text


def _another_format(text: str) -> Text | None:
    if "schemas-microsoft-com:office:spreadsheet" in text[:2000]:
        return Text(
            f"een CSV-bestand; dit is een Excel-bestand in XML met een andere naam. {_SAVE_AS.nl}",
            f"a CSV file; this is an Excel file in XML under another name. {_SAVE_AS.en}",
        )
    if _WEB_PAGE.match(text):
        return Text(
            "een CSV-bestand; dit is een webpagina (HTML of XML). Open het in Excel. "
            f"{_SAVE_AS.nl}",
            f"a CSV file; this is a web page (HTML or XML). Open it in Excel. {_SAVE_AS.en}",
        )
    if text.lstrip().startswith(("{", "[")):
        return Text("een CSV-bestand; dit is JSON", "a CSV file; this is JSON")
    return None


def _fault_at(name: str, content: bytes, position: int, expected: Text) -> Fault:
    before = content[:position].decode("cp1252", errors="replace")
    after = content[position : position + 2000].decode("cp1252", errors="replace")
    line = _LINE_END.split(before[-2000:])[-1] + _LINE_END.split(after)[0]
    return Fault(name, _records_in(before + "?"), "", line.removeprefix("ï»¿"), expected)


def _records_in(text: str) -> int | None:
    try:
        return sum(1 for _ in csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    except csv.Error:
        return None
