"""Overzicht: how does a gemeente stand, in one screen?"""

from dashboard.elements.draw import draw
from dashboard.frame import frame
from dashboard.overview.view import view

selection = frame.open_page("overview")
draw(frame.view(view, selection), selection)
