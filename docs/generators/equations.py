"""Equations: each rule in mathematical notation, read off its code, so that page and program cannot differ.

A rule is one expression after a few named steps. Steps and result become lines of LaTeX. A name stands for itself in
words, or as the symbol that the rule's own list of symbols gives it.
"""

import ast
import inspect
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

GREEK = "alpha beta gamma delta eta kappa lambda mu nu omega phi rho sigma tau Delta Lambda".split()
_SYMBOL = re.compile(
    rf"(?<!\w, )\b(\w+) \(((?:{'|'.join(GREEK)}|[A-Za-z])(?:_\w+)?(?:\^\w)?)(?:\)|, \w+\))", flags=re.MULTILINE
)
_OPERATORS: dict[type[ast.AST], tuple[str, int]] = {
    ast.Add: ("+", 4),
    ast.Sub: ("-", 4),
    ast.Mult: (r"\cdot", 5),
    ast.BitAnd: (r"\land", 2),
    ast.BitOr: (r"\lor", 1),
}
_RELATIONS: dict[type[ast.AST], str] = {
    ast.Gt: ">",
    ast.Lt: "<",
    ast.GtE: r"\ge",
    ast.LtE: r"\le",
    ast.Eq: "=",
    ast.NotEq: r"\ne",
}
_COMPARED, _SIGNED, _WHOLE = 3, 6, 9

BY_HAND: dict[str, tuple[str, ...]] = {
    "choose_move": (
        r"\text{score}_{m} = \lambda \cdot \text{worth}_{m} + \text{noise}_{m} \quad \text{for every open move } m",
        r"m^{*} = \arg\max_{m} \text{score}_{m}",
        r"\Pr(\text{second key turns}) = \operatorname{logistic}\left(\lambda \cdot \kappa_{2} \cdot"
        r"\left(\text{worth}_{m^{*}} - \max_{n \ne m^{*}} \text{worth}_{n}\right)\right)",
    ),
    "settlement_chance": (
        r"\text{key}_{i}(P) = \operatorname{logistic}\left(\lambda \cdot \kappa_{2} \cdot"
        r" \left(S_{i} + X_{i} - h_{i} \cdot P \cdot S_{i}\right)\right)",
        r"P = O \cdot \text{signs}\left(\text{key}_{1}(P)\right) \cdot \text{signs}\left(\text{key}_{2}(P)\right)",
    ),
}
"""What loops, over moves or towards a fixed point, and so is no single expression."""


def find_symbols(module: ModuleType) -> dict[str, str]:
    """Names of a rule file that have a symbol in its list of symbols, with that symbol in LaTeX."""
    text = (inspect.getdoc(module) or "").partition("\nSymbols")[2].partition("\nSources")[0]
    found: dict[str, str] = {}
    for name, symbol in _SYMBOL.findall(text):
        if (latex := _format_symbol(symbol)) not in found.values():
            found[name] = latex
    return found


def _format_symbol(symbol: str) -> str:
    base, mark, rest = re.fullmatch(r"([A-Za-z]+)([_^]?)(\w*)", symbol).groups()  # type: ignore[union-attr]
    letter = f"\\{base}" if base in GREEK else base
    return f"{letter}{mark}{{{rest if len(rest) < 2 else format_words(rest)}}}" if mark else letter


def format_words(name: str) -> str:
    """A name of the code as words in an equation."""
    return rf"\text{{{name.strip('_').replace('_', ' ')}}}"


def format_equations(function: Callable[..., Any], sets: tuple[str, ...], symbols: Mapping[str, str]) -> list[str]:
    """The lines of a rule: its named steps, then what it sets.

    Args:
        function: The rule.
        sets: What its results are called, one name for each result.
        symbols: Symbols by name, as `find_symbols` gives them.
    """
    if function.__name__ in BY_HAND:
        return list(BY_HAND[function.__name__])
    (tree,) = ast.parse(inspect.getsource(function)).body
    assert isinstance(tree, ast.FunctionDef)
    arguments = {argument.arg for argument in tree.args.args}
    writer = _Writer(symbols, function.__globals__)
    lines: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.Assign):
            lines.append(f"{writer.write(node.targets[0])} = {writer.write(node.value)}")
        elif isinstance(node, ast.Return) and node.value is not None:
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            names = [_format_result(writer, name, arguments) for name in sets]
            lines += [f"{name} = {writer.write(value)}" for name, value in zip(names, values, strict=True)]
        elif not isinstance(node, ast.Expr):
            raise TypeError(f"{function.__name__}: {type(node).__name__} has no notation; write it in BY_HAND")
    return lines


