"""Overzicht: how does a gemeente stand, in one screen?"""

from dashboard.frame import frame
from dashboard.frame.draw import draw
from dashboard.overview.view import view

selection = frame.open_page("overview")
draw(frame.view(view, selection), selection)
