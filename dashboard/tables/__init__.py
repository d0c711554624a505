"""Frames as accessible tables on screen and as files for a spreadsheet."""
