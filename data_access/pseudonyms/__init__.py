"""From a person's name and birth date to a pseudonym, so that neither is ever delivered."""
