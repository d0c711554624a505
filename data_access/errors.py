"""Errors with a sentence for the reader, in both languages, that says what to do."""


class DataAccessError(Exception):
    """Something a person can mend. `message_nl` and `message_en` are whole sentences."""

    def __init__(self, message_nl: str, message_en: str) -> None:
        super().__init__(message_nl)
        self.message_nl = message_nl
        self.message_en = message_en

    def message(self, language: str) -> str:
        """Return the sentence in `language` ("nl" or "en")."""
        return self.message_en if language == "en" else self.message_nl


class DatabaseUnavailable(DataAccessError):
    """The database cannot be reached, or others hold it."""


class DatabaseNotReady(DataAccessError):
    """The database lacks our tables, has those of another version, or has no release yet."""


class RegisterBusy(DataAccessError):
    """Somebody else is loading or publishing."""


class ReleaseUnavailable(DataAccessError):
    """A release file is gone or damaged."""


class PublishRefused(DataAccessError):
    """A release cannot be made; the previous one stays current."""


class DeliveryRefused(DataAccessError):
    """A delivery has faults; nothing of it was loaded. `faults` lists them all."""

    def __init__(self, message_nl: str, message_en: str, faults: tuple[object, ...]) -> None:
        super().__init__(message_nl, message_en)
        self.faults = faults


class DeliveryDoubtful(DataAccessError):
    """A delivery has no faults but questions; nothing of it was loaded. `doubts` lists them."""

    def __init__(self, message_nl: str, message_en: str, doubts: tuple[object, ...]) -> None:
        super().__init__(message_nl, message_en)
        self.doubts = doubts
