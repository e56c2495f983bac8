"""The metrics of one process, and who may read them."""

import pytest
from django.conf import LazySettings
from django.test import AsyncClient
from prometheus_client.parser import text_string_to_metric_families

from board_server.operating.metrics import METRICS, samples
from board_server.operating.requests import RequestCounts
from boards.sync.counts import Counts
from boards.sync.refusals import Code

TOKEN = "a-token-of-sixteen-characters"


@pytest.fixture
def token(settings: LazySettings) -> None:
    settings.BOARD_METRICS_TOKEN = TOKEN


async def test_there_is_no_address_without_a_token(
    async_client: AsyncClient, settings: LazySettings
) -> None:
    settings.BOARD_METRICS_TOKEN = ""

    reply = await async_client.get("/metrics", headers={"Authorization": "Bearer "})

    assert reply.status_code == 404


@pytest.mark.parametrize("shown", ["", "Bearer", "Bearer x", TOKEN, f"Bearer {TOKEN} "])
@pytest.mark.usefixtures("token")
async def test_another_token_is_refused(async_client: AsyncClient, shown: str) -> None:
    reply = await async_client.get("/metrics", headers={"Authorization": shown})

    assert (reply.status_code, reply["WWW-Authenticate"]) == (401, "Bearer")
    assert b"chalkline" not in reply.content


@pytest.mark.usefixtures("token")
async def test_metrics_are_read_with_the_token(async_client: AsyncClient) -> None:
    reply = await async_client.get(
        "/metrics", headers={"Authorization": f"Bearer {TOKEN}"}
    )

    families = {
        f.name: f for f in text_string_to_metric_families(reply.content.decode())
    }
    assert reply.status_code == 200
    assert families.keys() == METRICS.keys()
    (up,) = families["chalkline_process_up"].samples
    assert (up.value, list(up.labels)) == (1.0, ["process"])
    refused = families["chalkline_refusals"].samples
    assert len(refused) == 2 * len(Code)


def test_every_value_has_its_metric() -> None:
    requests = RequestCounts()
    requests.answers["/healthz", "GET", 200] += 1
    requests.seconds["/healthz"].add(0.01)

    seen = samples(Counts(), None, requests)

    assert {sample.metric for sample in seen} <= METRICS.keys()


def test_histogram_adds_up_from_below() -> None:
    counts = Counts()
    for seconds in (0.0005, 0.02, 0.02, 60.0):
        counts.commit_s.add(seconds)

    seen = {
        (sample.suffix, sample.labels.get("le")): sample.value
        for sample in samples(counts, None, RequestCounts())
        if sample.metric == "chalkline_commit_seconds"
    }

    assert seen["_bucket", "0.001"] == 1
    assert seen["_bucket", "0.025"] == 3
    assert seen["_bucket", "10.0"] == 3
    assert seen["_bucket", "+Inf"] == seen["_count", None] == 4
    assert seen["_sum", None] == pytest.approx(60.0405)
