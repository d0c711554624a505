"""Tests, and what they share; importable, so that measurements run with `python -m tests...`."""
