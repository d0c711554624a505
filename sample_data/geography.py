"""Schematic wijk shapes, computed from the centres alone. No boundary is copied.

In four steps, per gemeente, on a flat plane in kilometres:

1. Every wijk claims room around its centre: a disc as wide as the distance to its nearest
   neighbours. The discs of all wijken, melted together, are the outline of the gemeente.
2. The outline is divided by a power diagram: a Voronoi diagram in which a wijk that lies far from
   its neighbours reaches further, so that villages come out larger than city wijken. The reach is
   always smaller than the distance to the nearest centre, hence each centre stays in its own cell.
3. The plane is bent by a few waves, higher where centres lie far apart. Straight borders become
   winding ones, and since both sides of a border bend alike, no gap or overlap can appear.
4. Points that do not show are left out, on both sides of a border alike. Coordinates are rounded
   to 5 decimals of a degree (about a metre) and wound as RFC 7946 asks.
"""

import math
from collections.abc import Sequence
from functools import reduce
from operator import add

import shapely
from shapely.geometry import LineString, Point, Polygon, mapping
from shapely.geometry.polygon import orient

from sample_data.facts import EDITION, GEMEENTEN, Wijk, wijken_of

GEOMETRY_SOURCE = "schematisch, berekend uit wijkmiddelpunten"
KM_PER_DEGREE = 111.2
REACH = 0.75
STEP_KM = 0.06
STEEPEST = 0.045
HIGHEST = 0.055
WAVES = (
    (7.3, (0.80, 0.60), 0.4),
    (5.9, (-0.55, 0.84), 2.1),
    (3.4, (0.97, -0.24), 4.0),
    (2.7, (0.31, 0.95), 1.7),
    (1.6, (0.71, -0.70), 5.2),
    (1.2, (0.62, 0.78), 0.9),
    (0.8, (-0.99, 0.14), 3.1),
)
GRID_KM = 1e-6
SIMPLER_KM = 0.025

Place = tuple[float, float]


def mean(numbers: Sequence[float]) -> float:
    """Return the mean of numbers that are added one by one, each sum rounded.

    Python's own `sum` rounds differently from 3.12 on; the last bit of a mean moves a boundary.
    """
    return reduce(add, numbers) / len(numbers)


class Plane:
    """A flat plane in kilometres around the middle of some wijken."""

    def __init__(self, wijken: list[Wijk]) -> None:
        self.longitude = mean([wijk.longitude for wijk in wijken])
        self.latitude = mean([wijk.latitude for wijk in wijken])
        self.km_per_longitude = KM_PER_DEGREE * math.cos(math.radians(self.latitude))

    def to_plane(self, longitude: float, latitude: float) -> Place:
        """Return kilometres east and north of the middle."""
        return (
            (longitude - self.longitude) * self.km_per_longitude,
            (latitude - self.latitude) * KM_PER_DEGREE,
        )

    def to_degrees(self, x: float, y: float) -> Place:
        """Return longitude and latitude, rounded to 5 decimals."""
        return (
            round(self.longitude + x / self.km_per_longitude, 5),
            round(self.latitude + y / KM_PER_DEGREE, 5),
        )


def neighbour_distance(centre: Place, centres: list[Place], nearest: int) -> float:
    """Return the mean distance in km from a centre to its `nearest` nearest others."""
    distances = sorted(math.dist(centre, other) for other in centres if other != centre)
    return mean(distances[:nearest])


def outline(centres: list[Place]) -> Polygon:
    """Return the shape of the gemeente: discs around all centres, melted together."""
    discs = [
        Point(centre).buffer(max(1.1, 0.72 * neighbour_distance(centre, centres, 3)))
        for centre in centres
    ]
    links = [
        LineString([centre, other]).buffer(0.45 * math.dist(centre, other))
        for centre in centres
        for other in sorted(centres, key=lambda each: math.dist(centre, each))[1:4]
    ]
    melted = shapely.union_all(discs + links).buffer(3).buffer(-3.6).buffer(0.6)
    return Polygon(melted.exterior)


