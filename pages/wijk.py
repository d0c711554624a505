"""Wijk: what happens here? The profile of one wijk, or of the whole gemeente."""

from dashboard.frame import frame
from dashboard.frame.draw import draw
from dashboard.wijk.view import view

selection = frame.open_page("wijk")
draw(frame.view(view, selection), selection)
