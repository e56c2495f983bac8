"""The built front end, and the static files that are served."""

from tools import node
from tools.places import DIST, FRONTEND, PYTHON, ROOT, STATICFILES
from tools.shell import Stop, environment, run, say
from tools.stamps import fingerprint, unless_done


def build() -> node.Node:
    """Bundle `frontend/` into `frontend/dist`; the Node it was done with."""
    used = node.install()
    sources = [path for path in FRONTEND.iterdir() if path != DIST]
    mark = fingerprint([*sources, ROOT / "package-lock.json"])

    def step() -> None:
        say("Building the front end …")
        if not node.npm_run(used, "build"):
            raise Stop("The front end cannot be built; the reason is above.")

    unless_done("frontend", mark, step, result=DIST)
    return used


def collect(env: dict[str, str]) -> None:
    """Collect, hash and compress the static files; `env` is the server's."""
    code = [ROOT / "requirements.txt", ROOT / "board_server" / "settings.py"]
    mark = fingerprint([DIST, *code])

    def step() -> None:
        say("Collecting the static files …")
        words = ["collectstatic", "--noinput", "--clear", "-v", "0"]
        run([PYTHON, "manage.py", *words], env=environment(env))

    unless_done("static", mark, step, result=STATICFILES)
