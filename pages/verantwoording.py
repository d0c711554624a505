"""Verantwoording: can I trust it? Protection, releases, what is missing, definitions, sources."""

from dashboard.accountability.view import view
from dashboard.elements.draw import draw
from dashboard.frame import frame

selection = frame.open_page("accountability")
draw(frame.view(view, selection), selection)
