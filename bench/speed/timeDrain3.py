"""Times Drain3 alone on the messages of a log: python3 timeDrain3.py <log> <lines> <words of the header>

The lines are read and cut before the clock starts. Prints messages a second and the number of templates.
"""
import sys
import time
from itertools import islice

from drain3.drain import Drain

path, count, header = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, encoding="utf-8", errors="replace") as log:
    messages = [line.rstrip("\n").split(" ", header)[-1] for line in islice(log, count)]
drain = Drain()
start = time.perf_counter()
for message in messages:
    drain.add_log_message(message)
seconds = time.perf_counter() - start
print(len(messages) / seconds, len(drain.clusters))
