/** Finding out which way an org answers the points that the documents leave open, by the fewest calls that tell. */
import { OWNER_TYPES } from '../domain/badge';
import { isObject, type JsonObject } from '../domain/body-reader';
import { dateAt, startOfDate, weekDayOf, type Zone } from '../domain/calendar';
import { DAY, HOUR, SECOND, toIsoExact, type Instant } from '../domain/instant';
import { message, type Message } from '../words/message';

/** A call as it is sent; the path stands below the gateway's base. */
export interface ProbeCall {
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  query: string;
  headers: Readonly<Record<string, string>>;
  body: JsonObject | readonly JsonObject[] | null;
}

/** What became of it: an answer of the rules; surely nothing, worth another try; or nobody knows. */
export type ProbeAnswer =
  | { kind: 'answered'; status: number; body: unknown }
  | { kind: 'not-done'; waitSeconds: number }
  | { kind: 'lost' };

export interface ProbeWorld {
  send(call: ProbeCall): Promise<ProbeAnswer>;
  wait(seconds: number): Promise<void>;
}

export interface ProbeOrder {
  /** Of this probe alone, so that its names and request ids are used by nobody else: letters and digits. */
  tag: string;
  /** By the org's clock. */
  now: Instant;
  zone: Zone;
}

/** What is known now of one open point. */
export interface LearnedPoint {
  /** Option of `laurel gateway`. */
  option: string;
  /** As people write it; null: it could not be decided, and `reason` says why. */
  value: string | null;
  reason: Message | null;
  /** The calls that tell, from 1. */
  calls: readonly number[];
}

export interface LearnedOrg {
  points: LearnedPoint[];
  /** Every call that was sent, in order. */
  sent: { call: ProbeCall; answer: ProbeAnswer }[];
  /** Badges that were made: none can be deleted. */
  badges: { id: string; name: string; isActive: boolean }[];
}

const MOST_TRIES = 4;
const MOST_WAITS = 8;
/** First of the customers that are awarded; nobody's who shops. */
const FIRST_CUSTOMER = 900_000_001;
const OWNER = { ownerType: 'Loyalty', referenceId: 'laurel-probe' } as const;
/** Those that were seen under MemberCare's name first. */
const CARRIERS: readonly string[] = [...new Set<string>(['Membercare', 'Goodwill_Module', ...OWNER_TYPES])];
/** So near to midnight a date may end while it is asked about. */
const MARGIN = 1.25 * HOUR;
/** An award so much younger than 48 hours is still among those of two days. */
const YOUNGER = HOUR / 6;

/** Nobody knows whether a call was carried out: what depends on it begins anew. */
class Lost extends Error {}
/** An answer that no reading of the rules explains. */
class Unexplained extends Error {
  constructor(readonly words: Message) {
    super('unexplained');
  }
}

interface Answered {
  /** From 1. */
  call: number;
  status: number;
  body: unknown;
}

const dataOf = ({ body }: Answered): JsonObject | null => {
  const data = isObject(body) ? body['data'] : null;
  return isObject(data) ? data : null;
};

function codesOf({ body }: Answered): number[] {
  const errors = isObject(body) ? body['errors'] : null;
  return Array.isArray(errors) ? errors.flatMap((one: unknown) => (isObject(one) ? [Number(one['code'])] : [])) : [];
}

/** Codes of the rows of a bulk answer, in order; null for a row that went well. */
function rowCodes(answer: Answered): (number | null)[] {
  const rows = dataOf(answer)?.['issuedBadges'];
  if (!Array.isArray(rows)) return [];
  return rows.map((row: unknown) => {
    const error = isObject(row) ? row['error'] : null;
    return isObject(error) ? Number(error['code']) : null;
  });
}

