"""Levers in a browser: from the key that is pressed to the chart that is drawn, on this computer.

`python -m tests.benchmarks.browser_levers [CASE] [--view VIEW ...] [--moves 30]`: a server and Chromium
(ZOPA_BROWSER names another) on the same cores. Levers are moved by the arrow key, one after the other, so that nothing
was played before; the clock runs in the page, from the key to the second frame after results were put into it: first
300 runs, then 1,000 when the key is let go. Beside it stands the server's processor time for a move, as the clock on
the wall counts whatever else the machine does.
"""

import argparse
import os
import shutil

from playwright.sync_api import Page, sync_playwright

from tests.benchmarks.load_class import Server

WATCH = """() => {
  window.moves = [];
  addEventListener("keydown", () => window.moves.push({ pressed: performance.now(), drawn: [] }), true);
  new MutationObserver(() => {
    const move = window.moves.at(-1);
    if (!move) return;
    requestAnimationFrame(() => requestAnimationFrame(() => move.drawn.push(performance.now() - move.pressed)));
  }).observe(document.querySelector("#results"), { childList: true });
}"""
"""Measures in the page: from a key to two frames after each change of the results, so that they are painted."""


def measure(page: Page, moves: int) -> tuple[list[float], list[float]]:
    """Milliseconds of each move to its first chart, of 300 runs, and to its last, of 1,000."""
    page.evaluate(WATCH)
    sliders = page.locator(".control input[type=range]:visible")
    for move in range(moves):
        sliders.nth(move % sliders.count()).focus()
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(300)
        page.wait_for_selector("#results:not([aria-busy])", timeout=60_000)
        page.wait_for_timeout(300)
    found = [one["drawn"] for one in page.evaluate("window.moves") if one["drawn"]]
    return sorted(one[0] for one in found), sorted(one[-1] for one in found)


def say(times: list[float]) -> str:
    """Median and 95th percentile."""
    return f"median {times[len(times) // 2]:.0f} ms, p95 {times[min(int(0.95 * len(times)), len(times) - 1)]:.0f} ms"


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", default="textbook/three-parties")
    parser.add_argument("--view", action="append", default=[])
    parser.add_argument("--moves", type=int, default=30)
    asked = parser.parse_args()
    path = os.environ.get("ZOPA_BROWSER") or shutil.which("chromium") or shutil.which("google-chrome")
    server = Server()
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 1280, "height": 900})
            views = "".join(f"&view={view}" for view in asked.view)
            address = f"http://127.0.0.1:{server.port}/explore/{asked.case}?lang=en&care=read{views}"
            page.goto(address, wait_until="load", timeout=120_000)
            page.wait_for_timeout(2000)
            before = server.seconds
            first, last = measure(page, asked.moves)
            spent = 1000 * (server.seconds - before) / asked.moves
            print(f"{asked.case}: key to the first chart (300 runs) {say(first)}; to the last (1,000) {say(last)}")
            print(f"server: {spent:.0f} ms of processor time a move; load average {os.getloadavg()[0]:.1f}")
            browser.close()
    finally:
        server.process.terminate()
        server.process.wait(20)


if __name__ == "__main__":
    main()
