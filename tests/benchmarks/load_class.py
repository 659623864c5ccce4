"""Load of a class: a server of its own, thirty students over real HTTP who play, look around and look back.

`python -m tests.benchmarks.load_class CASE --students 30 --seconds 600`, on Linux; nothing leaves the machine. Prints,
for each kind of request, how many there were, the median, the 95th percentile and the longest in milliseconds; and the
server's processor time and memory, as the clock on the wall says little on a machine that others use. Before the class
comes, one student plays alone, and the server's processor time for a seat, a turn and a move is taken.
"""

import argparse
import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ALONE = 12
"""Moves of the student who plays alone."""

LESSONS = ("words-and-deeds", "veto", "commitment", "ripening")


class Server:
    """A server in a process of its own."""

    def __init__(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.out = tempfile.mkdtemp()
        command = [sys.executable, "-m", "sim.cli.start", "serve", "--no-browser", "--port", str(self.port)]
        self.process = subprocess.Popen([*command, "--out", self.out], stdout=subprocess.DEVNULL)
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: list[str] = []
        started = time.time()
        while time.time() < started + 60:
            with contextlib.suppress(OSError):
                self.ask("start", "GET", "/lessons?lang=en")
                break
            time.sleep(0.05)
        self.seconds_to_start = time.time() - started

    def ask(self, kind: str, method: str, path: str, form: dict[str, str] | None = None) -> tuple[str, str]:
        """What is answered, and where it leads; the time is kept, and a refusal counts as an error."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        headers = {"Origin": f"http://127.0.0.1:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        start = time.perf_counter()
        try:
            connection.request(method, path, None if form is None else urllib.parse.urlencode(form), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException) as error:
            if kind != "start":
                self.errors.append(f"{kind}: no answer after {time.perf_counter() - start:.0f} s: {error!r}")
            raise
        finally:
            connection.close()
        self.times[kind].append(1000 * (time.perf_counter() - start))
        if answer.status not in (200, 303):
            self.errors.append(f"{kind} {answer.status}: {' '.join(re.sub('<[^>]+>', ' ', text).split())[-200:]}")
        return text, answer.getheader("location") or ""

    @property
    def seconds(self) -> float:
        """Processor time of the server so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def megabytes(self) -> float:
        """The most memory it has had so far."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


class ClassOfStudents:
    """Students in one room."""

    def __init__(self, server: Server, case: str, students: int, seconds: float) -> None:
        self.server, self.case, self.students = server, case, students
        self.room = server.ask("room", "POST", "/rooms?lang=en", {"case": case})[1].split("/r/")[1][:5]
        page, _ = server.ask("room", "GET", f"/r/{self.room}?lang=en")
        self.actors = re.findall(r'<option value="([\w-]+)">', page)
        self.seconds = seconds
        self.ends = 0.0
        self.wrong: list[str] = []
        self.first_turns: list[float] = []

    def play(self, number: int) -> None:
        """One student: joins, plays, and looks at other pages now and then; every fifth does so in another language."""
        name = f"student-{number:02d}"
        form = {"nickname": name, "actor": self.actors[number % len(self.actors)]}
        _, seat = self.server.ask("join", "POST", f"/r/{self.room}?lang={'de' if number % 5 == 0 else 'en'}", form)
        others, turn = self.list_other_pages(number), 0
        while seat and time.time() < self.ends:
            turn += 1
            page, _ = self.server.ask("first turn" if turn == 1 else "turn", "GET", seat)
            if turn == 1:
                self.first_turns.append(self.server.seconds)
            if set(re.findall(r"student-\d\d", page)) != {name}:
                self.wrong.append(name)
            version = re.search(r'name="version" value="(\d+)"', page)
            if version:
                moves = re.findall(r'name="move" value="([^"]+)"', page)
                form = {"version": version[1], "move": moves[(number + turn) % len(moves)]}
                self.server.ask("move", "POST", seat, form)
            if turn % 3 == 0 or not version:
                self.server.ask(*next(others))
            for _ in range(2):
                self.server.ask("version", "GET", seat.replace("?", "/version?"))
                time.sleep(1 + number % 5 * 0.3)

    def list_other_pages(self, number: int) -> Iterator[tuple[str, str, str]]:
        """Pages besides the seat: lessons, levers, a replay."""
        place = number
        while True:
            place += 1
            yield "lesson", "GET", f"/lessons/{LESSONS[place % len(LESSONS)]}?lang=en"
            yield "levers", "GET", f"/explore/textbook/three-parties/results?runs=300&seed={place % 7}&lang=en"
            yield "replay", "GET", f"/replay/case/textbook/two-towns?lang=en&run={place % 5}"

    def watch(self) -> None:
        """The projector and the teacher, who fires an event and shows results halfway."""
        half, revealed = self.ends - self.seconds / 2, False
        while time.time() < self.ends:
            self.server.ask("board with results" if revealed else "board", "GET", f"/r/{self.room}/board?lang=en")
            page, _ = self.server.ask("teacher", "GET", f"/r/{self.room}/teacher?lang=en")
            if time.time() > half and not revealed:
                revealed = True
                self.lead(page)
            time.sleep(3)

    def lead(self, page: str) -> None:
        """Fire the first event of the teacher's page, and show results."""
        address = f"/r/{self.room}/teacher?lang=en"
        if event := re.search(r'<optgroup.*?<option value="([^"]+)"', page):
            self.server.ask("fire", "POST", address, {"do": "fire", "event": event[1]})
        self.server.ask("reveal", "POST", address, {"do": "reveal"})

    def run(self) -> None:
        """All of them at once, from the same second; the time begins now."""
        self.ends = time.time() + self.seconds
        threads = [threading.Thread(target=self.play, args=(number,)) for number in range(self.students)]
        for thread in [*threads, watcher := threading.Thread(target=self.watch)]:
            thread.start()
        for thread in [*threads, watcher]:
            thread.join()


def play_alone(server: Server, case: str) -> str:
    """Processor time of the server for one student's requests, in milliseconds."""
    alone = ClassOfStudents(server, case, 1, 0)
    spent: dict[str, list[float]] = defaultdict(list)

    def ask(kind: str, *request: object) -> tuple[str, str]:
        start = server.seconds
        found = server.ask(f"alone: {kind}", *request)  # type: ignore[arg-type]
        spent[kind].append(1000 * (server.seconds - start))
        return found

    for number in range(4):
        form = {"nickname": f"alone-{number}", "actor": alone.actors[0]}
        _, seat = ask("first join" if number == 0 else "join", "POST", f"/r/{alone.room}?lang=en", form)
        page, _ = ask("first turn of a game", "GET", seat)
    for _ in range(ALONE):
        version = re.search(r'name="version" value="(\d+)"', page)
        if not version:
            break
        moves = re.findall(r'name="move" value="([^"]+)"', page)
        ask("move", "POST", seat, {"version": version[1], "move": moves[0]})
        page, _ = ask("turn", "GET", seat)
    return ", ".join(f"{kind} {sum(one) / len(one):.0f} ms" for kind, one in spent.items())


def summarise(server: Server, students: ClassOfStudents) -> str:
    """What the issue asks for, in one line: median and 95th percentile, errors, wrong data, memory."""
    times = sorted(time for kind, some in server.times.items() if not kind.startswith("alone") for time in some)
    middle, late = times[len(times) // 2], times[min(int(0.95 * len(times)), len(times) - 1)]
    return (
        f"in all: {len(times)} requests, p50 {middle:.0f} ms, p95 {late:.0f} ms, "
        f"{len(server.errors)} errors {server.errors[:3]}, "
        f"{len(students.wrong)} wrong data, {server.megabytes:.0f} MB at most"
    )


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", nargs="?", default="textbook/three-parties")
    parser.add_argument("--students", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--wait", type=float, default=20, help="seconds between the opening of the room and the class")
    asked = parser.parse_args()
    server = Server()
    try:
        print(f"first answer after {server.seconds_to_start:.2f} s")
        print(f"processor time, one student alone: {play_alone(server, asked.case)}")
        students = ClassOfStudents(server, asked.case, asked.students, asked.seconds)
        time.sleep(asked.wait)
        before = server.seconds
        students.run()
        for kind, times in sorted(server.times.items()):
            times.sort()
            middle, late = times[len(times) // 2], times[min(int(0.95 * len(times)), len(times) - 1)]
            print(f"{kind:28} {len(times):6} median {middle:7.0f} p95 {late:7.0f} longest {times[-1]:7.0f} ms")
        burst = max(students.first_turns) - before
        print(f"processor time until all {asked.students} had joined and seen their first turn: {burst:.1f} s")
        print(f"server: {server.seconds - before:.1f} s of processor time")
        print("load average", *(f"{one:.1f}" for one in os.getloadavg()))
        print(summarise(server, students))
    finally:
        server.process.terminate()
        server.process.wait(20)


if __name__ == "__main__":
    main()
