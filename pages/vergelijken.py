"""Vergelijken: who differs, beyond chance? Wijken, organisations or whole gemeenten."""

from dashboard.compare.view import view
from dashboard.elements.draw import draw
from dashboard.frame import frame

selection = frame.open_page("compare")
draw(frame.view(view, selection), selection)
