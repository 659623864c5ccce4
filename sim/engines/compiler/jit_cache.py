"""JIT cache: LLVM's text becomes code of this processor, once; then it lies ready in a folder of the user's.

A piece of code is kept under a digest of its whole text, of LLVM's version and of the processor. The text is written
anew from the rules at every start, so code of other rules is never taken; a file that is damaged is made again; where
the folder cannot be written, only time is lost.
"""

import ctypes
import hashlib
import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

FOLDER = "ZOPA_CACHE"
"""Environment variable that names another folder for compiled code."""

SPEED = 3
"""How hard LLVM tries."""

MOST_BYTES = 64_000_000
"""Bytes of a piece of code at most."""

ProgressReporter = Callable[[str], None]
"""Told what is happening when it takes a while."""

_loaded: dict[str, int] = {}
"""Address of each piece of code that this process holds, by its digest."""

_libraries: list[Any] = []


class NotStoredError(LookupError):
    """Code was wanted only if it lies ready, and it does not."""


def is_installed() -> bool:
    """True if the library that makes code is there."""
    return find_spec("llvmlite") is not None


def find_folder() -> Path:
    """Where compiled code is kept; whoever has no home has no such folder either (RuntimeError)."""
    if named := os.environ.get(FOLDER):
        return Path(named)
    if base := os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA"):
        return Path(base) / "zopa"
    return Path.home() / ".cache" / "zopa"


def holds_code() -> bool:
    """True if this process, or the folder of earlier ones, holds any code."""
    with suppress(OSError, RuntimeError):
        return bool(_loaded) or any(find_folder().glob("*.code"))
    return False


def find_address(
    text: str, name: str, report_progress: ProgressReporter | None = None, *, compiles: bool = True
) -> int:
    """Address of a function of LLVM's text, compiled now or before.

    Args:
        text: The code as LLVM's text.
        name: The function in it.
        report_progress: Told if the code has to be compiled now.
        compiles: False to take only code that was compiled before.

    Raises:
        NotStoredError: the code would have to be compiled, and shall not be.
    """
    import llvmlite.binding as llvm

    features = llvm.get_host_cpu_features().flatten()
    version, triple, cpu = str(llvm.llvm_version_info), llvm.get_default_triple(), llvm.get_host_cpu_name()
    about = (version, triple, cpu, features, str(SPEED), name, text)
    digest = hashlib.sha256("\0".join(about).encode()).hexdigest()
    if digest not in _loaded and (stored := _load(digest)) is not None:
        with suppress(RuntimeError):  # code that was put there by somebody else
            _loaded[digest] = _link(stored, digest, name)
    if digest not in _loaded:
        if not compiles:
            raise NotStoredError(name)
        if report_progress is not None:
            report_progress("compiling the rules for this processor (once; a few seconds)")
        code = _compile(text)
        _store(digest, code)
        _loaded[digest] = _link(code, digest, name)
    return _loaded[digest]


def _compile(text: str) -> bytes:
    """The text as machine code."""
    import llvmlite.binding as llvm

    machine = _make_target_machine()
    parsed = llvm.parse_assembly(text)
    parsed.triple, parsed.data_layout = machine.triple, str(machine.target_data)
    parsed.verify()
    builder = llvm.create_pass_builder(machine, llvm.create_pipeline_tuning_options(speed_level=SPEED))
    builder.getModulePassManager().run(parsed, builder)
    return bytes(machine.emit_object(parsed))


def _make_target_machine() -> Any:
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features().flatten()
    target = llvm.Target.from_default_triple()
    return target.create_target_machine(cpu=llvm.get_host_cpu_name(), features=features, opt=SPEED, jit=True)


def _link(code: bytes, digest: str, name: str) -> int:
    import llvmlite.binding as llvm

    compiler = llvm.create_lljit_compiler(_make_target_machine())
    library = llvm.JITLibraryBuilder().add_object_img(code).export_symbol(name).add_current_process()
    found = library.link(compiler, digest)
    _libraries.append((compiler, found))
    return int(found[name])


def _load(digest: str) -> bytes | None:
    """Code kept under a digest, if it is there and whole."""
    with suppress(OSError, RuntimeError):
        place = find_folder() / f"{digest}.code"
        if not place.is_file() or place.stat().st_size > MOST_BYTES:  # a pipe would keep us waiting
            return None
        stored = place.read_bytes()
        code = stored[hashlib.sha256().digest_size :]
        if _seal(digest, code) == stored[: hashlib.sha256().digest_size]:
            return code
    return None


def _seal(digest: str, code: bytes) -> bytes:
    """What stands before code: whole code of other rules, under this name, would end the process."""
    return hashlib.sha256(digest.encode() + code).digest()


def _store(digest: str, code: bytes) -> None:
    """Keep code under a digest; in one step, so that nobody ever reads half of it."""
    with suppress(OSError, RuntimeError):
        place = find_folder()
        place.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=place)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_seal(digest, code) + code)
            os.replace(name, place / f"{digest}.code")
        except OSError:
            os.unlink(name)


def make_callable(address_of: int, arguments: int) -> Callable[..., None]:
    """A function that takes so many whole numbers or addresses; other threads go on while it runs."""
    return ctypes.CFUNCTYPE(None, *[ctypes.c_int64] * arguments)(address_of)
