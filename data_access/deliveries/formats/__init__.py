"""The rows of each delivery file, by subject."""
