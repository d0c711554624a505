"""Resultaten: what was agreed, claimed, judged, checked and paid, per contract?"""

from dashboard.frame import frame
from dashboard.frame.draw import draw
from dashboard.results.view import view

selection = frame.open_page("results")
draw(frame.view(view, selection), selection)
