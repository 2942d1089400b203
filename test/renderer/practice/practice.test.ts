import { flushSync } from 'svelte';
import { expect, test, vi } from 'vitest';
import type { Door } from '../../../renderer/lib/backend';
import { Practice } from '../../../renderer/features/sync/practice/practice.svelte';
import { domPort } from '../../../renderer/lib/dom-port';
import { snapshot } from '../../../renderer/lib/snapshot.svelte';
import { DEFAULT_SETTINGS } from '../../../shared/domain/settings';
import { connect, type Connection } from '../../../shared/ipc/connect';
import { contract, type Handlers } from '../../../shared/ipc/contract';
import type { Failure } from '../../../shared/ipc/errors';
import type {
  PracticeBadge,
  PracticeCall,
  PracticeOptions,
  PracticeReport,
  PracticeState,
} from '../../../shared/ipc/practice-contract';
import { serve } from '../../../shared/ipc/serve';
import { saidFailure } from '../../ipc/said-failure';

const { zone, ...switches } = DEFAULT_SETTINGS;
const OPTIONS: PracticeOptions = {
  port: 0,
  keepsData: true,
  asksCredentials: true,
  clock: null,
  timeZone: zone,
  switches,
  faults: { seed: 1, rules: [] },
};
const NO_TOTALS = { badges: 0, claims: 0, enrolments: 0, awards: 0 };
const BADGE: PracticeBadge = {
  id: 'b'.repeat(24),
  name: 'Ten visits',
  status: 'LIVE',
  earnType: 'EARN',
  startOn: 0,
  expiresOn: 1,
  active: true,
  activeClaims: 1,
  issuedCount: 0,
  earnedCount: 2,
};

const callOf = (id: number, change: Partial<PracticeCall> = {}): PracticeCall => ({
  id,
  at: 0,
  method: 'GET',
  path: '/api_gateway/v1/badges/badgeMeta',
  endpoint: 'listBadges',
  status: 200,
  codes: [],
  hints: [],
  milliseconds: 1,
  fault: null,
  ...change,
});

/** The practice side of a backend over the real wire; what it says is the test's. */
class Ground {
  state: PracticeState = {
    phase: 'stopped',
    url: null,
    credentials: null,
    startedOn: null,
    isKept: true,
    failure: null,
    note: null,
    options: OPTIONS,
    storedBytes: null,
    limits: { bodyBytes: 16, tokenSeconds: 3600 },
  };
  startFailure: Failure | null = null;
  /** Whether a start is told to who follows, and never answered. */
  onlyTells = false;
  readonly asked: string[] = [];
  readonly door: Door;
  #report: ((report: PracticeReport) => void) | null = null;
  #connection: Connection;
  #port: MessagePort;

  constructor() {
    [this.#connection, this.#port] = this.#open();
    this.door = ((method: string, input: unknown, options?: object) => {
      this.asked.push(method);
      return this.#connection.call(method, snapshot(input), options);
    }) as Door;
  }

  #open(): [Connection, MessagePort] {
    const { port1, port2 } = new MessageChannel();
    serve(this.#handlers() as Handlers, contract, domPort(port1), { warn: () => undefined, error: console.error });
    return [connect(domPort(port2)), port1];
  }

  /** The backend dies, and another one is there that has not started a practice org. */
  die(): void {
    this.#connection.close();
    this.#port.close();
    this.state = { ...this.state, phase: 'stopped', url: null, credentials: null };
    [this.#connection, this.#port] = this.#open();
  }

  tell(report: Partial<PracticeReport>): void {
    if (report.state) this.state = report.state;
    this.#report?.({ state: null, traffic: null, ...report });
  }

  traffic(run: number, calls: readonly PracticeCall[], awards = 0): void {
    this.tell({
      traffic: { run, answered: calls.length, calls, totals: { ...NO_TOTALS, badges: 1, awards }, faults: [] },
    });
  }

  #handlers(): Partial<Handlers> {
    return {
      'practice.watch': (_input, { signal, progress }) => {
        this.#report = progress;
        progress({ state: this.state, traffic: null });
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ watched: 0 })));
      },
      'practice.start': () => {
        if (this.startFailure) throw this.startFailure;
        this.state = {
          ...this.state,
          phase: 'running',
          url: 'http://127.0.0.1:8080',
          credentials: { user: 'u', password: 'p' },
          isKept: this.state.options.keepsData,
        };
        if (!this.onlyTells) return this.state;
        this.tell({ state: this.state });
        return new Promise(() => undefined);
      },
      'practice.stop': () => (this.state = { ...this.state, phase: 'stopped', url: null, credentials: null }),
      'practice.configure': ({ options }) =>
        (this.state = { ...this.state, options: { ...this.state.options, ...options } as PracticeOptions }),
      'practice.badges': () => ({ total: 1, rows: [BADGE] }),
      'practice.badge': () => ({ badge: BADGE, claims: [] }),
      'practice.records': () => ({ total: 0, rows: [] }),
      'practice.call': ({ id }) => {
        if (id > 100) throw saidFailure('not-found', 'This one is older.');
        return {
          call: callOf(id),
          target: '/x',
          requestHeaders: [],
          requestBody: { text: '', length: 0 },
          answer: null,
        };
      },
    };
  }
}

async function followed(): Promise<{ ground: Ground; practice: Practice }> {
  const ground = new Ground();
  const practice = new Practice(ground.door);
  practice.follow();
  await vi.waitFor(() => expect(practice.state).not.toBeNull());
  return { ground, practice };
}

