"""The examples in docs/api.md work: each curl line is sent, in order, as it stands."""

import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

from tests.support.rest import Rest, read

DOC = Path(__file__).resolve().parents[2] / "docs" / "api.md"
SCENES = Path(__file__).parents[1] / "corpus" / "scenes"
SCENE = SCENES / "neuml__txtai__install.excalidraw"
PICTURE = Path(__file__).parents[1] / "corpus" / "images" / "image__portrait_2.jpg"
N_EXAMPLES = 24  # so that a change of the page's form does not empty this test


@dataclass
class Call:
    """What a curl line asks for."""

    method: str = "GET"
    url: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


def curl_lines() -> list[str]:
    """Every curl command of the page."""
    blocks = re.findall(r"```sh\n(.*?)```", DOC.read_text(), re.DOTALL)
    commands = re.split(r"\n(?=curl |[A-Z]+=)", "\n" + "\n".join(blocks))
    return [command for command in commands if command.startswith("curl ")]


def parse(line: str, variables: dict[str, str]) -> Call:
    """A curl command as a call; an option that we do not know fails the test."""
    call = Call()
    words = iter(shlex.split(line)[1:])
    for word in words:
        match word:
            case "-X":
                call.method = next(words)
            case "-d":
                call.body = next(words).encode()
            case "--data-binary":
                name = next(words)
                is_scene = name.endswith(".excalidraw")
                call.body = (SCENE if is_scene else PICTURE).read_bytes()
            case "-H":
                name, _, value = next(words).partition(": ")
                call.headers[name] = Template(value).substitute(variables)
            case "--compressed":
                call.headers["Accept-Encoding"] = "gzip"
            case _:
                assert not word.startswith("-"), f"curl {word} is not known here"
                call.url = Template(word).substitute(variables)
    return call


async def test_the_documented_examples_work(rest: Rest) -> None:
    board = await rest.make_board(title="Plan")
    variables = {
        "CHALKLINE": "",
        "BOARD": f"/api/boards/{board['id']}",
        "KEY": board["owner_key"],
    }
    lines = curl_lines()

    for line in lines:
        call = parse(line, variables)
        reply = await rest.call(call.method, call.url, call.body, **call.headers)
        assert reply.status_code < 300, f"{line}\n{reply.content!r}"

    assert len(lines) == N_EXAMPLES
    shown = read(await rest.call("GET", f"{board['id']}/"))
    assert (shown["title"], shown["head"]) == ("Better plan", 2)
