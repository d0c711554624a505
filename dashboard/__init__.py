"""Drawing: from the small frames of a release to what a person sees."""

import pandas as pd

# Of some dozens of rows: as Python's own, their texts are compared, taken and read at half the cost
# of Arrow's.
pd.set_option("mode.string_storage", "python")
