import type { StoredConnection } from '../../../../db/workspace/connections';
import type { JsonObject } from '../../../../shared/domain/body-reader';
import { parseJson, writeJson } from '../../../../shared/domain/json';
import { remoteField, remoteGroup, type RemoteBadge } from '../../../../shared/gateway/client-schemas';
import { fieldMeaning, groupMeaning, type OrgField, type OrgGroup } from '../../../../shared/gateway/definitions';
import { canonical } from '../../../../shared/gateway/meaning';
import { fromMeaningText, toMeaningText } from '../../../../shared/gateway/meaning-text';
import { Failure } from '../../../../shared/ipc/errors';
import type { PushedRequest } from '../../../../shared/ipc/sync-contract';
import type { Outcome } from '../client/answers';
import { pathOfCode } from './expected-refusals';
import { adviceOf } from '../client/refusal-advice';
import { readRemoteBadge, snapshotOf } from './live-badge';
import { defaultsOf, LiveReads, orgFieldOf, orgGroupOf } from './live-reads';
import { keepPushed } from './definitions';
import type { OrgSession } from '../client/org-sessions';
import { backoff, pause } from '../client/pace';
import { retryAfterOf } from '../client/patient-read';
import type { FrozenRequest } from './plan';
import type { SyncContext } from '../context';
import { Routes } from './promotion-routes';
import { means } from './lines';
import { message, type Message, type MessagePart } from '../../../../shared/words/message';

/** How often one request is sent in all, before a person has to look. */
const TRIES = 5;

type Result = Pick<PushedRequest, 'outcome' | 'sentence' | 'errors'>;

const done = (sentence: Message): Result => ({ outcome: 'done', sentence, errors: [] });
const skipped = (sentence: Message): Result => ({ outcome: 'skipped', sentence, errors: [] });
const unknown = (sentence: Message): Result => ({ outcome: 'unknown', sentence, errors: [] });

/**
 * Sends the requests of a plan, one after the other. What is sent is what was frozen, byte for byte, or nothing: where the
 * live badge is no longer what it was when the plan was made, the request is not sent.
 */
export class Push {
  readonly #context: SyncContext;
  /** Read again where the push itself links a group with one of the org. */
  #connection: StoredConnection;
  readonly #session: OrgSession;
  readonly #reads: LiveReads;
  readonly #signal: AbortSignal;

  constructor(context: SyncContext, connection: StoredConnection, session: OrgSession, signal: AbortSignal) {
    this.#context = context;
    this.#connection = connection;
    this.#session = session;
    this.#signal = signal;
    const patience = { dice: context.dice, times: context.times.backoff };
    this.#reads = new LiveReads(session.client, patience, null, signal);
  }

  /** Ids that the org gave, or has, for groups that badges wait for, by their names. */
  readonly #groupIds = new Map<string, string>();

