"""Names on a map as filled letter shapes, so that a map needs no font of the graphics card.

deck.gl's own text takes seconds to draw where there is no graphics card, as in most meeting rooms;
letters that are polygons are drawn by what draws the wijken. Pure functions.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from shapely import union_all
from shapely.affinity import affine_transform, scale, translate
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

FONT = Path(__file__).parents[2] / "static" / "fonts" / "public-sans-700.ttf"
LINE_HEIGHT = 1.15
_CURVE_STEPS = 3
_CAPITALS = 0.7


class _Outline(BasePen):
    """Collects the contours of a letter as rings of points; curves become short lines."""

    def __init__(self, letters: Any) -> None:
        super().__init__(letters)
        self.rings: list[list[tuple[float, float]]] = []

    def _moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 (fontTools names it)
        self.rings.append([point])

    def _lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.rings[-1].append(point)

    def _curveToOne(self, *points: tuple[float, float]) -> None:  # noqa: N802
        controls = (self.rings[-1][-1], *points)
        for step in range(1, _CURVE_STEPS + 1):
            t = step / _CURVE_STEPS
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            self.rings[-1].append(
                (
                    sum(w * x for w, (x, _) in zip(weights, controls, strict=True)),
                    sum(w * y for w, (_, y) in zip(weights, controls, strict=True)),
                )
            )


@cache
def _font() -> TTFont:
    return TTFont(FONT, lazy=True)


@cache
def _letter(mark: str) -> tuple[BaseGeometry, float]:
    """Return the shape of a letter and how far it moves the next one, in letter sizes (em)."""
    font = _font()
    em = font["head"].unitsPerEm
    letters = font.getGlyphSet()
    name = font.getBestCmap().get(ord(mark), "space")
    pen = _Outline(letters)
    letters[name].draw(pen)
    shape: BaseGeometry = MultiPolygon()
    for ring in pen.rings:
        if len(ring) >= 3:
            # A hole is a ring inside a ring: what is in both is not in the letter.
            shape = shape.symmetric_difference(Polygon(ring).buffer(0))
    return scale(shape, 1 / em, 1 / em, origin=(0, 0)), letters[name].width / em


def size(lines: Iterable[str]) -> tuple[float, float]:
    """Return width and height of lines of text, in letter sizes (em)."""
    widths = [sum(_letter(mark)[1] for mark in line) for line in lines]
    return max(widths), len(widths) * LINE_HEIGHT


def shape_of(lines: list[str], x: float, y: float, wide: float, high: float) -> MultiPolygon:
    """Return the letters of centred lines around (x, y); an em is `wide` by `high` there."""
    letters = []
    for number, line in enumerate(lines):
        at = -size([line])[0] / 2
        down = (number - (len(lines) - 1) / 2) * LINE_HEIGHT + _CAPITALS / 2
        for mark in line:
            shape, step = _letter(mark)
            letters.append(translate(shape, at, -down))
            at += step
    placed = affine_transform(union_all(letters), [wide, 0, 0, high, x, y])
    return placed if isinstance(placed, MultiPolygon) else MultiPolygon([placed])
