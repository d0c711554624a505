"""What files of CBS have in common: codes, counts, column names, and how they are refused."""
