"""The command line: finds the command's own module, and makes exit codes and messages of what it raises."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence
from importlib import import_module
from importlib.machinery import EXTENSION_SUFFIXES

from scorecard.commands.common import counted
from scorecard.errors import ContentError, ScorecardError, UsageError, reason, remedy
from scorecard.places import COMMAND, release

_COMMANDS = {
    "build": "build",
    "check": "check",
    "init": "init",
    "new": "new",
    "import": "import_",
    "diff": "diff",
    "explain": "explain",
    "ask-reply": "ask_reply",
    "schema": "schema",
    "serve": "serve",
    "edition": "edition",
    "demo": "demo",
    "calibrate": "calibrate",
    "bench": "bench",
}
"""Their names, and the modules in commands/, which are imported when they are asked for."""
FINE, PROBLEMS, WRONG_USE, MACHINE = 0, 1, 2, 3
_NATIVE = tuple(EXTENSION_SUFFIXES)
"""What the names of packages' compiled parts end with."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs a command; the exit code: 0 fine, 1 content, 2 wrong use, 3 the machine."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        print(f"scorecard {release()}")
        return FINE
    if not given or (given[0].startswith("-") and given[0] not in ("-h", "--help")):
        given.insert(0, "build")
    if not __doc__:  # the texts of the case format are docstrings
        print("Python was told to forget its texts (-OO): start it without.", file=sys.stderr)
        return WRONG_USE
    try:
        options = _parser([given[0]] if given[0] in _COMMANDS else _COMMANDS).parse_args(given)
        return int(options.run(options))
    except ContentError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(f"{counted(len(error.problems), 'problem')}. Nothing was written.", file=sys.stderr)
        return PROBLEMS
    except UsageError as error:
        print(error, file=sys.stderr)
        return WRONG_USE
    except ScorecardError as error:
        print(error, file=sys.stderr)
        return MACHINE
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except ImportError as error:
        if not (error.path or "").endswith(_NATIVE):
            raise
        print(_not_loaded(error), file=sys.stderr)
        return MACHINE
    except (OSError, MemoryError) as error:
        print(f"The machine failed: {reason(error)}. {remedy(error)}", file=sys.stderr)
        return MACHINE
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return MACHINE


def _not_loaded(error: ImportError) -> str:
    """Of a compiled part of a package that is there, and that the machine did not load."""
    return (
        f"A part of the package {error.name} could not be loaded: {' '.join(error.msg.split())}. "
        f"{remedy(MemoryError())}"
    )


def _parser(names: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=COMMAND.split()[-1],
        description="Turns YAML case logs into a public customer-service scorecard.",
        epilog="Without a command it builds. Each tells more with --help; --version says which this is.",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name in names:
        command = import_module(f"scorecard.commands.{_COMMANDS[name]}")
        sub = commands.add_parser(
            name,
            help=command.HELP,
            description=command.HELP,
            epilog=f"example:  {COMMAND} {command.EXAMPLE}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        command.options(sub)
        sub.set_defaults(run=command.run)
    return parser
