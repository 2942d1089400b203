import { existsSync, rmSync, statSync } from 'node:fs';
import { lockFile } from '../../../db/lock';
import type { Instant } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import type {
  PracticeCall,
  PracticeOptions,
  PracticeReport,
  PracticeSavedState,
  PracticeState,
  PracticeTraffic,
} from '../../../shared/ipc/practice-contract';
import type { Log } from '../context';
import { TOKEN_TTL_SECONDS, type Credentials } from './credentials';
import type { KeptAccess } from './kept-access';
import type { FilledOrg, PulledOrg } from './states/fill-org';
import type { StateFolder } from './states/state-folder';
import { notRunning, startPracticeOrg, type RunningPracticeOrg } from './host';
import { REMEMBERED_CALLS } from './desk';
import type { PracticeNews, QuestionAnswer, QuestionInput, QuestionName } from './questions';
import { BODY_LIMIT_BYTES } from './server/request-body';
import { faultPlanOf, orgSettingsOf, type PracticeOptionStore } from './options';
import { message, type Message } from '../../../shared/words/message';

const NOTHING_YET: PracticeNews = {
  answered: 0,
  calls: [],
  totals: { badges: 0, claims: 0, enrolments: 0, awards: 0 },
  clock: null,
  faults: [],
};

/** A SQLite file and what stands beside it while it is open. */
const PARTS = ['', '-wal', '-shm'];

export interface PracticeSessionOptions {
  /** Absolute path of the kept org; made at the first start that keeps its data. */
  file: string;
  options: PracticeOptionStore;
  access: KeptAccess;
  states: StateFolder;
  /** Absolute path of the folder of pictures that the org serves; made when the first are put there. */
  pictures: string;
  now(): Instant;
  log: Log;
}

/** The practice org of one workspace: started and stopped one step after the other, watched by any number of pages. */
export class PracticeSession {
  readonly #file: string;
  readonly #options: PracticeOptionStore;
  readonly access: KeptAccess;
  readonly states: StateFolder;
  readonly pictures: string;
  readonly #now: () => Instant;
  readonly #log: Log;
  readonly #watchers = new Set<(report: PracticeReport) => void>();
  #phase: PracticeState['phase'] = 'stopped';
  #running: RunningPracticeOrg | null = null;
  #isKept = false;
  #startedOn: Instant | null = null;
  #failure: Message | null = null;
  #note: Message | null = null;
  #run = 0;
  #latest: PracticeNews = NOTHING_YET;
  #recent: readonly PracticeCall[] = [];
  #isClosed = false;
  /** Starts, stops and changes wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor({ file, options, access, states, pictures, now, log }: PracticeSessionOptions) {
    this.#file = file;
    this.#options = options;
    this.access = access;
    this.states = states;
    this.pictures = pictures;
    this.#now = now;
    this.#log = log;
  }

  get state(): PracticeState {
    return {
      phase: this.#phase,
      url: this.#running?.url ?? null,
      credentials: this.#running?.credentials ?? null,
      startedOn: this.#startedOn,
      isKept: this.#isKept,
      failure: this.#failure,
      note: this.#note,
      options: this.#options.current,
      storedBytes: this.#storedBytes(),
      limits: { bodyBytes: BODY_LIMIT_BYTES, tokenSeconds: TOKEN_TTL_SECONDS },
    };
  }

  /** @throws Failure `conflict` when the port is taken, `database` or `database-newer` when the kept org cannot be opened */
  start(): Promise<PracticeState> {
    return this.#inTurn(() => this.#start());
  }

