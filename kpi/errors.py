"""The errors we raise on purpose; every other exception is our own fault.

MalbildError
├── DefinitionError   indicators.yaml, activities.yaml, reference files, corrections
├── SourceError       a source file that cannot be taken in as a whole
├── CheckError        a finished build that must not be published
├── LossError         a finished build that would lose more than the limits allow
├── WarehouseError    the warehouse cannot be read or written
│   ├── NoWarehouseError  there is none yet
│   └── OldWarehouseError its tables are of an earlier version
├── SettingError      an environment variable or an option that cannot be meant
└── FetchError        a remote source did not answer as agreed

Each carries every fault found, so that a person can mend them all at once.
"""

from collections.abc import Sequence


class MalbildError(Exception):
    """One or more faults that a person can mend.

    Args:
        faults: One message per fault. Each says where, what was found, what was
            expected and what to do.
    """

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults: Sequence[str] = faults


class DefinitionError(MalbildError):
    """Definitions that do not hold together."""


class SourceError(MalbildError):
    """A source file that is refused as a whole."""


class CheckError(MalbildError):
    """A finished build that broke a check; nothing was published."""


class LossError(MalbildError):
    """A build that would lose much; published only if somebody says why."""


class WarehouseError(MalbildError):
    """The warehouse cannot be read or written."""


class NoWarehouseError(WarehouseError):
    """There is no warehouse where one is looked for."""


class OldWarehouseError(WarehouseError):
    """A warehouse whose tables are of an earlier version; it is built anew."""


class SettingError(MalbildError):
    """An environment variable or an option with a value that cannot be meant."""


class FetchError(MalbildError):
    """A remote source that could not be fetched."""
