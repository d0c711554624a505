"""Doorstroom: do people get ahead? From volunteer to lasting work, for one cohort year."""

from dashboard.frame import frame
from dashboard.frame.draw import draw
from dashboard.progress.view import view

selection = frame.open_page("progress")
draw(frame.view(view, selection), selection)
