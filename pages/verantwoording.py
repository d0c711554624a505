"""Verantwoording: can I trust it? Protection, releases, what is missing, definitions, sources."""

from dashboard.accountability.view import view
from dashboard.frame import frame
from dashboard.frame.draw import draw

selection = frame.open_page("accountability")
draw(frame.view(view, selection), selection)