/** The one code of a refusal; null where it was done. */
function codeOf(answer: Answered): number | null {
  const [code] = codesOf(answer);
  if (code !== undefined) return code;
  if (answer.status >= 200 && answer.status < 300 && dataOf(answer) !== null) return null;
  throw new Unexplained(message('fidelity.probeOdd', { call: answer.call, status: String(answer.status) }));
}

class Probe {
  readonly sent: LearnedOrg['sent'] = [];
  readonly badges: LearnedOrg['badges'] = [];
  readonly points = new Map<string, LearnedPoint>();
  readonly #world: ProbeWorld;
  readonly #order: ProbeOrder;
  /** Midnight of the day in the org's zone. */
  readonly #today: number;
  #count = 0;
  #customers = FIRST_CUSTOMER;
  /** A badge may have been made without an answer. */
  #mayHaveMore = false;

  constructor(world: ProbeWorld, order: ProbeOrder) {
    this.#world = world;
    this.#order = order;
    this.#today = dateAt(order.now, order.zone);
  }

  // How calls are made

  async #once(call: ProbeCall): Promise<Answered> {
    for (let waits = 0; ; waits += 1) {
      const answer = await this.#world.send(call);
      this.sent.push({ call, answer });
      if (answer.kind === 'answered') return { call: this.sent.length, status: answer.status, body: answer.body };
      if (answer.kind === 'lost' || waits >= MOST_WAITS) throw new Lost();
      await this.#world.wait(answer.waitSeconds);
    }
  }

  /** A call that may be repeated: done twice it does the same. */
  async #surely(call: ProbeCall): Promise<Answered> {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.#once(call);
      } catch (error) {
        if (!(error instanceof Lost) || tries >= MOST_TRIES) throw error;
      }
    }
  }

  #post(path: string, body: ProbeCall['body'], headers: Record<string, string> = {}): ProbeCall {
    return { method: 'POST', path, query: '', headers, body };
  }

  #id(): string {
    this.#count += 1;
    return `laurel-${this.#order.tag}-${String(this.#count)}`;
  }

  #customer(): number {
    return this.#customers++;
  }

  #on(days: number): string {
    return toIsoExact(startOfDate(this.#today + days, this.#order.zone) + 12 * HOUR);
  }

  #earn(badge: string, customerId: number, more: JsonObject = {}): ProbeCall {
    return this.#post('customer/earn', {
      ...{ badgeMetaId: badge, customerId, requestId: this.#id(), triggeredBy: OWNER, ...more },
    });
  }

  #bulk(path: string, badge: string, customers: readonly number[], more: JsonObject = {}): ProbeCall {
    const key = path.endsWith('issueBulk') ? 'customers' : 'customerIds';
    return this.#post(path, {
      badgeMetaId: badge,
      [key]: customers,
      requestId: this.#id(),
      triggeredBy: OWNER,
      ...more,
    });
  }

  // What is learned

  #learn(option: string, value: string | number | boolean, ...calls: number[]): void {
    const text = typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
    this.points.set(option, { option, value: text, reason: null, calls });
  }

  #cannot(option: string, reason: Message): void {
    if (!this.points.has(option)) this.points.set(option, { option, value: null, reason, calls: [] });
  }

  /** Does what tells of some points; begins anew where an answer was lost, and says why where it cannot be told. */
  async #group(options: readonly string[], work: () => Promise<void>): Promise<boolean> {
    for (let tries = 1; ; tries += 1) {
      try {
        await work();
        return true;
      } catch (error) {
        if (error instanceof Lost && tries < MOST_TRIES) continue;
        const isLost = error instanceof Lost;
        if (!isLost && !(error instanceof Unexplained)) throw error;
        for (const option of options)
          this.#cannot(option, isLost ? message('fidelity.probeLost') : (error as Unexplained).words);
        return false;
      }
    }
  }

  #odd({ call }: Answered, code: number | null): Unexplained {
    return new Unexplained(message('fidelity.probeOdd', { call, status: code === null ? 'done' : String(code) }));
  }

  // The probes

  async run(): Promise<void> {
    const limits = ['weekly-cycles', 'customer-limit-code', 'revoke-frees-caps', 'rolling-windows'];
    const onAwards = [...limits, 'refuse-overlapping-awards', 'member-care-owner', 'status-816', 'status-801'];
    const all = [...onAwards, 'request-id-scope', 'badge-limit-code', 'status-815', 'status-1039', 'allow-past-start'];
    let award = '';
    let enrol = '';
    const ready = await this.#group(all, async () => {
      award = await this.#awardBadge();
    });
    if (ready) {
      const scope = { bulk: 0, isBulkTaken: false, other: 0, isOtherTaken: false };
      let used = '';
      await this.#group(['weekly-cycles', 'customer-limit-code', 'revoke-frees-caps'], async () => {
        used = await this.#weekly(award);
      });
      await this.#group(['rolling-windows'], () => this.#rolling(award));
      await this.#group(['refuse-overlapping-awards', 'request-id-scope'], async () => {
        const told = await this.#overlap(award);
        scope.bulk = told.call;
        scope.isBulkTaken = told.isTaken;
      });
      await this.#group(['member-care-owner'], () => this.#memberCare(award));
      await this.#group(['status-816'], () =>
        this.#status('status-816', 816, () => this.#earn(award, this.#customer(), { earnEventDateISO: this.#on(-90) })),
      );
      await this.#group(['status-801'], () =>
        this.#status('status-801', 801, () => this.#bulk('badgeMeta/customer/issueBulk', award, [this.#customer()])),
      );
      await this.#group(['badge-limit-code', 'status-1039', 'request-id-scope'], async () => {
        enrol = await this.#enrolBadge();
        const told = await this.#badgeLimit(enrol, used);
        scope.other = told.call;
        scope.isOtherTaken = told.isTaken;
      });
      this.#scope(scope, used);
    }
    await this.#end(award, enrol);
  }

  #name(): string {
    return `Laurel probe ${this.#order.tag} ${String(this.badges.length + 1)}${'.'.repeat(this.#retries())}`;
  }

  /** A badge that may have been made without an answer keeps its name. */
  #retries(): number {
    return this.sent.filter(({ call, answer }) => call.path === 'badgeMeta' && answer.kind !== 'answered').length;
  }

  async #create(body: JsonObject, headers: Record<string, string>): Promise<Answered> {
    try {
      return await this.#once(this.#post('badgeMeta', { ...body, name: this.#name() }, headers));
    } catch (error) {
      if (error instanceof Lost) this.#mayHaveMore = true;
      throw error;
    }
  }

  #made(answer: Answered): string | null {
    const data = dataOf(answer);
    const id = data?.['id'];
    if (typeof id !== 'string') return null;
    this.badges.push({ id, name: String(data?.['name']), isActive: true });
    return id;
  }

  async #claimed(id: string): Promise<string> {
    const answer = await this.#surely(this.#post(`badgeMeta/${id}/claim`, OWNER));
    const code = codeOf(answer);
    if (code !== null) throw this.#odd(answer, code);
    return id;
  }

  /** An EARN badge that began 57 days ago: whether that needs the migration header is the first thing to learn. */
  async #awardBadge(): Promise<string> {
    const body: JsonObject = {
      description: 'Made by Laurel to learn how this org answers. It is switched off when that is done.',
      ...{ startOnISO: this.#on(-57), expiresOnISO: this.#on(60), earnType: 'EARN' },
      ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, ownership: { restrictedToOwners: [OWNER.ownerType] } },
      customerConstraints: [
        {
          ...{ constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW', durationType: 'WEEKS', maxEarnLimit: 1 },
          startDayOfTheWeek: weekDayOf(this.#today),
        },
        { constraintType: 'CUSTOMER_BADGE_ROLLING_WINDOW', rollForDays: 2, maxEarnForDays: 2 },
      ],
    };
    const bare = await this.#create(body, {});
    const taken = this.#made(bare);
    if (taken !== null) {
      this.#learn('allow-past-start', true, bare.call);
      return this.#claimed(taken);
    }
    if (!codesOf(bare).includes(722)) throw this.#odd(bare, codesOf(bare)[0] ?? null);
    this.#learn('allow-past-start', false, bare.call);
    const made = await this.#create(body, { 'X-CAP-BADGES-MIGRATION': 'migration' });
    const id = this.#made(made);
    if (id === null) throw this.#odd(made, codesOf(made)[0] ?? null);
    return this.#claimed(id);
  }

  /** An ISSUE_EARN badge that one award exhausts. */
  async #enrolBadge(): Promise<string> {
    const made = await this.#create(
      {
        description: 'Made by Laurel to learn how this org answers. It is switched off when that is done.',
        ...{ startOnISO: this.#on(-2), expiresOnISO: this.#on(60), earnType: 'ISSUE_EARN' },
        ...{ earnedBadgeExpiry: { expiryType: 'NEVER' }, issuedBadgeExpiry: { expiryType: 'NEVER' } },
        ownership: { restrictedToOwners: [OWNER.ownerType] },
        badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
      },
      { 'X-CAP-BADGES-MIGRATION': 'migration' },
    );
    const id = this.#made(made);
    if (id === null) throw this.#odd(made, codesOf(made)[0] ?? null);
    return this.#claimed(id);
  }

  /**
   * Weeks change today by their weekday, and yesterday by the badge's start: the day before a change of the first kind and
   * two days after it are one week or two. The same day once more is refused for sure; a revocation frees it or not.
   *
   * @returns a request id that was used up
   */
  async #weekly(badge: string): Promise<string> {
    const customer = this.#customer();
    const first = this.#earn(badge, customer, { earnEventDateISO: this.#on(-15) });
    const one = await this.#once(first);
    const awarded = dataOf(one)?.['earnedBadgeId'];
    if (codeOf(one) !== null || typeof awarded !== 'string') throw this.#odd(one, codeOf(one));
    const other = await this.#once(this.#earn(badge, customer, { earnEventDateISO: this.#on(-12) }));
    const isOneWeek = codeOf(other) !== null;
    const again = await this.#once(this.#earn(badge, customer, { earnEventDateISO: this.#on(-15) }));
    const limit = codeOf(again);
    if (limit === null) throw this.#odd(again, null);
    if (isOneWeek && codeOf(other) !== limit) throw this.#odd(other, codeOf(other));
    const revoked = await this.#once(
      this.#post('customer/revokeEarn', { badgeMetaId: badge, customerId: customer, earnedBadgeId: awarded }),
    );
    if (codeOf(revoked) !== null) throw this.#odd(revoked, codeOf(revoked));
    const freed = await this.#once(this.#earn(badge, customer, { earnEventDateISO: this.#on(-15) }));
    const code = codeOf(freed);
    if (code !== null && code !== limit) throw this.#odd(freed, code);
    this.#learn('weekly-cycles', isOneWeek ? 'from-start' : 'weekday', one.call, other.call);
    this.#learn('customer-limit-code', limit, again.call);
    this.#learn('revoke-frees-caps', code === null, revoked.call, freed.call);
    return String((first.body as JsonObject)['requestId']);
  }

  /** Two awards of nearly 48 hours ago count as hours and not as dates. Long ago is the control: imports keep their date. */
  async #rolling(badge: string): Promise<void> {
    const { now, zone } = this.#order;
    const sinceMidnight = now - startOfDate(this.#today, zone);
    if (sinceMidnight < MARGIN || sinceMidnight > DAY - MARGIN) {
      this.#cannot('rolling-windows', message('fidelity.probeMidnight', { zone }));
      return;
    }
    const [recent, long] = [this.#customer(), this.#customer()];
    const award = (customerId: number, at: Instant): JsonObject => ({
      ...{ badgeMetaId: badge, customerId, earnEventDateISO: toIsoExact(at) },
      earnExpiresOnISO: this.#on(50),
    });
    const almost = now - 2 * DAY + YOUNGER;
    const imported = await this.#once(
      this.#post('import/customerBadges', [
        ...[award(recent, almost), award(recent, almost + SECOND)],
        ...[award(long, now - 20 * DAY), award(long, now - 20 * DAY + SECOND)],
      ]),
    );
    const rows = Array.isArray(imported.body) ? (imported.body as unknown[]) : [];
    if (rows.length !== 4 || !rows.every((row) => isObject(row) && isObject(row['data'])))
      throw this.#odd(imported, imported.status);
    const control = await this.#once(this.#earn(badge, long));
    if (codeOf(control) !== null) {
      this.#cannot('rolling-windows', message('fidelity.probeImports', { call: control.call }));
      return;
    }
    const told = await this.#once(this.#earn(badge, recent));
    this.#learn('rolling-windows', codeOf(told) === null ? 'dates' : 'hours', imported.call, control.call, told.call);
  }

  /** Awards a customer who holds the badge in bulk, under the request id of the award before. */
  async #overlap(badge: string): Promise<{ call: number; isTaken: boolean }> {
    const customer = this.#customer();
    const first = this.#earn(badge, customer, { earnEventDateISO: this.#on(-40) });
    const one = await this.#once(first);
    if (codeOf(one) !== null) throw this.#odd(one, codeOf(one));
    const { requestId } = first.body as { requestId: string };
    const day = { earnEventDateISO: this.#on(-30) };
    const same = await this.#once(this.#bulk('customer/earnBulk', badge, [customer], { ...day, requestId }));
    const isTaken = codesOf(same).includes(809);
    const told = isTaken ? await this.#once(this.#bulk('customer/earnBulk', badge, [customer], day)) : same;
    const [row] = rowCodes(told);
    if (row === undefined || (row !== null && row !== 1040)) throw this.#odd(told, row ?? codesOf(told)[0] ?? null);
    this.#learn('refuse-overlapping-awards', row === 1040, one.call, told.call);
    return { call: same.call, isTaken };
  }

  async #memberCare(badge: string): Promise<void> {
    const customer = this.#customer();
    const refused: number[] = [];
    for (const ownerType of CARRIERS) {
      const triggeredBy = { ownerType, referenceId: 'laurel-unclaimed' };
      const answer = await this.#once(this.#earn(badge, customer, { triggeredBy, earnEventDateISO: this.#on(-50) }));
      const code = codeOf(answer);
      if (code === null) {
        this.#learn('member-care-owner', ownerType, ...refused, answer.call);
        return;
      }
      refused.push(answer.call);
      if (code !== 810 && code !== 400) throw this.#odd(answer, code);
    }
    this.#cannot('member-care-owner', message('fidelity.probeNoCarrier'));
  }

  async #status(option: string, code: number, call: () => ProbeCall): Promise<void> {
    const answer = await this.#once(call());
    if (!codesOf(answer).includes(code)) throw this.#odd(answer, codesOf(answer)[0] ?? null);
    this.#learn(option, answer.status, answer.call);
  }

  /** Enrols two, and awards both at once under a request id that another badge has used: the second finds no place. */
  async #badgeLimit(badge: string, used: string): Promise<{ call: number; isTaken: boolean }> {
    const customers = [this.#customer(), this.#customer()];
    const enrolled = await this.#once(this.#bulk('badgeMeta/customer/issueBulk', badge, customers));
    if (rowCodes(enrolled).some((row) => row !== null) || codeOf(enrolled) !== null)
      throw this.#odd(enrolled, codesOf(enrolled)[0] ?? null);
    const same = await this.#once(
      this.#bulk('customer/earnBulk', badge, customers, used === '' ? {} : { requestId: used }),
    );
    const isTaken = codesOf(same).includes(809);
    const told = isTaken ? await this.#once(this.#bulk('customer/earnBulk', badge, customers)) : same;
    const [first, second] = rowCodes(told);
    if (first !== null || typeof second !== 'number') throw this.#odd(told, first ?? codesOf(told)[0] ?? null);
    this.#learn('badge-limit-code', second, told.call);
    return { call: same.call, isTaken };
  }

  #scope(told: { bulk: number; isBulkTaken: boolean; other: number; isOtherTaken: boolean }, used: string): void {
    const { bulk, isBulkTaken, other, isOtherTaken } = told;
    if (bulk === 0 || other === 0 || used === '') {
      this.#cannot('request-id-scope', message('fidelity.probeLost'));
      return;
    }
    if (isBulkTaken) this.#learn('request-id-scope', isOtherTaken ? 'org' : 'badge', bulk, other);
    else if (!isOtherTaken) this.#learn('request-id-scope', 'endpoint', bulk, other);
    else this.#cannot('request-id-scope', message('fidelity.probeOdd', { call: other, status: '809' }));
  }

  /** @param looks whether badges may have been made that no answer told of */
  async #switchOff(looks: boolean): Promise<void> {
    await this.#group([], async () => {
      if (!looks) return;
      const query = `name=${encodeURIComponent(`Laurel probe ${this.#order.tag} `)}&size=100`;
      const listed = await this.#surely({ method: 'GET', path: 'badgeMeta', query, headers: {}, body: null });
      const rows = dataOf(listed)?.['metaBasicDetails'];
      for (const row of Array.isArray(rows) ? (rows as unknown[]) : []) {
        if (!isObject(row) || typeof row['id'] !== 'string') continue;
        if (this.badges.some(({ id }) => id === row['id'])) continue;
        this.badges.push({ id: row['id'], name: String(row['name']), isActive: true });
      }
    });
    for (const badge of this.badges) {
      await this.#group([], async () => {
        const off = await this.#surely({
          ...{ method: 'PUT', path: `badgeMeta/${badge.id}/deactivate`, query: '', headers: {}, body: {} },
        });
        badge.isActive = codesOf(off).length > 0 || off.status >= 300;
      });
    }
  }

  /** Ends a probe that was stopped on the way. */
  async stop(): Promise<void> {
    await this.#switchOff(true);
  }

  /** Switches the badges off, and asks what only badges that are off can tell. */
  async #end(award: string, enrol: string): Promise<void> {
    await this.#switchOff(this.#mayHaveMore);
    if (award !== '')
      await this.#group(['status-815'], () =>
        this.#status('status-815', 815, () => this.#earn(award, this.#customer())),
      );
    if (enrol !== '')
      await this.#group(['status-1039'], () =>
        this.#status('status-1039', 1039, () => this.#bulk('badgeMeta/customer/issueBulk', enrol, [this.#customer()])),
      );
  }
}

/**
 * Asks an org by calls what the documents leave open. Every point is told with the calls that decide it, or not decided
 * with the reason: nothing is guessed. A call that was surely not carried out is repeated; where an answer was lost, what
 * depends on it begins anew with other customers and request ids.
 */
export async function probeOrg(world: ProbeWorld, order: ProbeOrder): Promise<LearnedOrg> {
  const probe = new Probe(world, order);
  await probe.run();
  return { points: [...probe.points.values()], sent: probe.sent, badges: probe.badges };
}

/**
 * Switches off the badges of a probe that was stopped on the way; which these are is asked of the org, by their names.
 *
 * @returns the badges that were found
 */
export async function endProbe(world: ProbeWorld, order: ProbeOrder): Promise<LearnedOrg['badges']> {
  const probe = new Probe(world, order);
  await probe.stop();
  return probe.badges;
}
