"""The tables of the page about results. Pure functions."""

from typing import Any

import pandas as pd

from dashboard.door import Door
from dashboard.results.judgements import cost_text
from dashboard.results.states import TABLE_STATES
from dashboard.tables.columns import Column, number_column, text_column
from dashboard.words.copy import t
from dashboard.words.numbers import euros, number, percent, period_label
from dashboard.words.value_text import state_text


def sources(door: Door, language: str) -> list[str]:
    """Return where the figures about results come from."""
    return [door.measure("results_claimed").source.in_language(language)]


def states_columns(language: str) -> list[Column]:
    """Return the columns of the dated states (`states.states`)."""
    return [
        _outcome(language),
        Column(
            t("common.period", language),
            lambda row: period_label(row["period"], language),
            lambda row: period_label(row["period"], language),
        ),
        _count("agreed", t("results.state_agreed", language), language),
        *(_count(state, t(f"results.state_{state}", language), language) for state in TABLE_STATES),
        _state(language),
    ]


def differing_columns(language: str) -> list[Column]:
    """Return the columns about what residents and administration judged differently."""
    shown = ("judged_yes", "checked_yes", "differing")
    return [
        _outcome(language),
        *(_count(state, t(f"results.state_{state}", language), language) for state in shown),
        *(
            _count(state, t(f"results.{state}", language), language)
            for state in ("residents_only", "administration_only")
        ),
    ]


def room_columns(language: str) -> list[Column]:
    """Return the columns of the room under the ceiling (`states.room`)."""
    return [
        text_column(t("results.financier", language), "name"),
        number_column(
            t("results.share", language), "share", lambda value: percent(value * 100, language)
        ),
        *(_euros(name, language) for name in ("ceiling", "paid", "room")),
    ]


def outlook_columns(state: str, language: str) -> list[Column]:
    """Return the columns of the forecast of one state (`outlook.Outlook.outcomes`)."""
    now = t(f"results.state_{state}", language)
    heads = {name: t(f"results.outlook_{name}", language) for name in ("low", "middle", "high")}
    return [
        _outcome(language),
        _count("agreed", t("results.outlook_agreed", language), language),
        _count("now", t("results.outlook_now", language, state=now), language),
        *(_count(name, head, language) for name, head in heads.items()),
    ]


def learning_columns(language: str) -> list[Column]:
    """Return the columns of what a result cost (`judgements.learning`)."""
    return [
        _outcome(language),
        _count("judged_yes", t("results.state_judged_yes", language), language),
        _count("paid", t("results.state_paid", language), language),
        _euros("spent", language),
        Column(
            t("results.cost", language),
            lambda row: cost_text(row, language),
            lambda row: row["estimate"] if row["spent"] else None,
            numeric=True,
        ),
        Column(
            t("results.cost_interval", language),
            lambda row: _interval(row, language),
            lambda row: _interval(row, language),
        ),
    ]


def _outcome(language: str) -> Column:
    return text_column(t("results.outcome", language), "name")


def _count(name: str, header: str, language: str) -> Column:
    return Column(
        header,
        lambda row: _number(row, name, language),
        lambda row: None if pd.isna(row[name]) else row[name],
        numeric=True,
    )


def _number(row: Any, name: str, language: str) -> str:
    if pd.notna(row[name]):
        return number(row[name], language)
    verdict = name.startswith(("judged_", "checked_"))
    apart = name in ("differing", "residents_only", "administration_only")
    hidden = (verdict and row["hidden"]) or (apart and row["apart_hidden"])
    return t("status.not_shown" if hidden else "status.no_data", language)


def _euros(name: str, language: str) -> Column:
    return number_column(t(f"results.{name}", language), name, lambda value: euros(value, language))


def _state(language: str) -> Column:
    def words(row: Any) -> str:
        said = state_text(row, language)
        if not row["left_out"]:
            return said
        return f"{said}, {t('results.without', language, count=number(row['left_out'], language))}"

    return Column(t("common.status", language), words, words)


def _interval(row: Any, language: str) -> str:
    if pd.isna(row["lower"]) or not row["spent"]:
        return ""
    low = euros(row["lower"], language)
    if pd.isna(row["upper"]):
        return t("results.more_than", language, low=low)
    return t("progress.between", language, low=low, high=euros(row["upper"], language))
