"""Kaart: where? One indicator, every wijk, one period."""

from dashboard.frame import frame
from dashboard.frame.draw import draw
from dashboard.map.view import view

selection = frame.open_page("map")
draw(frame.view(view, selection), selection)
