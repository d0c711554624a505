"""From a person's name and birth date to a pseudonym, so that neither is ever delivered."""

from data_access.pseudonyms.files import Pseudonymised, pseudonymise
from data_access.pseudonyms.keys import write_new_key
from data_access.pseudonyms.stored import fingerprint, stored_pseudonym

__all__ = ["Pseudonymised", "fingerprint", "pseudonymise", "stored_pseudonym", "write_new_key"]