def power_cell(index: int, centres: list[Place], reach: list[float], whole: Polygon) -> Polygon:
    """Return the part of `whole` that belongs to one centre in the power diagram."""
    x, y = centres[index]
    cell = whole
    for other, (other_x, other_y) in enumerate(centres):
        if other == index:
            continue
        distance = math.dist((x, y), (other_x, other_y))
        to_border = (distance**2 + reach[index] ** 2 - reach[other] ** 2) / (2 * distance)
        east, north = (other_x - x) / distance, (other_y - y) / distance
        middle = (x + east * to_border, y + north * to_border)
        far = 200.0
        nearer_side = Polygon(
            [
                (middle[0] - north * far, middle[1] + east * far),
                (middle[0] + north * far, middle[1] - east * far),
                (middle[0] + (north - east) * far, middle[1] - (east + north) * far),
                (middle[0] - (north + east) * far, middle[1] + (east - north) * far),
            ]
        )
        cell = cell.intersection(nearer_side)
    return cell


def divide(whole: Polygon, centres: list[Place]) -> list[Polygon]:
    """Divide `whole` into one cell per centre; neighbours share exactly the same vertices."""
    reach = [REACH * neighbour_distance(centre, centres, 1) for centre in centres]
    cells = [power_cell(index, centres, reach, whole) for index in range(len(centres))]
    borders = shapely.union_all([cell.boundary for cell in cells], grid_size=GRID_KM)
    fine = shapely.segmentize(shapely.line_merge(borders), STEP_KM)
    faces = shapely.get_parts(shapely.polygonize([fine]))
    return [next(face for face in faces if face.contains(Point(centre))) for centre in centres]


def room_at(place: Place, centres: list[Place]) -> float:
    """Return how far apart the centres lie around a place, in km, changing gradually."""
    weights = [1 / (0.2 + math.dist(place, centre) ** 2) for centre in centres]
    rooms = [neighbour_distance(centre, centres, 2) for centre in centres]
    weighted = math.fsum(w * room for w, room in zip(weights, rooms, strict=True))
    return weighted / math.fsum(weights)


def bend(place: Place, centres: list[Place]) -> Place:
    """Move a place a little, by waves whose height follows the room between the centres.

    A wave never rises higher than a fixed part of its length, so the plane bends but cannot fold.
    """
    x, y = place
    room = room_at(place, centres)
    east = north = 0.0
    for length, (turn_x, turn_y), phase in WAVES:
        angle = 2 * math.pi * (x * turn_x + y * turn_y) / length + phase
        height = min(STEEPEST * length, HIGHEST * room)
        east += height * math.sin(angle) * turn_y
        north -= height * math.sin(angle) * turn_x
    return x + east, y + north


def shapes_of(wijken: list[Wijk]) -> dict[str, Polygon]:
    """Return the schematic shape in WGS84 degrees of each wijk of one gemeente, by code."""
    plane = Plane(wijken)
    centres = [plane.to_plane(wijk.longitude, wijk.latitude) for wijk in wijken]
    cells = [
        Polygon([bend(place, centres) for place in cell.exterior.coords])
        for cell in divide(outline(centres), centres)
    ]
    simple = shapely.coverage_simplify(cells, SIMPLER_KM)
    return {
        wijk.code: orient(Polygon([plane.to_degrees(*place) for place in cell.exterior.coords]))
        for wijk, cell in zip(wijken, simple, strict=True)
    }


def feature_collection() -> dict[str, object]:
    """Return all wijken as GeoJSON (RFC 7946: WGS84, exterior rings counter-clockwise)."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "wijkcode": code,
                "wijkjaar": EDITION,
                "schematisch": True,
                "bron": GEOMETRY_SOURCE,
            },
            "geometry": mapping(shape),
        }
        for gemeente in GEMEENTEN
        for code, shape in shapes_of(wijken_of(gemeente.code)).items()
    ]
    return {"type": "FeatureCollection", "features": features}
