"""The documents as a site: built into site/, and served on this computer only.

`./zopa docs` builds and serves; `./zopa docs --build` only builds.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SITE = ROOT / "site"
FIRST_PORT, PORTS = 8000, 20


def build(site: Path = SITE) -> int:
    """Build the site, a warning being an error; gives the exit code."""
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(site)]
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(words, cwd=ROOT, env=surroundings, check=False).returncode


def make_server(site: Path = SITE) -> ThreadingHTTPServer:
    """A server on the first free port from 8000, reached from this computer only.

    Raises:
        OSError: no port among the first twenty is free.
    """
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    for port in range(FIRST_PORT, FIRST_PORT + PORTS):
        try:
            return ThreadingHTTPServer(("127.0.0.1", port), handler)
        except OSError:
            continue
    raise OSError(f"no free port from {FIRST_PORT} to {FIRST_PORT + PORTS - 1}")


def main(words: Sequence[str] | None = None) -> int:
    """Build, and serve unless asked not to."""
    asked = argparse.ArgumentParser(prog="zopa docs", description="Build the documents and show them.")
    asked.add_argument("--build", action="store_true", help="only build them, into site/")
    only_build = asked.parse_args(words).build
    print("zopa: building the documents (some seconds)", file=sys.stderr)
    if code := build():
        return code
    if only_build:
        print(SITE)
        return 0
    with make_server() as server:
        print(
            f"zopa: the documents are at http://127.0.0.1:{server.server_port} until you press Ctrl-C", file=sys.stderr
        )
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
