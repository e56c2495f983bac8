"""All faults of the table, in the order that they are done in."""

from tests.faults import (
    client_faults,
    deploy_faults,
    network_faults,
    return_faults,
    service_faults,
    storage_faults,
)
from tests.faults.table import FAULTS

__all__ = [
    "FAULTS",
    "client_faults",
    "deploy_faults",
    "network_faults",
    "return_faults",
    "service_faults",
    "storage_faults",
]