  /** Never rejects for what an org answers or fails to answer: each request has a result of its own. */
  async send(frozen: FrozenRequest): Promise<Result> {
    try {
      switch (frozen.purpose) {
        case 'create':
        case 'update': {
          const filled = await this.#filled(frozen);
          if (filled === null) return skipped(message('definitions.groupMissing', this.#groupAndOrg(frozen)));
          return await (frozen.purpose === 'create' ? this.#create(filled) : this.#change(filled));
        }
        case 'activate':
        case 'deactivate':
          return await this.#change(frozen);
        case 'create-group':
        case 'update-group':
        case 'create-field':
        case 'update-field':
          return await this.#define(frozen);
        case 'claim':
        case 'unclaim':
          return await this.#claim(frozen);
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const isUnsettled = frozen.purpose === 'create' && this.#isCreateUnsettled(frozen);
      return isUnsettled
        ? unknown(message('sync.createdUnknown', { reason: wordsOf(error) }))
        : skipped(message('sync.notSent', { reason: wordsOf(error) }));
    }
  }

  #groupAndOrg({ group }: FrozenRequest): { group: string; org: string } {
    return { group: group ?? '', org: this.#connection.name };
  }

  /** A request with the id of the group that it waits for; null: the org has no such group. */
  async #filled(frozen: FrozenRequest): Promise<FrozenRequest | null> {
    const { group: name } = frozen;
    if (name === null) return frozen;
    const id = this.#groupIds.get(name) ?? (await this.#groupCalled(name))?.id;
    if (id === undefined) return null;
    this.#groupIds.set(name, id);
    return withGroupId(frozen, id);
  }

  async #groupCalled(name: string): Promise<OrgGroup | undefined> {
    return (await this.#reads.groups()).find((group) => group.isActive && group.name === name);
  }

  /**
   * A definition is looked up before it is sent, and before it is sent again: names are unique among active ones, so that
   * one of this name is the one that a lost answer was about, or stands in its way (semantics G1, F1).
   */
  async #define(frozen: FrozenRequest): Promise<Result> {
    const isCreate = frozen.remoteId === null;
    const { name: org } = this.#connection;
    let isInDoubt = false;
    for (let tries = 1; ; tries += 1) {
      let there: Defined | undefined;
      try {
        there = await this.#defined(frozen);
      } catch (error) {
        // Whether the attempt before was carried out is what could not be read.
        if (!(error instanceof Failure) || !isInDoubt) throw error;
        return unknown(message('sync.doneUnknown', { reason: wordsOf(error) }));
      }
      if (there && meaningOfDefined(there) === frozen.draftMeaning) {
        this.#keepDefined(frozen, there);
        return done(message(isInDoubt ? 'definitions.found' : 'definitions.hasAlready', { org }));
      }
      if (there && isCreate) {
        // Badges may go into the group all the same: its name says which one it is.
        if (there.kind === 'group') this.#groupIds.set(there.there.name, there.there.id);
        return skipped(message('definitions.otherOfThisName', { org }));
      }
      if (!isCreate && !there) return skipped(message('definitions.noLongerThere', { org }));
      if (!isCreate && there && meaningOfDefined(there) !== frozen.liveMeaning)
        return skipped(message('definitions.conflict', { org }));
      const { outcome } = await this.#session.client.send(frozen.request, this.#signal);
      if (outcome.kind === 'success') {
        const answered = definedIn(frozen, outcome.data);
        if (answered) {
          this.#keepDefined(frozen, answered);
          return done(message(isCreate ? 'sync.created' : 'sync.changedIn', { org }));
        }
        isInDoubt = true;
      } else if (outcome.kind === 'refused') return refused(outcome);
      else if (outcome.kind === 'ambiguous') isInDoubt = true;
      const end = await this.#rest(outcome, tries, isInDoubt);
      if (end) return end;
    }
  }

  /** The definition that a request is about, as the org has it now. */
  async #defined({ purpose, remoteId, badgeName }: FrozenRequest): Promise<Defined | undefined> {
    const isIt = ({ id, name }: { id: string; name: string }): boolean =>
      remoteId === null ? name === badgeName : id === remoteId;
    if (purpose === 'create-group' || purpose === 'update-group') {
      const group = (await this.#reads.groups()).find((each) => isIt(each) && (remoteId !== null || each.isActive));
      return group && { kind: 'group', there: group };
    }
    // Its name is part of what was agreed on: one that was renamed there is another field, and not renamed back.
    const field = (await this.#reads.customFields()).find((each) => isIt(each) && each.name === badgeName);
    return field && { kind: 'field', there: field };
  }

  #keepDefined({ definition }: FrozenRequest, defined: Defined): void {
    const { workspace } = this.#context;
    const { key } = this.#connection;
    if (defined.kind === 'group') this.#groupIds.set(defined.there.name, defined.there.id);
    workspace.transaction(() => {
      if (defined.kind === 'group') keepPushed(workspace, key, { ...defined, id: definition });
      else {
        keepPushed(workspace, key, defined);
        // What the org fills in from now on would look like an edit of the badges that follow.
        const { [defined.there.name]: _, ...others } = workspace.connections.get(key).fieldDefaults;
        workspace.connections.setFieldDefaults(key, { ...others, ...defaultsOf([defined.there]) });
      }
    });
    this.#connection = workspace.connections.get(key);
  }

  #isCreateUnsettled({ badgeId }: FrozenRequest): boolean {
    return this.#context.workspace.ledger.mayHaveCreated(this.#connection.key, badgeId);
  }

  /** A create whose answer was lost, now or at an earlier push, is looked up by its exact name before it is sent again. */
  async #create(frozen: FrozenRequest): Promise<Result> {
    let isInDoubt = this.#isCreateUnsettled(frozen);
    for (let tries = 1; ; tries += 1) {
      if (isInDoubt) {
        const found = await this.#findCreated(frozen);
        if (found) return found;
      }
      const { outcome } = await this.#session.client.send(frozen.request, this.#signal);
      if (outcome.kind === 'success') {
        const badge = readRemoteBadge(outcome.data);
        if (badge) return this.#created(frozen, badge, message('sync.created', { org: this.#connection.name }));
        isInDoubt = true;
      } else if (outcome.kind === 'refused') {
        const isTaken = outcome.errors.some(({ code }) => code === 725);
        const found = isInDoubt && isTaken ? await this.#findCreated(frozen) : null;
        return found ?? refused(outcome);
      } else if (outcome.kind === 'ambiguous') isInDoubt = true;
      const end = await this.#rest(outcome, tries, isInDoubt);
      if (end) return end;
    }
  }