test('starts, follows and stops; a start that fails leaves it stopped with the reason', async () => {
  const { ground, practice } = await followed();
  expect(practice.isRunning).toBe(false);
  ground.startFailure = saidFailure('conflict', 'Port 80 is taken by another program.');
  await practice.start();
  expect(practice.failure).toMatchObject({ code: 'conflict' });
  expect(practice.isRunning).toBe(false);
  ground.startFailure = null;
  await practice.start();
  expect(practice.failure).toBeNull();
  expect(practice.isRunning).toBe(true);
  await vi.waitFor(() => expect(practice.org.newest?.id).toBe(BADGE.id));
  await practice.stop();
  expect(practice.isRunning).toBe(false);
  expect(practice.org.newest).toBeNull();
});

test('calls come newest first, once each, and those of another run replace them', async () => {
  const { ground, practice } = await followed();
  await practice.start();
  ground.traffic(1, [callOf(1), callOf(2, { status: 409, codes: [810], endpoint: 'earn', method: 'POST' })]);
  ground.traffic(1, [callOf(2), callOf(3, { status: null, fault: 'no-answer' })]);
  await vi.waitFor(() => expect(practice.log.count).toBe(3));
  const shown = (): number[] => practice.log.shown.map(({ id }) => id);
  expect(shown()).toEqual([3, 2, 1]);
  practice.log.filter = 'refused';
  flushSync();
  expect(shown()).toEqual([3, 2]);
  practice.log.filter = 'faults';
  flushSync();
  expect(shown()).toEqual([3]);
  practice.log.clearFilter();
  practice.log.search = 'earn 810';
  flushSync();
  expect(shown()).toEqual([2]);
  practice.log.clearFilter();
  await practice.log.open(2);
  expect(practice.log.detail?.target).toBe('/x');

  ground.traffic(2, [callOf(1)]);
  await vi.waitFor(() => expect(shown()).toEqual([1]));
  expect(practice.log.openedId).toBeNull();
});

test('a call that is too old says so instead of showing another one', async () => {
  const { practice } = await followed();
  await practice.log.open(1);
  await practice.log.open(101);
  expect(practice.log.detail).toBeNull();
  expect(practice.log.failure).toMatchObject({ code: 'not-found' });
});

test('what is shown of the org is read again after a write, and not after a read', async () => {
  const { ground, practice } = await followed();
  await practice.start();
  await vi.waitFor(() => expect(practice.org.newest).not.toBeNull());
  ground.traffic(1, [callOf(1)]);
  await vi.waitFor(() => expect(practice.log.count).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 400));
  const before = ground.asked.filter((method) => method === 'practice.badges').length;
  ground.traffic(1, [callOf(2)]);
  await vi.waitFor(() => expect(practice.log.count).toBe(2));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(ground.asked.filter((method) => method === 'practice.badges')).toHaveLength(before);
  ground.traffic(1, [callOf(3, { method: 'POST', endpoint: 'earn' })], 1);
  await vi.waitFor(() =>
    expect(ground.asked.filter((method) => method === 'practice.badges').length).toBeGreaterThan(before),
  );
});

test('it is stopped when the backend dies, says what is kept, and can be followed again', async () => {
  const { ground, practice } = await followed();
  await practice.start();
  ground.die();
  await vi.waitFor(() => expect(practice.isRunning).toBe(false));
  expect(practice.ending).toMatch(/is kept, and it starts again with the engine/);
  practice.follow();
  await practice.configure({ keepsData: false });
  await practice.start();
  expect(practice.ending).toBeNull();
  ground.die();
  await vi.waitFor(() => expect(practice.ending).toMatch(/lived in memory and is gone/));
});

test('it says what became of it also where the backend dies before its start is answered', async () => {
  const { ground, practice } = await followed();
  ground.onlyTells = true;
  const starting = practice.start();
  await vi.waitFor(() => expect(practice.isRunning).toBe(true));
  ground.die();
  await starting;
  await vi.waitFor(() => expect(practice.isRunning).toBe(false));
  expect(practice.failure).toBeNull();
  expect(practice.ending).toMatch(/is kept, and it starts again with the engine/);
});

test('port, place of the data and credentials ask for a restart, zone and switches do not', async () => {
  const { practice } = await followed();
  await practice.start();
  await practice.configure({ timeZone: 'Asia/Tokyo' });
  expect(practice.needsRestart).toBe(false);
  await practice.configure({ port: 8080 });
  expect(practice.needsRestart).toBe(false);
  await practice.configure({ port: 8081 });
  expect(practice.needsRestart).toBe(true);
  await practice.configure({ port: 0, keepsData: false });
  expect(practice.needsRestart).toBe(true);
  await practice.configure({ keepsData: true, asksCredentials: false });
  expect(practice.needsRestart).toBe(true);
});

test('the fault form saves itself once after typing and is not overwritten meanwhile', async () => {
  const { ground, practice } = await followed();
  const form = practice.faultForm;
  form.add();
  const key = form.entries[0]?.key ?? 0;
  form.change(key, { share: 1, route: 'earn' });
  // A report of something else arrives in between, with the rules as they were kept.
  ground.tell({ state: { ...ground.state, storedBytes: 5 } });
  await vi.waitFor(() => expect(practice.state?.storedBytes).toBe(5));
  expect(form.entries).toHaveLength(1);
  await vi.waitFor(() => expect(ground.state.options.faults.rules).toHaveLength(1));
  expect(ground.state.options.faults.rules[0]).toMatchObject({ share: 1, route: 'earn', isOn: true });
  expect(ground.asked.filter((method) => method === 'practice.configure')).toHaveLength(1);

  form.change(key, { route: undefined });
  await vi.waitFor(() => expect(ground.state.options.faults.rules[0]).not.toHaveProperty('route'));
  form.allOff();
  await vi.waitFor(() => expect(ground.state.options.faults.rules[0]?.isOn).toBe(false));
  form.remove(key);
  await vi.waitFor(() => expect(ground.state.options.faults.rules).toEqual([]));
});
