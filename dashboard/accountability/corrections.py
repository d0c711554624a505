"""What changed between two releases, and why: the memory of the page Verantwoording."""

from collections.abc import Sequence

from dashboard.accountability import count_changes, money_changes
from dashboard.address.selection import Release, Selection
from dashboard.door import Door
from dashboard.elements.choices import Choice
from dashboard.elements.view import Element, Finding, Note, Part, Sentences, Table
from dashboard.words.copy import t
from dashboard.words.numbers import date_long
from data_access.shelf import ReleaseKey

MOST_SHOWN = 150


def what_changed(selection: Selection, door: Door, name: str) -> tuple[Element, ...]:
    """Return which counts, amounts and terms differ between two releases of a gemeente.

    The page has the extras "van" and "naar". `name`: of the gemeente.
    """
    language = selection.language
    part = Part(t("corrections.title", language))
    mine = [each for each in door.releases() if each.key.gemeente == selection.gemeente]
    if len(mine) < 2:
        return part, Note(t("corrections.only_one", language))
    options = release_options(mine, language)
    newest, previous, *older = options
    befores = {each: options[each] for each in (previous, newest, *older)}
    van = Choice.of(selection, "van", t("corrections.before", language), befores, width=320)
    naar = Choice.of(selection, "naar", t("corrections.after", language), options, width=320)
    keys = {str(each.number): each.key for each in mine}
    before, after = keys[van.value], keys[naar.value]
    if before == after:
        return part, van, naar, Note(t("corrections.same", language))
    return (
        part,
        van,
        naar,
        Note(_reason(door, after, language)),
        *_counts(door, before, after, name, language),
        *_money(door, before, after, name, language),
    )


def release_options(known: Sequence[Release], language: str) -> dict[str, str]:
    """Return number -> "2, 23 november 2026" of the releases, newest first."""
    return {
        str(each.number): t(
            "corrections.option",
            language,
            number=each.number,
            date=date_long(each.made_on, language),
        )
        for each in known
    }


def _reason(door: Door, after: ReleaseKey, language: str) -> str:
    table = door.release_table()
    reason = str(table.loc[table["key"] == after, f"reason_{language}"].iloc[0])
    why = t("corrections.reason", language, number=after.number, reason=reason.rstrip("."))
    return f"{why} {t('corrections.new_periods', language)}"


def _counts(
    door: Door, before: ReleaseKey, after: ReleaseKey, name: str, language: str
) -> tuple[Element, ...]:
    found = door.changes(before, after, MOST_SHOWN)
    measures = {
        each: door.measure(each).name.in_language(language) for each in found["measure"].unique()
    }
    said = count_changes.sentences(found, measures, before.number, after.number, name, language)
    if found.empty:
        return (Finding(said[0]),)
    words = {"before": before.number, "after": after.number, "name": name}
    table = Table(
        t("corrections.caption", language, **words),
        count_changes.columns(language),
        count_changes.rows(found, measures, door.areas(), language),
        [],
        name="changes",
    )
    return Finding(said[0]), Sentences(said[1:]), table


def _money(
    door: Door, before: ReleaseKey, after: ReleaseKey, name: str, language: str
) -> tuple[Element, ...]:
    found = door.money_changes(before, after, MOST_SHOWN)
    said = money_changes.sentences(found, before.number, after.number, name, language)
    if found.empty:
        return (Finding(said[0]),)
    words = {"before": before.number, "after": after.number, "name": name}
    table = Table(
        t("corrections.money_caption", language, **words),
        money_changes.columns(language),
        money_changes.rows(found, door.areas(), language),
        [],
        name="money-changes",
    )
    return Finding(said[0]), Sentences(said[1:]), table