  async #findCreated(frozen: FrozenRequest): Promise<Result | null> {
    const name = JSON.parse(fromMeaningText(frozen.draftMeaning).name) as string;
    const badge = await this.#reads.named(name);
    if (badge === null) return null;
    if (this.#means(badge, frozen)) {
      return this.#created(frozen, badge, message('sync.createdFound', { org: this.#connection.name }));
    }
    this.#keep(badge);
    return skipped(message('sync.otherOfThisName', { org: this.#connection.name }));
  }

  #created(frozen: FrozenRequest, badge: RemoteBadge, sentence: Message): Result {
    const { workspace, now } = this.#context;
    // Both or none: a badge that is known and not linked would stand in the way of the next push.
    workspace.transaction(() => {
      const baseMeaning = this.#keep(badge);
      if (frozen.badgeKey === null) return;
      const link = { badgeKey: frozen.badgeKey, remoteId: badge.id, baseMeaning, syncedOn: now() };
      new Routes(workspace, false).noteTie(frozen.badgeKey, this.#connection);
      workspace.sync.put(this.#connection.key, link, now());
    });
    return done(sentence);
  }

  /** The API has no condition on writes, so the live badge is read right before; what is left of the gap, a pull shows. */
  async #change(frozen: FrozenRequest): Promise<Result> {
    for (let tries = 1; ; tries += 1) {
      const live = await this.#reads.badge(frozen.remoteId ?? '', 'read before writing');
      if (live === null) return skipped(message('sync.noLongerThere', { org: this.#connection.name }));
      const meaning = this.#keep(live);
      // An attempt before this one, now or at an earlier push, was carried out although its answer was lost.
      if (this.#means(live, frozen))
        return this.#changed(frozen, meaning, message('sync.hasChangeAlready', { org: this.#connection.name }));
      if (meaning !== frozen.liveMeaning) {
        return skipped(message('sync.conflict', { org: this.#connection.name }));
      }
      const { outcome } = await this.#session.client.send(frozen.request, this.#signal);
      if (outcome.kind === 'success') {
        const answered =
          frozen.purpose === 'update' ? readRemoteBadge(outcome.data) : await this.#reads.badge(frozen.remoteId ?? '');
        if (answered?.id === frozen.remoteId)
          return this.#changed(frozen, this.#keep(answered), message('sync.changedIn', { org: this.#connection.name }));
      } else if (outcome.kind === 'refused') return refused(outcome);
      const end = await this.#rest(outcome, tries, outcome.kind === 'ambiguous');
      if (end) return end;
    }
  }

  #changed(frozen: FrozenRequest, meaning: string | null, sentence: Message): Result {
    const { workspace, now } = this.#context;
    const { badgeKey } = frozen;
    const link = badgeKey === null ? undefined : workspace.sync.find(this.#connection.key, badgeKey);
    if (link && meaning !== null) {
      const base = frozen.purpose === 'update' ? meaning : withActive(link.baseMeaning ?? meaning, meaning);
      workspace.sync.rebase(this.#connection.key, link.badgeKey, base, now());
    }
    return done(sentence);
  }

  /** Claiming again is no error (K3), and giving up what is given up answers 737 (K4): both may be repeated. */
  async #claim(frozen: FrozenRequest): Promise<Result> {
    let isInDoubt = false;
    for (let tries = 1; ; tries += 1) {
      const { outcome } = await this.#session.client.send(frozen.request, this.#signal);
      const isGone = outcome.kind === 'refused' && isInDoubt && outcome.errors.some(({ code }) => code === 737);
      if (outcome.kind === 'success' || isGone) {
        const badge = await this.#reads.badge(frozen.remoteId ?? '');
        if (badge) this.#keep(badge);
        return done(message(frozen.purpose === 'claim' ? 'sync.claimed' : 'sync.unclaimed'));
      }
      if (outcome.kind === 'refused') return refused(outcome);
      isInDoubt ||= outcome.kind === 'ambiguous';
      const end = await this.#rest(outcome, tries, isInDoubt);
      if (end) return end;
    }
  }

  /** Waits before the next try, or says how this one has to end. */
  async #rest(outcome: Outcome, tries: number, isInDoubt: boolean): Promise<Result | null> {
    const sentence = outcome.kind === 'success' ? message('org.answerUnreadable') : outcome.sentence;
    const isHopeless =
      outcome.kind === 'unauthorized' || outcome.kind === 'unusable' || (outcome.kind === 'not-sent' && tries >= 2);
    if (isHopeless || tries >= TRIES || this.#signal.aborted) {
      if (!isInDoubt) return skipped(message('sync.notDone', { reason: sentence }));
      return unknown(message('sync.doneUnknown', { reason: sentence }));
    }
    const { dice, times } = this.#context;
    await pause(backoff(tries, dice, times.backoff, retryAfterOf(outcome)), this.#signal);
    return null;
  }

  /** Keeps a live badge as last seen. @returns what it means */
  #keep(badge: RemoteBadge): string | null {
    const snapshot = snapshotOf(badge, '', this.#context.now());
    this.#context.workspace.snapshots.put(this.#connection.key, snapshot);
    return snapshot.meaning;
  }

  #means(badge: RemoteBadge, { draftMeaning }: FrozenRequest): boolean {
    return means(snapshotOf(badge, '', 0), draftMeaning, this.#connection);
  }
}

/** A group or a custom field as an org has it. */
type Defined = { kind: 'group'; there: OrgGroup } | { kind: 'field'; there: OrgField };

const meaningOfDefined = (defined: Defined): string =>
  JSON.stringify(defined.kind === 'group' ? groupMeaning(defined.there) : fieldMeaning(defined.there));

/** The definition that an answer tells; null where it tells another one, or none. */
function definedIn({ purpose, remoteId, badgeName }: FrozenRequest, data: unknown): Defined | null {
  const isGroup = purpose === 'create-group' || purpose === 'update-group';
  const read = isGroup ? remoteGroup.safeParse(data).data : undefined;
  const field = isGroup ? undefined : remoteField.safeParse(data).data;
  const there = field && orgFieldOf(field);
  const defined: Defined | null = read
    ? { kind: 'group', there: orgGroupOf(read, 1) }
    : there
      ? { kind: 'field', there }
      : null;
  if (defined === null) return null;
  return defined.there.name === badgeName && (remoteId === null || defined.there.id === remoteId) ? defined : null;
}

/** A request whose body names the group as the org does. */
function withGroupId(frozen: FrozenRequest, id: string): FrozenRequest {
  const body = parseJson(frozen.request.body ?? '{}') as JsonObject;
  const meaning = { ...fromMeaningText(frozen.draftMeaning), badgeGroupId: canonical(id) };
  return {
    ...frozen,
    group: null,
    draftMeaning: toMeaningText(meaning),
    request: { ...frozen.request, body: writeJson({ ...body, badgeGroupId: id }) },
  };
}

function withActive(base: string, live: string): string {
  return toMeaningText({ ...fromMeaningText(base), active: fromMeaningText(live).active });
}

function refused({ errors, sentence }: Extract<Outcome, { kind: 'refused' }>): Result {
  return {
    outcome: 'refused',
    sentence: message('sync.refusedUnchanged', { reason: sentence }),
    errors: errors.map(({ code, message: text, reference }) => ({
      ...{ code, message: text },
      path: pathOfCode(code, reference),
      advice: adviceOf(code),
    })),
  };
}

const wordsOf = ({ words, message: text }: Failure): MessagePart => words ?? text;
