/*
 * What a processor can do: the model of the simulation's benchmark and nothing else. Customers come in blocks of 8,192
 * with Gamma rates; a block's events are one Poisson process, whose instants are spent exponentials (ziggurat) and whose
 * customers are picked by the alias method. Each keeps a ring of three instants for "three in 30 days", and a day
 * histogram counts events and awards. No scenario, no reasons, no other limit.
 *
 * physical_limit CUSTOMERS WEEKS [PROCESSES]: prints events, awards, seconds by the clock, seconds of all processors.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BLOCK 8192
#define LAYERS 256
#define EDGE 7.69711747013105
#define AREA 0.003949659822581557
#define DAY_LENGTH 86400e6
#define WINDOW (30 * DAY_LENGTH)
#define PER_WEEK 1.2
#define SHAPE 2.0
#define MOST_DAYS 4000

typedef struct {
  uint64_t s0, s1;
} Generator;

static double layer_x[LAYERS + 1], layer_y[LAYERS + 1];

static inline uint64_t rotate(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static inline uint64_t next(Generator *g) {
  uint64_t s0 = g->s0, s1 = g->s1, out = s0 + s1;
  s1 ^= s0;
  g->s0 = rotate(s0, 24) ^ s1 ^ (s1 << 16);
  g->s1 = rotate(s1, 37);
  return out;
}

static inline double uniform(Generator *g) { return (double)(next(g) >> 11) * 0x1p-53; }

static void seed(Generator *g, uint64_t name) {
  for (int word = 0; word < 2; word += 1) {
    uint64_t z = (name += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    (word ? &g->s1 : &g->s0)[0] = z ^ (z >> 31);
  }
}

static void build_ziggurat(void) {
  layer_x[0] = AREA / exp(-EDGE);
  layer_x[1] = EDGE;
  layer_y[1] = exp(-EDGE);
  for (int layer = 2; layer < LAYERS; layer += 1) {
    layer_y[layer] = layer_y[layer - 1] + AREA / layer_x[layer - 1];
    layer_x[layer] = -log(layer_y[layer]);
  }
  layer_y[LAYERS] = 1;
}

static double exponential(Generator *g) {
  for (;;) {
    uint64_t bits = next(g);
    int layer = bits & 255;
    double x = (double)(bits >> 11) * 0x1p-53 * layer_x[layer];
    if (x < layer_x[layer + 1]) return x;
    if (layer == 0) return EDGE + exponential(g);
    if (layer_y[layer] + uniform(g) * (layer_y[layer + 1] - layer_y[layer]) < exp(-x)) return x;
  }
}

static double normal(Generator *g) {
  for (;;) {
    double a = 2 * uniform(g) - 1, b = 2 * uniform(g) - 1, s = a * a + b * b;
    if (s < 1 && s > 0) return a * sqrt(-2 * log(s) / s);
  }
}

static double gamma_draw(Generator *g, double shape) {
  double d = shape - 1.0 / 3, c = 1 / sqrt(9 * d);
  for (;;) {
    double x = normal(g), root = 1 + c * x;
    if (root <= 0) continue;
    double v = root * root * root, u = uniform(g);
    if (log(u) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}

static double alias_table(double *keep, uint16_t *alias, int n) {
  static int small[BLOCK], large[BLOCK];
  int smalls = 0, larges = 0;
  double total = 0;
  for (int i = 0; i < n; i += 1) total += keep[i];
  for (int i = 0; i < n; i += 1) {
    keep[i] = keep[i] * n / total;
    if (keep[i] < 1) small[smalls++] = i;
    else large[larges++] = i;
  }
  while (smalls > 0 && larges > 0) {
    int less = small[--smalls], more = large[larges - 1];
    alias[less] = (uint16_t)more;
    keep[more] -= 1 - keep[less];
    if (keep[more] < 1) {
      larges -= 1;
      small[smalls++] = more;
    }
  }
  while (smalls > 0) keep[small[--smalls]] = 1;
  while (larges > 0) keep[large[--larges]] = 1;
  return total;
}

static uint64_t day_events[MOST_DAYS], day_awards[MOST_DAYS];

static void run_block(uint64_t number, int n, double until, uint64_t *events, uint64_t *awards) {
  static double keep[BLOCK], ring[BLOCK][4];
  static uint16_t alias[BLOCK];
  static uint8_t place[BLOCK];
  Generator rates, times, picks;
  seed(&rates, number * 3);
  seed(&times, number * 3 + 1);
  seed(&picks, number * 3 + 2);
  for (int i = 0; i < n; i += 1) keep[i] = gamma_draw(&rates, SHAPE) / SHAPE;
  double rate = alias_table(keep, alias, n) * PER_WEEK / (7 * DAY_LENGTH);
  for (int i = 0; i < n; i += 1) ring[i][0] = ring[i][1] = ring[i][2] = -INFINITY;
  memset(place, 0, sizeof place);
  double mean = 1 / rate;
  for (double now = exponential(&times) * mean; now < until; now += exponential(&times) * mean) {
    double x = uniform(&picks) * n;
    int who = (int)x;
    if (x - who >= keep[who]) who = alias[who];
    int day = (int)(now * (1 / DAY_LENGTH));
    *events += 1;
    day_events[day] += 1;
    double *oldest = &ring[who][place[who]];
    if (*oldest > now - WINDOW) continue;
    *oldest = now;
    place[who] = place[who] == 2 ? 0 : place[who] + 1;
    *awards += 1;
    day_awards[day] += 1;
  }
}

int main(int count, char **values) {
  int customers = count > 1 ? atoi(values[1]) : 1000000;
  int weeks = count > 2 ? atoi(values[2]) : 52;
  int processes = count > 3 ? atoi(values[3]) : 1;
  if (customers < 1 || weeks < 1 || weeks * 7 >= MOST_DAYS || processes < 1) return 2;
  struct timespec from, to;
  clock_gettime(CLOCK_MONOTONIC, &from);
  build_ziggurat();
  int blocks = (customers + BLOCK - 1) / BLOCK;
  int answers[2];
  if (pipe(answers) != 0) return 1;
  for (int process = 0; process < processes; process += 1) {
    pid_t child = fork();
    if (child < 0) return 1;
    if (child > 0) continue;
    uint64_t told[2] = {0, 0};
    for (int block = process; block < blocks; block += processes) {
      int n = customers - block * BLOCK < BLOCK ? customers - block * BLOCK : BLOCK;
      run_block((uint64_t)block, n, weeks * 7 * DAY_LENGTH, &told[0], &told[1]);
    }
    _exit(write(answers[1], told, sizeof told) == sizeof told ? 0 : 1);
  }
  uint64_t events = 0, awards = 0;
  for (int process = 0; process < processes; process += 1) {
    uint64_t told[2];
    if (read(answers[0], told, sizeof told) != sizeof told) return 1;
    events += told[0];
    awards += told[1];
  }
  while (wait(NULL) > 0) {
  }
  clock_gettime(CLOCK_MONOTONIC, &to);
  struct rusage used;
  getrusage(RUSAGE_CHILDREN, &used);
  double seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
  double processor = (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
                     (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
  printf("%llu %llu %.3f %.3f\n", (unsigned long long)events, (unsigned long long)awards, seconds, processor);
  return 0;
}
