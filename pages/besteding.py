"""Besteding: what does an outcome cost, and how long does the money last?"""

from dashboard.frame import frame
from dashboard.frame.draw import draw
from dashboard.spending.view import view

selection = frame.open_page("spending")
draw(frame.view(view, selection), selection)
