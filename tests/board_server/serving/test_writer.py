"""The frame writer beside everything else that writes to the same sockets.

The clients use `websockets`, which takes no frame that breaks RFC 6455: a byte too much
or in the wrong place ends them. Board clients check R1 as well.
"""

import asyncio
import socket
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import asynccontextmanager, suppress
from urllib.parse import SplitResult, urlsplit

import psutil
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from boards.sync import protocol
from boards.sync.elements import Text
from boards.sync.protocol import Hello, Op, Ping, Put
from tests.support import plain_http
from tests.support.certificates import self_signed
from tests.support.raw import JsonObject, RawSocket, Site, entered, raw
from tests.support.server import daphne_command, running_server, serve_command
from tests.support.sockets import BoardClient, joined, new_id
from tests.support.waiting import free_port, until_async

pytestmark = pytest.mark.faults

FREE = {
    "BOARD_SUBMITS_PER_S": "100000",
    "BOARD_LIVE_PER_S": "100000",
    "BOARD_THROTTLE_CREATE": "1000000/hour",
    "BOARD_SNAPSHOT_EVERY": "1000000",  # folding 100 MB takes memory of its own
}
MIB = 1024 * 1024
LIE = 10**9  # frames that a client claims to have received
LATE_S = 2.0  # longer than autobahn waits by itself
SMALL_BUFFER = 4_096  # of a receiving socket: the server must write in many parts


@pytest.fixture(scope="module")
def tls_url() -> str:
    """Where the site speaks TLS by itself."""
    return f"https://127.0.0.1:{free_port()}"


