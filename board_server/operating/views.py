"""`/metrics`: all processes of the site in Prometheus's form, for who has the token.

Without `BOARD_METRICS_TOKEN` the address does not exist. Each line says by `process`
whose it is, so one scrape of whichever process answers is a scrape of all.
"""

import hmac
from collections.abc import Iterable, Sequence

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import Metric as Family
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

from board_server.operating.metrics import METRICS
from board_server.operating.reports import Report, reporter


class Exposition(Collector):
    """Reports as Prometheus's families."""

    def __init__(self, reports: Sequence[Report]) -> None:
        self._reports = reports

    def collect(self) -> Iterable[Family]:
        """Each metric once, with the lines of all processes."""
        families = {
            name: Family(name, metric.help, metric.kind)
            for name, metric in METRICS.items()
        }
        for report in self._reports:
            for sample in report.samples:
                family = families.get(sample.metric)  # a newer process knows more
                if family is not None:
                    labels = {"process": report.name, **sample.labels}
                    family.add_sample(
                        sample.metric + sample.suffix, labels, sample.value
                    )
        return families.values()


async def metrics(request: HttpRequest) -> HttpResponse:
    """Answer a scrape."""
    token = settings.BOARD_METRICS_TOKEN
    if not token:
        raise Http404
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return HttpResponse(
            "A token is needed.\n",
            status=401,
            content_type="text/plain",
            headers={"WWW-Authenticate": "Bearer"},
        )
    reports, _ = await reporter.reports()
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(
        encode(Exposition(reports)),
        content_type=content_type,
        headers={"Cache-Control": "no-store"},
    )
