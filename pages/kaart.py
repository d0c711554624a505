"""Kaart: where? One indicator, every wijk, one period."""

from dashboard.elements.draw import draw
from dashboard.frame import frame
from dashboard.map.view import view

selection = frame.open_page("map")
draw(frame.view(view, selection), selection)