def write_expression(node: ast.expr) -> str:
    """One expression in LaTeX, names in words."""
    return _Writer({}, {}).write(node)


def _format_result(writer: "_Writer", name: str, arguments: set[str]) -> str:
    """A result; one that has the name of an argument is its next value."""
    said = writer.name(name)
    return rf"{{{said}}}^{{\prime}}" if name in arguments else said


@dataclass(frozen=True)
class _Writer:
    """Writes expressions of one rule."""

    symbols: Mapping[str, str]
    known: Mapping[str, Any]
    """What the rule file knows, for its constants."""
    functions: Mapping[str, Callable[..., str]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self,
            "functions",
            {
                "where": self._cases,
                "flag": lambda node: rf"\left[{self.write(node)}\right]",
                "exp": lambda node: rf"\exp\left({self.write(node)}\right)",
                "log": lambda node: rf"\ln\left({self.write(node)}\right)",
                "logistic": lambda node: rf"\operatorname{{logistic}}\left({self.write(node)}\right)",
                "power": lambda base, by: rf"{{{self.write(base, _WHOLE)}}}^{{{self.write(by)}}}",
                "at_least": lambda one, other: rf"\max\left({self.write(one)},\; {self.write(other)}\right)",
                "at_most": lambda one, other: rf"\min\left({self.write(one)},\; {self.write(other)}\right)",
            },
        )

    def write(self, node: ast.expr, around: int = 0) -> str:
        """An expression, in brackets if what stands around it binds more closely."""
        text, binds = self._write(node)
        return rf"\left({text}\right)" if binds < around else text

    def name(self, name: str) -> str:
        """A name as a symbol, as the number it stands for, or in words."""
        if name in self.symbols:
            return self.symbols[name]
        if name.isupper():
            value = self.known[name]
            return format_words(name.lower()) if self._is_stage(name) else f"{value:.4g}"
        return format_words(name)

    def _is_stage(self, name: str) -> bool:
        from sim.rules import stages

        return hasattr(stages, name)

    def _write(self, node: ast.expr) -> tuple[str, int]:
        """An expression, and how closely it binds."""
        match node:
            case ast.Name(id=name):
                return self.name(name), _WHOLE
            case ast.Constant(value=float() | int() as value):
                return f"{value:g}", _WHOLE
            case ast.UnaryOp(operand=inner):
                return f"-{self.write(inner, _SIGNED)}", 4
            case ast.BinOp(left=above, op=ast.Div(), right=below):
                return rf"\frac{{{self.write(above)}}}{{{self.write(below)}}}", _WHOLE
            case ast.BinOp(left=left, op=operator, right=right):
                sign, binds = _OPERATORS[type(operator)]
                closer = binds + 1 if isinstance(operator, ast.Sub) else binds
                return f"{self.write(left, binds)} {sign} {self.write(right, closer)}", binds
            case ast.Compare(left=left, ops=[relation], comparators=[right]):
                return f"{self.write(left, 4)} {_RELATIONS[type(relation)]} {self.write(right, 4)}", _COMPARED
            case ast.Call(func=ast.Name(id=name), args=given):
                return self._call(name, given), 0 if name == "where" else _WHOLE
        raise TypeError(f"{ast.unparse(node)} has no notation")

    def _call(self, name: str, given: list[ast.expr]) -> str:
        if name in self.functions:
            return self.functions[name](*given)
        said = r",\; ".join(self.write(one) for one in given)
        return rf"{format_words(name)}\left({said}\right)"

    def _cases(self, condition: ast.expr, yes: ast.expr, no: ast.expr) -> str:
        """Cases below one another; a choice within the last one continues the list."""
        rows, rest = [(yes, condition)], no
        while isinstance(rest, ast.Call) and isinstance(rest.func, ast.Name) and rest.func.id == "where":
            inner, value, rest = rest.args
            rows.append((value, inner))
        said = [rf"{self.write(value)} & \text{{if }} {self.write(when)}" for value, when in rows]
        return r"\begin{cases} " + r" \\ ".join([*said, rf"{self.write(rest)} & \text{{otherwise}}"]) + r" \end{cases}"
