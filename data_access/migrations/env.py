"""Run by Alembic for each command: the revisions on the connection that we hand in.

The caller (data_access.schema) has begun the transaction and ends it.
"""

from alembic import context

context.configure(connection=context.config.attributes["connection"])
context.run_migrations()
