#!/usr/bin/env python3
"""The reference behind the `tresen decide` command line: `python3 tests/reference/tresen.py decide …`."""

from tresen_reference.__main__ import main

main()
