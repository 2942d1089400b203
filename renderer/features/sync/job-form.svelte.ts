import { BADGE_OWNERS, MEMBER_CARE, OWNER_TYPES } from '../../../shared/domain/badge';
import type { ConnectionView, LiveJobView, ServedBadge, SyncRow } from '../../../shared/ipc/sync-contract';
import type { RequestSummary } from '../../../shared/ipc/issuance-contract';
import type { Input } from '../../../shared/ipc/contract';
import type { JobDraft, LookAhead } from '../../../shared/ipc/look-ahead-contract';
import type { GivingAction } from '../../../shared/ipc/take-back-contract';
import { UnreadTexts } from '../../components/unread-texts.svelte';
import { formatNumber } from '../../lib/format';
import { CustomersForm } from '../../customers/customers.svelte';
import type { Door } from '../../lib/backend';
import { say } from '../../lib/say.svelte';
import { BeginForm } from './begin.svelte';
import { DraftKeeper } from './draft-keeper';
import { JobLook, type LookQuestion } from './job-look.svelte';

const MOST_SUGGESTIONS = 100;
const EMPTY_CUSTOMERS: JobDraft['customers'] = {
  ...{ kind: 'file', pasted: '', rangeFrom: '1', rangeTo: '1000', file: null },
};

export type JobSource = JobDraft['source'];
export interface JobOwner {
  ownerType: string;
  referenceId: string;
}
type JobBadge = NonNullable<JobDraft['badge']>;

type Customers = Input<'liveJobs.start'>['customers'];
type Reading = { ready: true; source: Customers; counted: string } | { ready: false; reason: string };

/** A live job as a person sets it up: badge, owner, and customers. It is kept as a draft until it is started. */
export class JobForm {
  isOpen = $state(false);
  action = $state<GivingAction>('award');
  badge = $state.raw<JobBadge | null>(null);
  badges = $state.raw<readonly SyncRow[]>([]);
  /** Active claims on the live badge, and the kinds of owners that may claim it. */
  claims = $state.raw<readonly JobOwner[]>([]);
  allowed = $state.raw<readonly string[]>([]);
  /** An owner that has no claim, as it is typed; null: one that has is chosen. */
  other = $state.raw<JobOwner | null>(null);
  claimed = $state.raw<JobOwner | null>(null);
  source = $state<JobSource>('list');
  requests = $state.raw<readonly RequestSummary[]>([]);
  requestId = $state<number | null>(null);
  served = $state.raw<readonly ServedBadge[]>([]);
  simulation = $state.raw<JobDraft['simulation']>(null);
  eventDate = $state<number | null>(null);
  /** What stands typed in its field and was not taken over: half a date; null: nothing does. */
  eventDateTyped = $state<string | null>(null);
  typedName = $state('');
  busy = $state(false);
  claiming = $state(false);
  failure = $state.raw<unknown>(null);
  /** The file of a kept draft that cannot be read any more. */
  goneFile = $state<string | null>(null);

