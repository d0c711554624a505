"""What pages are made of: cards, findings, charts, tables, files."""