  /** Goes on where it ran when Laurel ended; not with an org that lived in memory. Never rejects. */
  async resume(): Promise<void> {
    if (!this.access.runs || !this.#options.current.keepsData) return;
    try {
      await this.start();
    } catch (error) {
      this.#failure = error instanceof Failure ? error.words : null;
      this.#log.error({ failure: String(error) }, 'the practice org could not go on');
      this.#tell({ state: this.state, traffic: null });
    }
  }

  async #start(): Promise<PracticeState> {
    if (this.#running !== null) return this.state;
    if (this.#isClosed) throw new Failure('cancelled', message('practice.notStartedClosing'));
    const options = this.#options.current;
    this.#failure = null;
    this.#note = null;
    this.#enter('starting');
    try {
      const credentials = options.asksCredentials ? await this.access.credentials() : null;
      const running = await this.#startOn(options, credentials);
      this.#adopt(running, options.keepsData);
      if (options.port === 0 && this.#note === null) this.access.keep({ port: Number(new URL(running.url).port) });
      this.access.keep({ runs: true });
    } catch (error) {
      this.#enter('stopped');
      throw error;
    }
    return this.state;
  }

  /** On the port that was chosen; else on the one of last time, or on any other where that is taken. */
  async #startOn(options: PracticeOptions, credentials: Credentials | null): Promise<RunningPracticeOrg> {
    const startOn = (port: number): Promise<RunningPracticeOrg> =>
      startPracticeOrg({
        file: options.keepsData ? this.#file : null,
        port,
        settings: orgSettingsOf(options),
        faults: faultPlanOf(options),
        clock: options.clock,
        credentials,
        pictures: this.pictures,
      });
    const before = options.port === 0 ? this.access.port : null;
    if (before === null) return startOn(options.port);
    try {
      return await startOn(before);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'conflict') throw error;
      const running = await startOn(0);
      this.#note = message('practiceStates.otherPort', { before: String(before), url: running.url });
      return running;
    }
  }

  /** Finishes the calls under way. */
  stop(): Promise<PracticeState> {
    return this.#inTurn(async () => {
      await this.#end();
      this.access.keep({ runs: false });
      return this.state;
    });
  }

  /** @throws Failure `invalid-input` for a time zone that does not exist; nothing is changed */
  configure(changes: Partial<PracticeOptions>): Promise<PracticeState> {
    return this.#inTurn(async () => {
      const options = this.#options.update(changes);
      if (changes.timeZone !== undefined || changes.switches !== undefined) {
        await this.#apply('settings', orgSettingsOf(options));
      }
      if (changes.faults !== undefined) await this.#apply('faults', faultPlanOf(options));
      if (changes.clock !== undefined) await this.#apply('clock', options.clock);
      // Whoever turns it off and on again gets a new pair.
      if (changes.asksCredentials === false) await this.access.forgetCredentials();
      this.#tell({ state: this.state, traffic: null });
      return this.state;
    });
  }

  /**
   * Empties the org that runs, or deletes the one that is kept; its pictures go with it.
   *
   * @throws Failure `database` when the kept one is open elsewhere or may not be deleted
   */
  reset(): Promise<PracticeState> {
    return this.#inTurn(async () => {
      if (this.#running === null) this.#deleteKept();
      else await this.#apply('empty', null);
      rmSync(this.pictures, { recursive: true, force: true });
      this.#tell({ state: this.state, traffic: null });
      return this.state;
    });
  }

  /** Saves the org that runs under a name. @throws Failure `not-found`, `conflict`, `invalid-input` */
  saveState(name: string): Promise<readonly PracticeSavedState[]> {
    return this.#inTurn(async () => {
      const place = this.states.placeFor(name);
      await this.ask('save', place);
      return this.states.list();
    });
  }

  /**
   * Makes the org what a state says, starting it if need be; its rules, zone and clock become those of the state.
   *
   * @throws Failure when the state cannot be used; the org is then as it was
   */
  restoreState(id: string): Promise<PracticeState> {
    return this.#inTurn(async () => {
      const place = this.states.fileOf(id);
      await this.#start();
      const { settings, ...news } = await this.ask('restore', place);
      const { zone, ...switches } = settings;
      this.#options.update({ timeZone: zone, switches, clock: news.clock });
      this.#heard(news);
      this.#tell({ state: this.state, traffic: null });
      return this.state;
    });
  }

  /** Empties the org and fills it with what was pulled, starting it if need be; its zone becomes the org's. */
  fill(pulled: PulledOrg): Promise<FilledOrg> {
    return this.#inTurn(async () => {
      await this.#start();
      const { filled, ...news } = await this.ask('fill', pulled);
      this.#options.update({ timeZone: pulled.timeZone });
      this.#heard(news);
      this.#tell({ state: this.state, traffic: null });
      return filled;
    });
  }

  /** Tells how things stand, then every change, until the answer is called. */
  watch(listener: (report: PracticeReport) => void): () => void {
    this.#watchers.add(listener);
    listener({ state: this.state, traffic: this.#trafficWith(this.#recent) });
    return () => this.#watchers.delete(listener);
  }

  /** @throws Failure `not-found` when it does not run, or does not have what is asked for */
  async ask<Q extends QuestionName>(name: Q, input: QuestionInput<Q>): Promise<QuestionAnswer<Q>> {
    if (this.#running === null) throw notRunning();
    return this.#running.ask(name, input);
  }

  /** Stops the org for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#inTurn(() => this.#end());
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(step);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  #adopt(running: RunningPracticeOrg, isKept: boolean): void {
    this.#running = running;
    this.#isKept = isKept;
    this.#startedOn = this.#now();
    this.#run += 1;
    this.#latest = running.news;
    this.#recent = [];
    running.onNews((news) => this.#heard(news));
    void running.ended.then((failure) => {
      // A stop has already said so itself.
      if (this.#running !== running) return;
      this.#running = null;
      this.#failure = failure?.words ?? null;
      this.#log.error({ failure: failure?.message }, 'the practice org ended by itself');
      this.#enter('stopped');
    });
    this.#log.info({ url: running.url, isKept }, 'the practice org answers');
    this.#enter('running');
  }

  async #end(): Promise<void> {
    const running = this.#running;
    if (running === null) return;
    this.#enter('stopping');
    await running.stop();
    this.#running = null;
    this.#startedOn = null;
    this.#log.info({}, 'the practice org was stopped');
    this.#enter('stopped');
  }

  /** Has the org that runs follow what was chosen; one that does not run will at its start. */
  async #apply<Q extends 'settings' | 'faults' | 'empty' | 'clock'>(name: Q, input: QuestionInput<Q>): Promise<void> {
    if (this.#running !== null) this.#heard(await this.#running.ask(name, input));
  }

  #heard(news: PracticeNews): void {
    this.#latest = news;
    // A caller moved the clock: it stands there after the next start, too.
    if (news.clock !== null && this.#options.current.clock !== null && news.clock !== this.#options.current.clock) {
      this.#options.update({ clock: news.clock });
      this.#tell({ state: this.state, traffic: null });
    }
    this.#recent = [...this.#recent, ...news.calls].slice(-REMEMBERED_CALLS);
    this.#tell({ state: null, traffic: this.#trafficWith(news.calls) });
  }

  #trafficWith(calls: readonly PracticeCall[]): PracticeTraffic {
    const { answered, totals, faults } = this.#latest;
    return { run: this.#run, answered, calls, totals, faults };
  }

  #enter(phase: PracticeState['phase']): void {
    this.#phase = phase;
    this.#tell({ state: this.state, traffic: phase === 'running' ? this.#trafficWith([]) : null });
  }

  #tell(report: PracticeReport): void {
    for (const watcher of this.#watchers) watcher(report);
  }

  /** @throws Failure `database` when a practice org of another process answers from it */
  #deleteKept(): void {
    if (!existsSync(this.#file)) return;
    const lock = lockFile(this.#file, 'practice');
    try {
      for (const part of PARTS) rmSync(`${this.#file}${part}`, { force: true });
    } finally {
      lock.release();
    }
  }

  #storedBytes(): number | null {
    if (!existsSync(this.#file)) return null;
    return PARTS.reduce(
      (bytes, part) => bytes + (statSync(`${this.#file}${part}`, { throwIfNoEntry: false })?.size ?? 0),
      0,
    );
  }
}
