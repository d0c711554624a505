from data_access.disclosure.rounding import round_table as round_table
from data_access.disclosure.tables import CountTable as CountTable, RoundedTable as RoundedTable, DisclosureError as DisclosureError, sum_base as sum_base