@pytest.fixture(scope="module")
def site(
    sqlite_module_url: str, tls_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """Our server, as `manage.py serve` starts it, plain and with TLS."""
    port, tls_port = free_port(), tls_url.rpartition(":")[2]
    pem = self_signed(tmp_path_factory.mktemp("tls"))
    plain = f"tcp:port={port}:interface=127.0.0.1"
    secure = f"ssl:port={tls_port}:interface=127.0.0.1:privateKey={pem}:certKey={pem}"
    command = serve_command(port, "--endpoint", plain, "--endpoint", secure)
    env = {"DATABASE_URL": sqlite_module_url, **FREE}
    with running_server(env, command=command, port=port) as server:
        yield Site(server)


@pytest.fixture
def board(site: Site) -> JsonObject:
    """A fresh board."""
    return site.make_board()


def wide(n_chars: int) -> list[Op]:
    """Texts with that many characters in all."""
    n_texts = -(-n_chars // 10_000)
    text = "ä" * (n_chars // n_texts // 2)  # two bytes each, so that counts may differ
    return [Put(Text(id=new_id(), x=n, y=0, text=text)) for n in range(n_texts)]


async def flood(writer: BoardClient, n_bytes: int, of_bytes: int = 128 * 1024) -> None:
    """Draw that much, a few changes at a time."""
    for _ in range(n_bytes // of_bytes):
        await writer.submit(*wide(of_bytes))
        await writer.until(lambda: len(writer.pending) < 4, "answers")
    await writer.until(lambda: not writer.pending, "the last answers")


@asynccontextmanager
async def stuck(url: str) -> AsyncIterator[ClientConnection]:
    """A client with a small buffer that reads its welcome and then nothing."""
    place = socket.socket()
    place.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, SMALL_BUFFER)
    place.connect(("127.0.0.1", int(url.split(":")[2].split("/")[0])))
    place.setblocking(False)
    async with connect(
        url,
        sock=place,
        max_size=None,
        max_queue=1,
        close_timeout=1,
        proxy=None,
        ping_interval=None,
        compression=None,
    ) as quiet:
        await quiet.send(protocol.encode(Hello(protocol.PROTOCOL, "stuck")))
        await quiet.recv()
        yield quiet


async def test_R1_pongs_lie_between_frames_and_requests_are_answered(
    site: Site, board: JsonObject
) -> None:
    async with (
        joined(site.url(board)) as ada,
        entered(site.url(board)) as bob,
        plain_http.AsyncClient(base_url=site.server.url) as http,
    ):
        reading = asyncio.create_task(read_upto(bob, 200))
        pongs: list[Awaitable[float]] = []
        for _ in range(200):
            await ada.submit(*wide(100))
            await bob.say({"type": "live", "cursor": [1, 2]})
            pongs.append(await bob.socket.ping(f"{len(pongs)}"))
            if len(pongs) % 20 == 0:
                assert (await http.get("/healthz")).status_code == 200
        await asyncio.wait_for(asyncio.gather(*pongs, reading), 10)


async def test_R1_a_slow_line_gets_all_of_it_in_many_parts(
    site: Site, board: JsonObject
) -> None:
    async with joined(site.url(board)) as ada, stuck(site.url(board)) as slow:
        pong = await slow.ping()
        await flood(ada, 3 * MIB)
        await slow.send(protocol.encode(Ping(0, 0)))  # answered behind the rest
        await slow.ping()

        n_bytes = 0
        async for text in slow:
            n_bytes += len(str(text).encode())
            if '"pong"' in str(text)[:20]:
                break
        await asyncio.wait_for(pong, 5)
        await slow.close()

        assert n_bytes > 2.9 * MIB
        assert slow.close_code == 1000


async def test_R4_who_stops_reading_is_cut_and_costs_others_nothing(
    site: Site, board: JsonObject
) -> None:
    await cut_while_others_get(12 * MIB, site, board)


@pytest.mark.slow
async def test_R4_who_stops_reading_while_100_mb_go_out_is_cut(
    site: Site, board: JsonObject
) -> None:
    await cut_while_others_get(100 * MIB, site, board)


async def cut_while_others_get(n_bytes: int, site: Site, board: JsonObject) -> None:
    """One reads nothing and says it had everything; the others get it all."""
    server = psutil.Process(site.server.pid)
    async with joined(site.url(board)) as ada, joined(site.url(board)) as bob:
        await flood(ada, 8 * MIB)  # what a server takes once, it has taken
        async with stuck(site.url(board)) as liar:
            before, most = server.memory_info().rss, 0
            for _ in range(n_bytes // (2 * MIB)):
                with suppress(ConnectionClosed):
                    await liar.send(protocol.encode(Ping(0, LIE)))
                await flood(ada, 2 * MIB)
                most = max(most, server.memory_info().rss)
            await bob.expect_seq(ada.seq)
            await until_async(
                lambda: any(
                    line["message"] == "leave" and line["close"] == 4101
                    for line in site.server.log_lines()
                ),
                what="the slow one is cut",
            )

        assert ada.folded() == bob.folded()
        # Its backlog, what is in hand, and the room's tail; not what was sent.
        assert most - before < min(n_bytes, 64 * MIB)


async def test_R1_a_farewell_comes_after_all_frames(
    site: Site, board: JsonObject
) -> None:
    async with entered(site.url(board)) as bob:
        for n in range(50):
            await bob.submit(f"c{n}")
        await bob.say("no frame")

        assert await bob.closed() == 4000
        assert bob.frames[-1]["type"] == "notice"


def test_R1_who_answers_a_farewell_late_can_read_it(
    site: Site, board: JsonObject
) -> None:
    address = urlsplit(site.url(board))
    end = (address.hostname or "", address.port or 0)
    with socket.create_connection(end, timeout=LATE_S) as slow:
        slow.sendall(handshake(address))
        told = slow.recv(MIB)
        assert told.startswith(b"HTTP/1.1 101")
        slow.sendall(b"\x82\x80mask")  # an empty binary message, which is refused
        while b"\x88" not in told:
            told += slow.recv(MIB)

        with pytest.raises(TimeoutError):  # neither an end nor a reset, which wipes it
            slow.recv(MIB)


def handshake(address: SplitResult) -> bytes:
    """What a browser asks for a socket with."""
    lines = (
        f"GET {address.path} HTTP/1.1",
        f"Host: {address.netloc}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
    )
    return "\r\n".join((*lines, "", "")).encode()


async def test_sockets_that_end_while_frames_go_out_harm_nobody(
    site: Site, board: JsonObject
) -> None:
    async with joined(site.url(board)) as ada, joined(site.url(board)) as bob:
        for n in range(30):
            async with raw(site.url(board)) as passer_by:
                await passer_by.say(protocol.encode(Hello(protocol.PROTOCOL, "by")))
                await passer_by.next("welcome")
                await ada.submit(*wide(20_000))
                if n % 2:
                    passer_by.socket.transport.abort()
        await ada.expect_seq(30)
        await bob.expect_seq(30)

        assert ada.folded() == bob.folded()
    assert "Traceback" not in site.server.log


async def draw_together(site: Site, options: JsonObject) -> RawSocket:
    """Draw small and large things with somebody who connects in a certain way."""
    board = site.make_board()
    async with entered_by(site, board, options) as bob:
        async with joined(site.url(board)) as ada:
            await flood(ada, MIB)
            await ada.draw()
            pong = await bob.socket.ping()
            await read_upto(bob, ada.seq)
            await asyncio.wait_for(pong, 5)
        return bob


async def read_upto(reader: RawSocket, last: int) -> None:
    """Read until this seq has come; each entry once and in order (R1)."""
    seq = 0
    while seq < last:
        frame = await reader.next("entries")
        for entry in frame["entries"]:
            assert entry["seq"] == seq + 1
            seq += 1


@asynccontextmanager
async def entered_by(
    site: Site, board: JsonObject, options: JsonObject
) -> AsyncIterator[RawSocket]:
    """A socket that said hello, opened with these options of `websockets`."""
    url = options.pop("at", site.server.url).replace("http", "ws")
    async with raw(f"{url}/ws/boards/{board['id']}/", **options) as bob:
        await bob.say(protocol.encode(Hello(protocol.PROTOCOL, "bob")))
        await bob.next("welcome")
        yield bob


async def test_R1_over_tls_frames_go_through_the_transport(
    site: Site, tls_url: str
) -> None:
    trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE

    bob = await draw_together(site, {"at": tls_url, "ssl": trusting})

    assert bob.socket.transport.get_extra_info("cipher")


async def test_R1_frames_are_compressed_where_that_was_agreed(site: Site) -> None:
    bob = await draw_together(site, {"compression": "deflate"})

    assert bob.socket.protocol.extensions


async def test_R1_a_plain_daphne_serves_the_same_site(sqlite_url: str) -> None:
    port = free_port()
    env = {"DATABASE_URL": sqlite_url, **FREE}
    with running_server(env, command=daphne_command(port), port=port) as server:
        bob = await draw_together(Site(server), {})

        assert bob.frames


@pytest.mark.slow
@pytest.mark.timeout(0)  # as long as asked for; each wait in it has an end of its own
async def test_R1_no_frame_is_corrupt_however_long_the_load_lasts(
    site: Site, board: JsonObject, pytestconfig: pytest.Config
) -> None:
    until_s = time.monotonic() + pytestconfig.getoption("--load-s")
    n_bytes = 0
    while time.monotonic() < until_s:
        fresh = site.make_board()
        async with joined(site.url(fresh)) as ada, entered(site.url(fresh)) as bob:
            reading = asyncio.create_task(read_upto(bob, 200))
            for n in range(200):
                await ada.submit(*wide(100 * (n % 50 + 1)))
                await bob.say({"type": "live", "cursor": [n, n]})
                await bob.socket.ping()
            await ada.expect_seq(200)
            await reading
            n_bytes += sum(len(text) for text in ada.seen.texts.values())
    assert n_bytes
