#!/usr/bin/env python3
"""Runs duckdb.sql: duckdb.py INPUT OUTPUT, or duckdb.py --version."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
# Python looks beside the script first, and would import this very file as the module.
sys.path = [place for place in sys.path if pathlib.Path(place or ".").resolve() != HERE]
import duckdb  # noqa: E402


def main():
    if sys.argv[1:] == ["--version"]:
        print(duckdb.__version__)
        return
    if len(sys.argv) != 3:
        sys.exit("usage: duckdb.py INPUT OUTPUT")
    connection = duckdb.connect()
    for name, value in zip(("input", "output"), sys.argv[1:]):
        connection.execute(f"SET VARIABLE {name} = ?", [value])
    connection.execute((HERE / "duckdb.sql").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
