import { parseJson, writeJson } from '../../../shared/domain/json';
import type { Finding } from '../../../shared/simulation/json-path';
import type { EventsFile, OpenedScenario, ScenarioBody } from '../../../shared/ipc/simulation-contract';
import { quotedWords } from '../../../shared/ipc/plain-words';
import type { KeptState } from '../../../shared/ipc/kept-scenarios-contract';
import type { PolicyText } from '../../../shared/ipc/policies-contract';
import type { PickedFile } from '../../../shared/ipc/native';
import { UnreadTexts } from '../../components/unread-texts.svelte';
import type { Door } from '../../lib/backend';
import { arrived, draftOf, travelling, type ScenarioDraft, type TravellingScenario } from './scenario-draft';
import { unshownFields } from './unshown-fields';
import { say } from '../../lib/say.svelte';
import { findingText } from './finding-text';
import { LibraryCopies } from './library-copies.svelte';
import { TableLook } from '../../customers/table-look.svelte';
import type { TableChoices, TableInspection } from '../../../shared/ipc/tables-contract';
import { choicesOfEvents, forgetColumns, takeColumns, takeReading } from './events-reading';

const KEY = 'laurel.scenario';
const KNOWN_KEY = 'laurel.scenario.untilKnown';
const POLICIES_KEY = 'laurel.scenario.policies';
const KEPT_KEY = 'laurel.scenario.kept';
const CHECK_AFTER = 250;

/** A finding as a field shows it; the engine's findings have no codes. */
export interface ScenarioNote {
  code: null;
  message: string;
}

/** The file a scenario replays: just chosen, or the one that a kept result was made of. */
export interface ReplayChoice {
  source: EventsFile;
  name: string;
  /** Column names; null where the file was not looked into. */
  columns: readonly string[] | null;
}

/** A number that is to be known, and how well. */
export interface UntilKnown {
  measure: string;
  at: 'p10' | 'p50' | 'p90' | 'mean';
  /** As a share of the number. */
  width: number;
  most: number;
}

/** The file a scenario was opened from, and what its form does not show. */
export interface ScenarioOrigin {
  name: string;
  notes: readonly string[];
}

/** All that a person would lose if another scenario took the place of this one. */
export interface FormState {
  draft: ScenarioDraft | null;
  replay: ReplayChoice | null;
  pseudonyms: boolean;
  origin: ScenarioOrigin | null;
  policies: readonly PolicyText[];
  kept: KeptState | null;
}

/** The scenario in the editor. It outlasts the screen, and the next start brings it back. */
export class ScenarioForm {
  draft = $state<ScenarioDraft | null>(remembered());
  replay = $state.raw<ReplayChoice | null>(null);
  pseudonyms = $state(false);
  origin = $state.raw<ScenarioOrigin | null>(null);
  /** What must hold of the answer; they belong to this scenario, and go with it. */
  policies = $state.raw<readonly PolicyText[]>(rememberedPolicies());
  /** The scenario of the workspace that this one was opened from, or kept as; null: it is none. */
  kept = $state.raw<KeptState | null>(rememberedKept());
  /** Runs go on until this is known; null: so many as the scenario says. */
  untilKnown = $state<UntilKnown | null>(rememberedTarget());
  mistakes = $state.raw<readonly Finding[]>([]);
  warnings = $state.raw<readonly Finding[]>([]);
  checking = $state(false);
  failure = $state.raw<unknown>(null);

  /** What stands typed in its fields and is not in the scenario. */
  readonly unread = new UnreadTexts();

  /** What its badges have to do with those of the library. */
  readonly copies: LibraryCopies;

