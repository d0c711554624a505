"""How often a pseudonym of name and birth date is wrong: measured on invented people."""
