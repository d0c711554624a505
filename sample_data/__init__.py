"""The sample delivery and the seeded builder that wrote it (``python -m sample_data.build``)."""
