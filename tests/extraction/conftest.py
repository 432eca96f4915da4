"""What pytest is not to import: the harness of a fuzzer that may not be installed."""

collect_ignore = ["fuzzing.py"]
