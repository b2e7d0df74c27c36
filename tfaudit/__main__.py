"""`python -m tfaudit` and the console script: they import as little as a command needs, and nothing of strangers'."""

# The interpreter has loaded these two; every other import waits for `_leave_current_folder`, __future__ as well.
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn


def main() -> None:
    """Run the command line and end the process with its exit code."""
    _leave_current_folder()
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from tfaudit import __version__

        sys.stdout.write(f"tfaudit {__version__}\n")
        sys.exit(0)
    import gc

    # A scan makes millions of objects and next to no cycles: looking for them often takes a third of its time. The
    # libraries that live systems are asked with make some.
    gc.set_threshold(5_000_000 if arguments[:1] == ["scan"] else 200_000, 50, 1000)
    _open_closed_streams()
    try:
        from tfaudit import compiled, light, regexes
        from tfaudit.cli import environment

        if environment.wants_compiled():
            compiled.load()
        regexes.load()
        light.load()
        from tfaudit.cli.main import run

        code = run(arguments)
    except KeyboardInterrupt:  # while modules are loaded
        sys.stderr.write("tfaudit: interrupted; nothing was written\n")
        code = 130
    except SystemExit:  # --help
        raise
    except BaseException as error:  # noqa: BLE001 - whatever it is, it is not what exit code 1 stands for
        sys.stderr.write(
            f"tfaudit failed: {type(error).__name__}; this is a fault of tfaudit, please report it\n"
        )
        code = 4
    _end(code)


def _leave_current_folder() -> None:
    """Take the current folder off Python's search path: it is scanned, and a `json.py` in it must not be run.

    `python -m` puts it there, and so does an empty entry of PYTHONPATH. tfaudit's own modules are found all the same.
    """
    try:
        here = os.path.realpath(os.curdir)
    except OSError:  # it has been removed, and holds nothing
        return
    sys.path[:] = [each for each in sys.path if each and os.path.realpath(each) != here]


def _open_closed_streams() -> None:
    """Open what the caller closed (`>&-`), or the next file or pipe that is opened would be taken for it."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free: this one
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8"))  # noqa: PTH123, SIM115


def _end(code: int) -> "NoReturn":
    """End the process as it is: taking apart what a scan has made, one object after the other, costs a tenth of it."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            continue
    os._exit(code)


if __name__ == "__main__":
    main()
