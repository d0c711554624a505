"""The sample that is shipped: how its deliveries are recognised, and the key that it has.

The sample's people are invented, so its key may be public. It opens for a gemeente of which every
delivery in the register is one of these, file for file and byte for byte; that somebody calls a
delivery a sample ("voorbeeld") gives no right to it.
"""

import hashlib

from sqlalchemy import Connection, select

from data_access import register

# SHA-256 of the deliveries as data_access.deliveries.folder makes it. Made anew, after a change of
# the sample's files, by: python -m deploy.sample_checksums
SAMPLE_CHECKSUMS = frozenset(
    {
        "0b03cdbb8cd357396c5d5758e7aeb2259c2c6dad22bd45222398c8e2c5410710",
        "4dc0e5d4a5883804155ecc9a202c9be597aea73804019629b8f046ec81fb0770",
    }
)

_SECRET = "wijkbedrijven: secret of the shipped sample, which everybody may know"


def sample_secret(gemeente_code: str) -> bytes:
    """Return the secret of a gemeente of the sample, 32 bytes that everybody can work out."""
    return hashlib.sha256(f"{_SECRET}, {gemeente_code}".encode()).digest()


def holds_only_sample(connection: Connection, gemeente_code: str) -> bool:
    """Tell whether the register has deliveries of a gemeente, and all of them are the sample's."""
    delivery, of = register.delivery, register.delivery_gemeente.c
    checksums = connection.scalars(
        select(delivery.c.checksum)
        .join(register.delivery_gemeente, of.delivery_id == delivery.c.id)
        .where(of.gemeente_code == gemeente_code)
    ).all()
    return bool(checksums) and set(checksums) <= SAMPLE_CHECKSUMS
