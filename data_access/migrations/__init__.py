"""Revisions of the schema, run by data_access.schema; docs/decisions/0009 says how to add one."""
