"""Vergelijken: who differs, beyond chance? Wijken, organisations or whole gemeenten."""

from dashboard.compare.view import view
from dashboard.frame import frame
from dashboard.frame.draw import draw

selection = frame.open_page("compare")
draw(frame.view(view, selection), selection)
