"""Times Drain3 alone on the messages of a log: python3 timeDrain3.py <log> <lines> <words of the header>

The lines are read and cut before the clock starts. Prints seconds by the clock, of CPU time, and the number of templates.
"""
import sys
import time
from itertools import islice

from drain3.drain import Drain

path, count, header = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with open(path, encoding="utf-8", errors="replace") as log:
    messages = [line.rstrip("\n").split(" ", header)[-1] for line in islice(log, count)]
drain = Drain()
start, cpu_start = time.perf_counter(), time.process_time()
for message in messages:
    drain.add_log_message(message)
print(time.perf_counter() - start, time.process_time() - cpu_start, len(drain.clusters))
