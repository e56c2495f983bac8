"""A REST caller on an empty database, without throttles in its way."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from django.core.cache import cache
from pytest_django import Settings

from boards import current
from tests.support.rest import Rest

FREE = "1000000/day"


@pytest.fixture(autouse=True)
def free_throttles(settings: Settings) -> Iterator[None]:
    """Nobody is throttled unless a test asks for it."""
    settings.BOARD_THROTTLE_READ = FREE
    settings.BOARD_THROTTLE_WRITE = FREE
    settings.BOARD_THROTTLE_CREATE = FREE
    cache.clear()
    yield
    cache.clear()


@pytest_asyncio.fixture
async def rest(transactional_db: None) -> AsyncIterator[Rest]:
    """A caller without any credentials; the engine it meets ends with the test."""
    yield Rest()
    await current.drain()
