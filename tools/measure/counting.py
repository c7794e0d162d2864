"""Count what runs of the product while something is done, by `sys.setprofile`."""

import sys
from pathlib import Path
from types import CodeType, FrameType


class CallCounter:
    """Counts calls of functions that stand in these packages; a context manager.

    `modules` and `functions` are distinct ones, and functions of one name in one module are one; `switches` is how
    often the next call is of another module than the last. Lambdas, comprehensions and other threads are not counted.
    """

    def __init__(self, root: Path, packages: list[str]):
        self._folders = tuple(f"{root / package}/" for package in packages)
        self._module_of: dict[CodeType, str] = {}  # "" for code that is not the product's
        self._last = ""
        self.calls = self.switches = 0

    def __enter__(self) -> "CallCounter":
        sys.setprofile(self._note)
        return self

    def __exit__(self, *_) -> None:
        sys.setprofile(None)

    @property
    def modules(self) -> set[str]:
        return {module for module in self._module_of.values() if module}

    @property
    def functions(self) -> set[str]:
        return {f"{module}:{code.co_name}" for code, module in self._module_of.items() if module}

    def _note(self, frame: FrameType, event: str, _argument) -> None:
        if event != "call":
            return
        code = frame.f_code
        module = self._module_of.get(code)
        if module is None:
            module = self._module_of[code] = code.co_filename if self._is_ours(code) else ""
        if module:
            self.calls += 1
            self.switches += bool(self._last) and module != self._last
            self._last = module

    def _is_ours(self, code: CodeType) -> bool:
        return code.co_filename.startswith(self._folders) and not code.co_name.startswith("<")
