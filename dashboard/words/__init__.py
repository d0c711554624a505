"""Words of the dashboard: copy in both languages, numbers, dates, values."""