  /** All rows of the file that is replayed. */
  readonly look: TableLook;
  readonly #door: Door;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(door: Door) {
    this.#door = door;
    this.copies = new LibraryCopies(door);
    this.look = new TableLook(door);
  }

  /** Why Run does nothing now; null: it would start. */
  readonly blocked = $derived.by((): string | null => {
    if (this.draft === null) return say('simulate.blockedNoScenario');
    if (this.draft.badges.length === 0) return say('simulate.blockedNoBadge');
    if (this.draft.events !== null && this.replay === null) return say('simulate.blockedNoFile');
    if (this.unread.reason !== null) return this.unread.reason;
    const [mistake] = this.mistakes;
    return mistake === undefined
      ? null
      : `${mistake.path === '' ? say('simulate.theScenario') : quotedWords(mistake.path)}: ${findingText(mistake)}`;
  });

  load(draft: ScenarioDraft, replay: ReplayChoice | null = null, pseudonyms = false): void {
    this.draft = draft;
    this.look.clear();
    this.replay = replay;
    this.pseudonyms = pseudonyms;
    this.origin = null;
    this.policies = [];
    this.kept = null;
    this.mistakes = [];
    this.warnings = [];
  }

  loadBody(body: ScenarioBody, replay: ReplayChoice | null = null, pseudonyms = false): void {
    this.load(draftOf(body), replay, pseudonyms);
  }

  /** Takes a scenario that was read from a file, with the columns of what it replays. */
  async open(opened: OpenedScenario, kept: KeptState | null = null): Promise<void> {
    const { name, badgeFiles, events } = opened;
    const body = arrived(opened);
    const found = events?.found === true ? events.file : null;
    const columns = found === null ? null : await this.#columnsOf(found);
    const replay = found === null ? null : { source: { token: found.token }, name: found.name, columns };
    this.loadBody(body, replay);
    this.policies = opened.policies;
    this.kept = kept;
    this.origin = { name, notes: openingNotes(body, badgeFiles, events) };
    void this.lookAgain();
    await this.check();
  }

  async #columnsOf(file: PickedFile): Promise<readonly string[] | null> {
    try {
      return (await this.#door('customers.inspectFile', { token: file.token })).header;
    } catch {
      // The run says what is wrong with the file; until then its columns are typed instead of chosen.
      return null;
    }
  }

  /** The scenario as it stands, for `restore`. */
  state(): FormState {
    const { replay, pseudonyms, origin, policies, kept } = this;
    return {
      draft: this.draft === null ? null : draftOf(parseJson(writeJson(this.draft)) as ScenarioBody),
      replay,
      pseudonyms,
      origin,
      policies,
      kept,
    };
  }

  restore({ draft, replay, pseudonyms, origin, policies, kept }: FormState): void {
    if (draft === null) this.clear();
    else {
      this.load(draft, replay, pseudonyms);
      this.origin = origin;
      this.policies = policies;
      this.kept = kept;
      this.changed();
    }
  }

  clear(): void {
    this.draft = null;
    this.copies.clear();
    this.look.clear();
    this.replay = null;
    this.origin = null;
    this.policies = [];
    this.kept = null;
    this.mistakes = [];
    this.warnings = [];
    localStorage.removeItem(KEY);
    localStorage.removeItem(KEPT_KEY);
    localStorage.removeItem(POLICIES_KEY);
  }

  /** What a run is asked with. */
  asked(): (TravellingScenario & { events: EventsFile | null; pseudonyms: boolean }) | null {
    if (this.draft === null) return null;
    const events = this.draft.events === null ? null : (this.replay?.source ?? null);
    return { ...travelling(this.draft), events, pseudonyms: events !== null && this.pseudonyms };
  }

  /** Keeps the scenario for the next start and has it checked, once typing pauses. */
  changed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.check(), CHECK_AFTER);
  }

  /** Has the scenario checked and linted; the answer to an older state never overwrites a newer one. */
  async check(): Promise<void> {
    clearTimeout(this.#timer);
    const asked = this.asked();
    if (asked === null) return;
    localStorage.setItem(KEY, writeJson(this.draft));
    localStorage.setItem(POLICIES_KEY, JSON.stringify(this.policies));
    localStorage.setItem(KEPT_KEY, JSON.stringify(this.kept));
    localStorage.setItem(KNOWN_KEY, JSON.stringify(this.untilKnown));
    const number = (this.#asked += 1);
    void this.copies.look({ body: asked.body, numbers: asked.numbers });
    if (asked.body['events'] !== null && asked.events === null) return;
    this.checking = true;
    try {
      const { mistakes, warnings } = await this.#door('simulation.check', asked);
      if (number !== this.#asked) return;
      this.mistakes = mistakes;
      this.warnings = warnings;
      this.failure = null;
    } catch (error) {
      if (number === this.#asked) this.failure = error;
    } finally {
      if (number === this.#asked) this.checking = false;
    }
  }

  /** Replays a file in place of described customers; its columns are guessed by their names. */
  async takeFile(file: PickedFile): Promise<void> {
    const { draft } = this;
    if (draft === null) return;
    try {
      const { header, roles } = await this.#door('customers.inspectFile', { token: file.token, purpose: 'events' });
      const columns = header ?? [];
      draft.events = {
        csv: file.name,
        customer: roles.customer ?? '',
        at: roles.at ?? '',
        amount: roles.amount,
        segment: roles.segment,
      };
      draft.customers = null;
      // What happened has no other draws; several runs would only differ by the chance that an event counts.
      draft.replications = 1;
      for (const badge of draft.badges) for (const wave of badge.enrol) delete wave.segments;
      this.replay = { source: { token: file.token }, name: file.name, columns };
      this.failure = null;
      this.changed();
      this.look.startWaiting();
      const found = await this.look.inspect(file.token, 'events');
      if (found === null || draft !== this.draft || draft.events === null) return;
      takeReading(draft.events, found);
      this.changed();
      // What was remembered only proposes: it stands in the scenario like anything that was said of this file.
      if (this.look.proposed !== null) await this.#take(this.look.proposed.choices);
    } catch (error) {
      this.failure = error;
    }
  }

  /** Puts what a person said of the file into the scenario, and looks at all rows again. */
  async choose(choice: TableChoices): Promise<void> {
    await this.#take(choice);
    await this.#remember();
  }

  /** A column was chosen in its field. */
  async changedColumn(): Promise<void> {
    await this.lookAgain();
    await this.#remember();
  }

  async #remember(): Promise<void> {
    const events = this.draft?.events;
    if (events && this.replay !== null) await this.look.remember(this.replay.name, choicesOfEvents(events));
  }

  /** Forgets what was remembered of files of this shape, and reads this one as it is found. */
  async dropRemembered(): Promise<void> {
    await this.look.forget();
    const { replay } = this;
    const events = this.draft?.events;
    if (!events || replay === null || !('token' in replay.source)) return;
    forgetColumns(events);
    delete events.sheet;
    delete events.zone;
    const found = await this.look.inspect(replay.source.token, 'events');
    if (found === null || this.draft?.events !== events) return;
    takeColumns(events, found);
    this.changed();
  }

  async #take(choice: TableChoices): Promise<void> {
    const events = this.draft?.events;
    if (events === null || events === undefined) return;
    if (choice.sheet !== undefined) forgetColumns(events);
    const { columns = {}, ...reading } = choice;
    Object.assign(events, columns, reading);
    this.changed();
    const found = await this.lookAgain();
    // Of another sheet, the columns are other ones.
    if (found !== null && choice.sheet !== undefined && this.draft?.events) {
      takeColumns(this.draft.events, found);
      if (this.replay !== null) this.replay = { ...this.replay, columns: found.columns.map(({ name }) => name) };
      this.changed();
    }
  }

  /** Looks at all rows of the file as the scenario reads them. */
  async lookAgain(): Promise<TableInspection | null> {
    const events = this.draft?.events;
    const source = this.replay?.source;
    if (events === null || events === undefined || source === undefined || !('token' in source)) return null;
    return await this.look.inspect(source.token, 'events', choicesOfEvents(events));
  }

  /** Mistakes and warnings of one field. */
  notes(path: string): { errors: ScenarioNote[]; warnings: ScenarioNote[] } {
    const at = (findings: readonly Finding[]): ScenarioNote[] =>
      findings.filter((finding) => finding.path === path).map((found) => ({ code: null, message: findingText(found) }));
    return { errors: at(this.mistakes), warnings: at(this.warnings) };
  }
}

function remembered(): ScenarioDraft | null {
  const stored = localStorage.getItem(KEY);
  if (stored === null) return null;
  try {
    return draftOf(parseJson(stored) as ScenarioBody);
  } catch {
    return null;
  }
}

function rememberedTarget(): UntilKnown | null {
  try {
    return JSON.parse(localStorage.getItem(KNOWN_KEY) ?? 'null') as UntilKnown | null;
  } catch {
    return null;
  }
}

function rememberedKept(): KeptState | null {
  try {
    return JSON.parse(localStorage.getItem(KEPT_KEY) ?? 'null') as KeptState | null;
  } catch {
    return null;
  }
}

function rememberedPolicies(): readonly PolicyText[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(POLICIES_KEY) ?? '[]');
    return Array.isArray(stored) ? (stored as PolicyText[]) : [];
  } catch {
    return [];
  }
}

/** What a person should know about a scenario that came from a file, one sentence each. */
function openingNotes(
  body: ScenarioBody,
  badgeFiles: readonly string[],
  events: OpenedScenario['events'],
): readonly string[] {
  const unshown = unshownFields(body);
  const [file] = badgeFiles;
  return [
    ...(file === undefined
      ? []
      : [
          badgeFiles.length === 1
            ? say('simulate.badgeFromFile', { file })
            : say('simulate.badgesFromFiles', { files: badgeFiles.join(', ') }),
        ]),
    ...(events?.found === false ? [say('simulate.eventsNotFound', { reason: events.reason })] : []),
    ...(unshown.length === 0 ? [] : [say('simulate.unshown', { fields: unshown.join(', ') })]),
  ];
}
