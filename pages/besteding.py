"""Besteding: what does an outcome cost, and how long does the money last?"""

from dashboard.elements.draw import draw
from dashboard.frame import frame
from dashboard.spending.view import view

selection = frame.open_page("spending")
draw(frame.view(view, selection), selection)
