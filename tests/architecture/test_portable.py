"""Portable: nothing that Windows or macOS lacks - files, calls and modules that one system has and another has not."""

import ast
import re

import pytest

from tests.architecture.tree import PACKAGES, ROOT, format_path, modules, parse_file

FOLDERS = (".ci", "analysis", "docs", "scenarios", "sim", "tests")
REFUSED = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)', re.IGNORECASE)
"""What Windows refuses in a name."""
LONGEST = 150
"""Signs of a path below the root; Windows takes 260 of the whole path."""
MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"}
CALLS = {
    *("chown", "fork", "forkpty", "forkserver", "geteuid", "getpgid", "getuid", "killpg", "mkfifo", "mknod", "setsid"),
    *("setuid", "sync", "uname", "wait4", "WNOHANG", "SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "alarm", "setitimer"),
    *("pthread_kill", "pthread_sigmask", "O_NONBLOCK", "O_NOCTTY", "set_start_method", "sched_getaffinity"),
}
"""Names of `os`, `signal` and `multiprocessing` that some systems lack, or that mean something else there."""
OWNERS = {"os", "signal", "multiprocessing"}
TEXT_FILES = {"read_text": 0, "write_text": 1}
"""How many words stand before the encoding."""


def find_unportable(tree):
    """Places where a piece of code counts on one system, functions inside it apart."""
    inside = [*_walk(tree)]
    calls = [node for node in inside if _is_call(node, "hasattr", "getattr")]
    asked = {ast.literal_eval(one.args[1]) for one in calls if isinstance(one.args[1], ast.Constant)}
    caught = [ast.unparse(node.type) for node in inside if isinstance(node, ast.ExceptHandler) and node.type]
    tolerant = any("ImportError" in one for one in caught)
    for node in inside:
        if isinstance(node, ast.FunctionDef) and node is not tree:
            yield from find_unportable(node)
        elif said := _judge(node, asked, tolerant):
            yield f"line {node.lineno}: {said}"


def _walk(node):
    """A piece of code; of the functions inside it, only the name."""
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, ast.FunctionDef):
            yield from _walk(child)


def _judge(node, asked, tolerant):
    """What makes a place unportable; empty if nothing does."""
    if isinstance(node, ast.Attribute) and node.attr in CALLS - asked and ast.unparse(node.value) in OWNERS:
        return ast.unparse(node)
    if isinstance(node, ast.Import | ast.ImportFrom) and not tolerant:
        names = {one.name for one in node.names} | {getattr(node, "module", "")}
        return ", ".join(sorted(names & MODULES))
    is_method = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    if is_method and node.func.attr == "get_context" and ast.unparse(node.args[0]) != "'spawn'":
        return ast.unparse(node)
    if isinstance(node, ast.Call) and _leaves_encoding_open(node):
        return f"{ast.unparse(node)[:60]} without an encoding"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        parts = node.right.values if isinstance(node.right, ast.JoinedStr) else [node.right]
        texts = [part.value for part in parts if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        return ", ".join(text for text in texts if re.search(r'[<>:"|?*\\]', text))
    return ""


def _is_call(node, *names):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names


def _leaves_encoding_open(call):
    """True where a text file would be read in whatever encoding the system likes."""
    if any(word.arg in ("encoding", None) for word in call.keywords):
        return False
    if isinstance(call.func, ast.Attribute) and call.func.attr in TEXT_FILES:
        return len(call.args) <= TEXT_FILES[call.func.attr]
    words = [*(ast.unparse(one) for one in call.args), *(ast.unparse(word.value) for word in call.keywords)]
    return _is_call(call, "open") and not any(re.fullmatch(r"'[rwax+]*b[+]?'", word) for word in words)


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_counts_on_one_system(package):
    found = {format_path(path): [*find_unportable(parse_file(path))] for path in modules(package)}
    assert not {name: lines for name, lines in found.items() if lines}


@pytest.mark.parametrize(
    "source",
    [
        "import os\nos.fork()",
        "import fcntl",
        "import signal\ndef end():\n    signal.pthread_kill(1, 9)",
        "import multiprocessing\nmultiprocessing.get_context('fork')",
        "def name(folder, moment):\n    return folder / f'{moment:%d}:00.txt'",
        "path.read_text()",
        "path.write_text('Größe')",
        "open(path)",
        "open(path, mode='w')",
    ],
)
def test_what_counts_on_one_system_is_found(source):
    assert [*find_unportable(ast.parse(source))]


@pytest.mark.parametrize(
    "source",
    [
        "import signal\nif hasattr(signal, 'pthread_kill'):\n    signal.pthread_kill(1, 9)",
        "try:\n    import fcntl\nexcept ImportError:\n    pass",
        "open(path, 'rb')",
        "open(path, 'w', encoding='utf-8')",
        "path.write_text('Größe', 'utf-8')",
    ],
)
def test_what_every_system_has_is_fine(source):
    assert not [*find_unportable(ast.parse(source))]


def test_every_file_has_a_name_that_every_system_takes():
    paths = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if "__pycache__" not in path.parts]
    names = [format_path(path) for path in paths]
    assert not [name for name in names if any(REFUSED.search(part) for part in name.split("/"))]
    assert not [name for name in names if len(name) > LONGEST]
    alike = {}
    for name in names:
        alike.setdefault(name.lower(), []).append(name)
    assert not [same for same in alike.values() if len(same) > 1]
