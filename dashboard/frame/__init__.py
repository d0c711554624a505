"""The frame around every page: menu, filters, choices, notices."""
