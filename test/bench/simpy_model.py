"""The bench's model written in SimPy: customers with rates of their own, a rolling limit each, one cap for all.

Usage: simpy_model.py CUSTOMERS WEEKS. Prints events, awards, seconds and processor seconds.
"""

import random
import sys
import time

import simpy

CUSTOMERS, WEEKS = int(sys.argv[1]), int(sys.argv[2])
PER_WEEK, DISPERSION = 1.2, 0.5
WINDOW, LIMIT = 30 * 86400.0, 3
CAP = 20 * CUSTOMERS
WEEK = 7 * 86400.0

draw = random.Random(7)
environment = simpy.Environment()
events = 0
awarded = 0
rejected = 0
by_day = {}


def customer(rate):
    """One customer: waits, acts, and is awarded or turned away."""
    global events, awarded, rejected
    latest = []
    while True:
        yield environment.timeout(draw.expovariate(rate))
        events += 1
        now = environment.now
        day = int(now // 86400)
        while latest and latest[0] <= now - WINDOW:
            latest.pop(0)
        if len(latest) >= LIMIT or awarded >= CAP:
            rejected += 1
            continue
        latest.append(now)
        awarded += 1
        by_day[day] = by_day.get(day, 0) + 1


started, started_processor = time.perf_counter(), time.process_time()
for _ in range(CUSTOMERS):
    environment.process(customer(draw.gammavariate(1 / DISPERSION, DISPERSION) * PER_WEEK / WEEK + 1e-12))
environment.run(until=WEEKS * WEEK)
print(events, awarded, time.perf_counter() - started, time.process_time() - started_processor)
