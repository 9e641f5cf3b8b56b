"""The `newsreader` command. Nothing here, and no verb, loads Textual; only opening the app does."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False  # as in typing, which takes a while: ctrl+c is answered from `command` on
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

__all__ = ["command", "main"]

FAILED, USAGE, INTERRUPTED = 1, 2, 130
SELDOM = 50_000
CHANGING = ("add", "update", "apart", "import", "feeds")


def command() -> NoReturn:
    """Run the command line as a process of its own: collect seldom, and leave at once when all is written.

    Both are a fifth of a short verb. Nothing is left to be taken down when `main` is back: it closes what it
    opens, and flushes what it writes. Only where another thread still works is it waited for, as usual.
    """
    try:
        import gc  # noqa: PLC0415

        gc.set_threshold(SELDOM, 20, 20)
        _obey_signals()
        code = main()
    except KeyboardInterrupt as stopped:  # before there is anything to end in order, or when all is done
        os._exit(_stopped(stopped))
    threading = sys.modules.get("threading")
    if threading is None or threading.active_count() == 1:
        os._exit(code)
    sys.exit(code)


class Terminated(KeyboardInterrupt):
    """The system asked the command to end, or its terminal was closed: as ctrl+c, with another exit code."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


def _stopped(error: KeyboardInterrupt) -> int:
    return error.code if isinstance(error, Terminated) else INTERRUPTED


def _obey_signals() -> None:
    """End in order when the system asks for it, unless whoever started the command wants that passed over."""
    import signal  # noqa: PLC0415

    def end(number: int, _: object) -> None:
        raise Terminated(number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, end)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit code: 0 done, 1 something failed, 2 wrong usage, 130 interrupted."""
    if sys.stdin is None:  # closed: there is nothing to read
        sys.stdin = open(os.devnull)  # noqa: SIM115 - open to the end
    try:
        from store.errors import NewsreaderError  # noqa: PLC0415
        from tui.cli.output import say  # noqa: PLC0415
        from tui.cli.parser import UsageError, parse  # noqa: PLC0415

        code = _run(parse(sys.argv[1:] if argv is None else argv))
        if sys.stdout is not None:
            sys.stdout.flush()
    except KeyboardInterrupt as stopped:  # first: the other names are not known before they are loaded
        code = _stopped(stopped)
    except UsageError as error:
        say(str(error))
        return USAGE
    except NewsreaderError as error:
        say(str(error))
        code = FAILED
    except BrokenPipeError:  # whoever read our output has seen enough
        code = 0
    except OSError as error:
        say(_unwritten(error))
        code = FAILED
    _silence()
    return code


def _load_records() -> None:
    """Load msgspec without typing_extensions: it would draw in inspect, ast and tokenize, an eighth of a short verb.

    From Python 3.11 on the standard typing module has all that msgspec looks for there.
    """
    if "typing_extensions" not in sys.modules:
        sys.modules["typing_extensions"] = None  # type: ignore[assignment]
        import msgspec  # noqa: F401, PLC0415

        del sys.modules["typing_extensions"]


def _run(options: object) -> int:
    from tui.cli.parser import Options, VerbHelp  # noqa: PLC0415

    if isinstance(options, VerbHelp):
        from tui.cli.output import Out  # noqa: PLC0415

        Out().text(options.text)
        return 0
    assert isinstance(options, Options)
    _load_records()
    if options.verb is None:
        from tui.cli.opening import open_app  # noqa: PLC0415

        return open_app(options)
    from tui.cli import verbs  # noqa: PLC0415

    if options.verb in CHANGING or options.save or options.forget:
        from tui.cli.opening import sign  # noqa: PLC0415

        sign()
    return verbs.VERBS[options.verb](options)


def _unwritten(error: OSError) -> str:
    from store.engine.files import reason  # noqa: PLC0415

    name = f"{error.filename}: " if error.filename else ""
    return f"{name or 'the output was not written: '}{reason(error)}; nothing in the library was harmed"


def _silence() -> None:
    """Let nothing more be written: what is left in the buffers would end in a traceback at the very end."""
    from tui.cli.output import unheard  # noqa: PLC0415

    for stream in (sys.stdout, sys.stderr):
        if stream is None:
            continue
        try:
            stream.flush()
        except (OSError, ValueError):
            unheard(stream)
