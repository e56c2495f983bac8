"""What the benchmark reads out of a heap snapshot."""

from typing import Any

from tests.bench.growth import own_bytes

META: dict[str, Any] = {
    "node_fields": ["type", "name", "id", "self_size"],
    "node_types": [["hidden", "object", "string", "code", "native"], "string"],
}


def test_own_bytes_are_those_of_objects_and_texts() -> None:
    hidden, thing, text, code, native = (
        [kind, 0, kind, 10**kind] for kind in range(len(META["node_types"][0]))
    )
    nodes = [*hidden, *thing, *text, *code, *native, *thing]

    assert own_bytes({"snapshot": {"meta": META}, "nodes": nodes}) == 10 + 100 + 10
