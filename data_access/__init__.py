"""The only place that knows SQL. Pages ask :mod:`data_access.release`, the reading door."""
