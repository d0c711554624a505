"""The vocabulary of the product: measures, indicators, periods. Standard library only."""