  /** What stands typed in its fields and is in none of the values above. */
  readonly unread = new UnreadTexts();
  readonly begin = new BeginForm();
  readonly customers: CustomersForm;
  readonly look: JobLook;
  readonly reading = $derived.by<Reading>(() => this.#read());
  /** In whose name it is done; null: not said whole yet. */
  readonly owner = $derived.by<JobOwner | null>(() => {
    if (this.other === null) return this.claimed;
    const { ownerType, referenceId } = this.other;
    // Enrolling needs no claim, and so no reference (semantics I1).
    const isWhole = referenceId.trim() !== '' || ownerType === MEMBER_CARE || this.action === 'enrol';
    return isWhole ? { ownerType, referenceId: referenceId.trim() } : null;
  });
  /** What a look is about: an owner that is not whole yet is looked at as far as it is typed. */
  readonly question = $derived.by<LookQuestion | null>(() => {
    if (this.badge === null) return null;
    const other = this.other && { ...this.other, referenceId: this.other.referenceId.trim() };
    return {
      connectionId: this.connectionId,
      remoteBadgeId: this.badge.remoteId,
      action: this.action,
      owner: other ?? this.claimed,
      eventDate: this.eventDate,
    };
  });

  readonly #door: Door;
  readonly connectionId: number;
  #searched = 0;
  readonly #keeper: DraftKeeper<JobDraft>;
  /** Whether the person said in whose name; a proposal gives way to what the org answers. */
  #hasOwner = false;

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.connectionId = connectionId;
    this.customers = new CustomersForm(door);
    this.look = new JobLook(door, (ahead) => this.#takeLook(ahead));
    this.#keeper = new DraftKeeper<JobDraft>({
      current: () => this.draft,
      read: () => door('liveJobs.draft', { connectionId }),
      write: (draft) => door('liveJobs.keepDraft', { connectionId, draft }),
      take: (draft, goneFile) => {
        this.#take(draft);
        this.goneFile = goneFile;
      },
      takeFile: async ({ draft: { customers }, file }) => {
        const { column, sheet } = customers.file ?? {};
        if (file !== null) await this.customers.takeAs(file, column ?? undefined, sheet ?? undefined);
        // What was in use of the file before stays said: the kind is set by taking it.
        this.customers.kind = customers.kind;
      },
      failed: (error) => (this.failure = error),
    });
  }

  /** Takes an event date over whatever stands typed. */
  setEventDate(value: number | null): void {
    this.eventDate = value;
    this.eventDateTyped = null;
  }

  /** What keeps the job from being started; null: nothing. */
  blocked({ name, kind, writable }: ConnectionView): string | null {
    if (!writable) return say('sync.readOnly', { name });
    if (this.badge === null) return say('live.chooseBadge');
    if (this.owner === null) return say('live.chooseOwner');
    if (!this.reading.ready) return this.reading.reason;
    if (this.unread.reason !== null) return this.unread.reason;
    if (this.look.blocked !== null) return this.look.blocked;
    if (kind === 'production' && this.typedName !== name) return say('sync.typeNameFirst');
    return null;
  }

  /** The form as it is kept. */
  get draft(): JobDraft {
    const {
      isOpen,
      action,
      badge,
      other,
      claimed,
      source,
      customers,
      requestId,
      simulation,
      eventDate,
      eventDateTyped,
      begin,
    } = this;
    const { kind, pasted, rangeFrom, rangeTo, file, view } = customers;
    const owner = other ?? claimed;
    return {
      ...{ isOpen, action, badge, source, requestId, simulation, eventDate },
      ...(eventDateTyped === null ? {} : { eventDateTyped }),
      ...(begin.kept === undefined ? {} : { begin: begin.kept }),
      owner: owner && { ...owner, isClaimed: other === null },
      customers: {
        ...{ kind, pasted, rangeFrom, rangeTo },
        file: file && { token: file.token, name: file.name, column: view?.column ?? null, sheet: view?.sheet ?? null },
      },
    };
  }

  /** Reads what can be chosen from: live badges, local requests, kept simulations; and, once, the draft of before. */
  async load(): Promise<void> {
    await Promise.all([this.restore(), this.searchBadges(''), this.#loadRequests(), this.#loadSimulations()]);
  }

  /** Opens or closes the form, as a person does. */
  show(isOpen: boolean): void {
    this.isOpen = isOpen;
    this.#keeper.said();
  }

  /** Takes the draft that was kept, unless the form is in use already. */
  restore(): Promise<void> {
    return this.#keeper.restore();
  }

  /** Keeps the form as it stands, once it has come to rest. */
  keepSoon(): void {
    this.#keeper.soon();
  }

  keep(): Promise<void> {
    return this.#keeper.keep();
  }

  /** Whether anything is filled in that another form in its place would overwrite. */
  get isBegun(): boolean {
    const { badge, claimed, other, requestId, simulation, eventDate, eventDateTyped, customers } = this;
    const { pasted, rangeFrom, rangeTo, file } = customers;
    const chosen = [badge, claimed, other, requestId, simulation, eventDate, eventDateTyped, file];
    if (chosen.some((each) => each !== null) || this.begin.kept !== undefined) return true;
    return pasted.trim() !== '' || rangeFrom !== EMPTY_CUSTOMERS.rangeFrom || rangeTo !== EMPTY_CUSTOMERS.rangeTo;
  }

  /** Empties the form, and with it the draft. */
  async startOver(isOpen = true): Promise<void> {
    this.customers.dropFile();
    this.#take({
      ...{ isOpen, action: 'award', badge: null, owner: null, source: 'list', requestId: null, simulation: null },
      customers: EMPTY_CUSTOMERS,
      eventDate: null,
    });
    this.failure = null;
    this.goneFile = null;
    await this.#keeper.forget();
  }

  async searchBadges(search: string): Promise<void> {
    const searched = (this.#searched += 1);
    try {
      const { rows } = await this.#door('sync.list', {
        connectionId: this.connectionId,
        search,
        limit: MOST_SUGGESTIONS,
      });
      if (searched === this.#searched) this.badges = rows.filter(({ remoteId }) => remoteId !== null);
    } catch (error) {
      this.failure = error;
    }
  }

  /** Takes a badge with the claims that were pulled of it; a look at the org then says what is so now. */
  async chooseBadge(badgeId: string): Promise<void> {
    const row = this.badges.find((known) => known.badgeId === badgeId);
    this.badge = row?.remoteId ? { badgeId, remoteId: row.remoteId, name: row.name } : null;
    this.claims = [];
    this.allowed = [];
    this.claimed = null;
    this.other = null;
    this.#hasOwner = false;
    if (this.badge === null) return;
    try {
      const { claims } = await this.#door('sync.compare', { connectionId: this.connectionId, badgeId });
      const isLooked = (this.look.ahead?.badge ?? null) !== null;
      if (this.badge?.badgeId !== badgeId || isLooked) return;
      this.#proposeOwner(claims.filter(({ live }) => live));
    } catch (error) {
      this.failure = error;
    }
  }

  chooseClaimed(owner: JobOwner): void {
    this.#hasOwner = true;
    this.other = null;
    this.claimed = owner;
  }

  /** An owner that has no claim, as far as it is typed. */
  typeOwner(owner: JobOwner): void {
    this.#hasOwner = true;
    this.other = owner;
  }

  /** Claims the badge in the org for the owner that was chosen, and looks again. */
  async claim({ kind }: ConnectionView, owner: JobOwner): Promise<void> {
    if (this.claiming || this.badge === null) return;
    this.claiming = true;
    this.failure = null;
    try {
      await this.#door('liveJobs.claim', {
        ...{ connectionId: this.connectionId, remoteBadgeId: this.badge.remoteId, owner },
        ...(kind === 'production' ? { typedName: this.typedName } : {}),
      });
    } catch (error) {
      this.failure = error;
    } finally {
      this.claiming = false;
      this.typedName = '';
    }
    await this.look.again();
  }

  /** Shows what a job that was taken out was filled in as. */
  async reload(): Promise<void> {
    this.#keeper.leave();
    this.customers.dropFile();
    await this.restore();
  }

  /**
   * Starts the job, or puts it to wait. Where that fails, `failure` says why, nothing was sent, and the form stays.
   *
   * @param others all live jobs of the org
   * @param onstarted told of the job before the form is closed
   */
  async start(
    connection: ConnectionView,
    others: readonly LiveJobView[],
    onstarted: (job: LiveJobView) => void,
  ): Promise<void> {
    const { badge, owner, reading } = this;
    const begin = this.begin.begin(others);
    if (this.busy || badge === null || owner === null || !reading.ready || begin === null) return;
    this.busy = true;
    this.failure = null;
    try {
      const job = await this.#door('liveJobs.start', {
        connectionId: connection.id,
        remoteBadgeId: badge.remoteId,
        action: this.action,
        owner,
        eventDate: this.eventDate,
        customers: reading.source,
        looked: this.look.seen,
        ...(begin.kind === 'now' ? {} : { begin, form: this.draft }),
        ...(connection.kind === 'production' ? { typedName: this.typedName } : {}),
      });
      onstarted(job);
      await this.startOver(false);
    } catch (error) {
      this.failure = error;
      // What stands in the way now is shown where it is mended.
      void this.look.again();
    } finally {
      this.busy = false;
      this.typedName = '';
    }
  }

  #take(draft: JobDraft): void {
    const { isOpen, action, badge, owner, source, customers, requestId, simulation, eventDate, eventDateTyped } = draft;
    this.isOpen = isOpen;
    this.action = action;
    this.badge = badge;
    this.claims = [];
    this.allowed = [];
    const named = owner && { ownerType: owner.ownerType, referenceId: owner.referenceId };
    this.claimed = owner?.isClaimed ? named : null;
    this.other = owner === null || owner.isClaimed ? null : named;
    this.#hasOwner = owner !== null;
    this.source = source;
    this.requestId = requestId;
    this.simulation = simulation;
    this.eventDate = eventDate;
    this.eventDateTyped = eventDateTyped ?? null;
    this.begin.take(draft.begin);
    this.customers.kind = customers.kind;
    this.customers.pasted = customers.pasted;
    this.customers.rangeFrom = customers.rangeFrom;
    this.customers.rangeTo = customers.rangeTo;
  }

  /** The claims and owners that the org has now. */
  #takeLook({ badge }: LookAhead): void {
    if (badge === null) return;
    this.allowed = badge.allowedOwners;
    const typed = this.other;
    const isClaimed = (owner: JobOwner): boolean =>
      badge.claims.some(
        (claim) => claim.ownerType === owner.ownerType && claim.referenceId === owner.referenceId.trim(),
      );
    this.claims = badge.claims;
    if (!this.#hasOwner) this.#proposeOwner(badge.claims);
    // What was claimed meanwhile is one of the claims, and what was given up is typed as it was.
    else if (typed !== null && isClaimed(typed)) {
      this.other = null;
      this.claimed = { ...typed, referenceId: typed.referenceId.trim() };
    } else if (this.claimed !== null && !isClaimed(this.claimed)) this.other = this.claimed;
  }

  /** One that has a claim; else a kind that may claim, whose reference is still to be named: never one that cannot succeed. */
  #proposeOwner(claims: readonly JobOwner[]): void {
    this.claims = claims.map(({ ownerType, referenceId }) => ({ ownerType, referenceId }));
    this.claimed = this.claims[0] ?? null;
    const kind = this.allowed.find((allowed) => OWNER_TYPES.some((type) => type === allowed)) ?? OWNER_TYPES[0];
    this.other = this.claimed === null ? { ownerType: kind, referenceId: '' } : null;
  }

  #read(): Reading {
    if (this.source === 'list') {
      const reading = this.customers.read(false);
      if (!reading.ready) return reading;
      const counted = reading.exact ? formatNumber(reading.count) : say('live.countAbout', { count: reading.count });
      return { ready: true, source: reading.source, counted };
    }
    if (this.source === 'request') {
      const request = this.requests.find(({ id }) => id === this.requestId);
      if (!request) return { ready: false, reason: say('live.chooseResult') };
      return {
        ready: true,
        source: { kind: 'request', requestId: request.id },
        counted: formatNumber(succeededOf(request)),
      };
    }
    const { simulation } = this;
    if (simulation === null || !this.served.some((one) => isServed(one, simulation)))
      return { ready: false, reason: say('live.chooseSimulation') };
    return { ready: true, source: { kind: 'simulation', ...simulation }, counted: say('live.countServed') };
  }

  async #loadRequests(): Promise<void> {
    try {
      const { rows } = await this.#door('requests.list', { limit: MOST_SUGGESTIONS });
      this.requests = rows.filter((request) => succeededOf(request) > 0);
    } catch (error) {
      this.failure = error;
    }
  }

  async #loadSimulations(): Promise<void> {
    try {
      this.served = (await this.#door('liveJobs.simulations', {})).badges;
    } catch (error) {
      this.failure = error;
    }
  }
}

/** Kinds of owners that a job can be in the name of: first those that the badge allows. */
export function ownerKinds(allowed: readonly string[]): readonly string[] {
  const others = [MEMBER_CARE, ...OWNER_TYPES].filter((kind) => !allowed.includes(kind));
  return [...allowed.filter((kind) => BADGE_OWNERS.some((known) => known === kind)), ...others];
}

export function isServed(one: ServedBadge, { resultId, badgeKey }: NonNullable<JobDraft['simulation']>): boolean {
  return one.resultId === resultId && one.badgeKey === badgeKey;
}

/** Customers of a local request that were enrolled or awarded. */
export function succeededOf({ outcomes }: Pick<RequestSummary, 'outcomes'>): number {
  return outcomes.find(({ outcome }) => outcome === 'ok')?.count ?? 0;
}
