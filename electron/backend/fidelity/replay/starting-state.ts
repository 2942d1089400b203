import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import { dataOf, textOrNull, type PreparedCall } from './prepared-calls';

/** A badge that was there before the recording, as far as it tells. */
export interface EarlierBadge {
  id: string;
  /** Fields of its answers, the fullest; empty where only its id came up. */
  fields: JsonObject;
  /** Everything the rules look at is known. */
  isWhole: boolean;
  /** Enrolments and awards on record when the recording began; null where it does not tell. */
  earlier: { enrolments: number; awards: number } | null;
  /** What single customers had of it. */
  holders: Map<string, EarlierHolder>;
}

/** What one customer had of a badge before the recording. */
export interface EarlierHolder {
  customerId: number;
  issuals: readonly JsonObject[];
  earns: readonly JsonObject[];
}

/** What was there when the recording began. */
export interface StartingState {
  badges: Map<string, EarlierBadge>;
  groups: Map<string, JsonObject>;
  fields: Map<string, JsonObject>;
  meta: JsonObject | null;
  /** Whether nothing more than that was there. */
  knows: { badges: boolean; requests: boolean; groups: boolean; fields: boolean; meta: boolean };
}

type Kind = 'badge' | 'group' | 'field';

const CREATES: Readonly<Record<string, Kind>> = {
  createBadge: 'badge',
  createGroup: 'group',
  createCustomField: 'field',
};
/** Endpoints that show single things as they are. */
const SHOWS: Readonly<Record<string, Kind>> = {
  badgeById: 'badge',
  updateBadge: 'badge',
  groupById: 'group',
  updateGroup: 'group',
  customFieldById: 'field',
  updateCustomField: 'field',
};
const LISTS: Readonly<Record<string, { kind: Kind; key: string; id: string }>> = {
  listBadges: { kind: 'badge', key: 'metaBasicDetails', id: 'id' },
  customerBadges: { kind: 'badge', key: 'badges', id: 'badgeMetaId' },
  listGroups: { kind: 'group', key: 'badgeGroups', id: 'id' },
  listCustomFields: { kind: 'field', key: 'customFieldROList', id: 'id' },
};
/** Parameters of a list that leave nothing out. */
const PAGING = new Set(['page', 'size', 'limit', 'sortOn', 'order']);

const NEEDED = ['name', 'startOn', 'expiresOn', 'earnType', 'earnedBadgeExpiry', 'ownership'];
const CONSTRAINTS = ['customerConstraints', 'badgeConstraints'];

export const rowsOf = (holder: JsonObject | null, key: string): JsonObject[] => {
  const list = holder?.[key];
  return Array.isArray(list) ? list.filter(isObject) : [];
};

const numberOf = (holder: JsonObject | null, key: string): number | null => {
  const value = holder?.[key];
  return typeof value === 'number' ? value : null;
};

const isWhole = (fields: JsonObject): boolean =>
  [...NEEDED, ...CONSTRAINTS].every((key) => fields[key] !== undefined && fields[key] !== null) &&
  (fields['earnType'] !== 'ISSUE_EARN' || isObject(fields['issuedBadgeExpiry']));

/** Records of a badge that a call made, by what its answer says. */
function madeBy(call: PreparedCall): { badgeId: string; kind: 'enrolments' | 'awards'; id: string }[] {
  const name = call.route?.endpoint.name;
  const data = dataOf(call);
  const badgeId = textOrNull(data?.['badgeMetaId']) ?? '';
  if (name === 'earn') return [{ badgeId, kind: 'awards', id: textOrNull(data?.['earnedBadgeId']) ?? '' }];
  if (name === 'issueBulk' || name === 'earnBulk') {
    const kind = name === 'issueBulk' ? 'enrolments' : 'awards';
    const rows = rowsOf(data, 'issuedBadges').length > 0 ? 'issuedBadges' : 'earnedBadgesList';
    return rowsOf(data, rows)
      .filter((row) => !isObject(row['error']))
      .map((row) => ({ badgeId, kind, id: textOrNull(row['issuedId'] ?? row['earnedBadgeId']) ?? '' }));
  }
  if (name !== 'import' || !Array.isArray(call.answer)) return [];
  return (call.answer as unknown[]).flatMap((item) => {
    const row = isObject(item) ? item['data'] : null;
    if (!isObject(row)) return [];
    return [
      { badgeId: textOrNull(row['badgeMetaId']) ?? '', kind: 'awards', id: textOrNull(row['earnedBadgeId']) ?? '' },
    ];
  });
}

/** Reads a recording for what was there before it. */
class Reading {
  readonly state: StartingState = {
    ...{ badges: new Map(), groups: new Map(), fields: new Map(), meta: null },
    knows: { badges: false, requests: false, groups: false, fields: false, meta: false },
  };
  /** Ids of what the recording itself makes. */
  readonly #created = new Set<string>();
  readonly #createdBefore: Record<Kind, number> = { badge: 0, group: 0, field: 0 };
  readonly #made = new Map<string, { enrolments: number; awards: number }>();
  readonly #madeIds: Set<string>;
  /** Badges whose claims or constraints the recording has changed: what is shown from then on is no longer the start. */
  readonly #claims = new Map<string, { made: Set<string>; undone: JsonObject[] }>();
  readonly #totals: Partial<Record<Kind, number>> = {};
  #hasMeta: boolean | null = null;

  constructor(calls: readonly PreparedCall[]) {
    this.#madeIds = new Set(calls.flatMap(madeBy).map(({ id }) => id));
    for (const call of calls) {
      const kind = CREATES[call.route?.endpoint.name ?? ''];
      const id = kind && textOrNull(dataOf(call)?.['id']);
      if (typeof id === 'string') this.#created.add(id);
    }
    for (const call of calls) this.#read(call);
    this.#conclude();
  }

  #read(call: PreparedCall): void {
    const name = call.route?.endpoint.name ?? '';
    const data = dataOf(call);
    for (const id of call.badges) if (call.call.answer?.status !== 404) this.#badge(id);
    if (data !== null) {
      const created = CREATES[name];
      if (created === 'badge' && this.#createdBefore.badge === 0 && data['badgeNumericId'] === 1) this.#startsEmpty();
      if (created !== undefined) this.#createdBefore[created] += 1;
      const shown = SHOWS[name];
      if (shown !== undefined) this.#shown(shown, textOrNull(data['id']), data);
      const list = LISTS[name];
      if (list !== undefined) {
        for (const row of rowsOf(data, list.key)) this.#shown(list.kind, textOrNull(row[list.id]), row);
        if (name !== 'customerBadges') this.#listed(list.kind, data, call.call.query);
      }
      if (name === 'customerBadgeDetails') this.#held(call, data);
      if (name === 'claim' || name === 'unclaim') this.#claimed(call, name, data);
      this.#readMeta(name, data);
    }
    if (name === 'readOrgMeta' && call.call.answer?.status === 404) this.#hasMeta ??= false;
    for (const { badgeId, kind } of madeBy(call)) {
      const made = this.#made.get(badgeId) ?? { enrolments: 0, awards: 0 };
      made[kind] += 1;
      this.#made.set(badgeId, made);
    }
  }

  #startsEmpty(): void {
    this.state.knows.badges = true;
    this.state.knows.requests = true;
  }

  /** The badge of an id that the recording does not make itself. */
  #badge(id: string): EarlierBadge | null {
    if (this.#created.has(id)) return null;
    let badge = this.state.badges.get(id);
    if (badge === undefined) {
      badge = { id, fields: {}, isWhole: false, earlier: null, holders: new Map() };
      this.state.badges.set(id, badge);
    }
    return badge;
  }

  #shown(kind: Kind, id: string | null, fields: JsonObject): void {
    if (id === null || this.#created.has(id)) return;
    if (kind !== 'badge') {
      const known = kind === 'group' ? this.state.groups : this.state.fields;
      if (!known.has(id)) known.set(id, fields);
      return;
    }
    const badge = this.#badge(id);
    if (badge === null) return;
    const [enrolments, awards] = [numberOf(fields, 'issuedCount'), numberOf(fields, 'earnedCount')];
    // A customer's own list counts only theirs.
    if (badge.earlier === null && enrolments !== null && awards !== null) {
      const made = this.#made.get(id) ?? { enrolments: 0, awards: 0 };
      badge.earlier = {
        enrolments: Math.max(0, enrolments - made.enrolments),
        awards: Math.max(0, awards - made.awards),
      };
    }
    if (badge.isWhole) return;
    badge.fields = { ...fields, ...badge.fields, ...this.#startingClaims(id, badge.fields, fields) };
    badge.isWhole = isWhole(badge.fields);
  }

  /** The ownership of a badge without what the recording claimed before it was shown. */
  #startingClaims(id: string, known: JsonObject, fields: JsonObject): JsonObject {
    const changed = this.#claims.get(id);
    const ownership = fields['ownership'];
    if (known['ownership'] !== undefined || changed === undefined || !isObject(ownership)) return {};
    const claims = rowsOf(ownership, 'claims').filter((claim) => !changed.made.has(claimKey(claim)));
    const undone = changed.undone.map((claim) => ({ ...claim, isActive: true }));
    const others = claims.filter((claim) => !changed.undone.some((one) => claimKey(one) === claimKey(claim)));
    return { ownership: { ...ownership, claims: [...others, ...undone] } };
  }

  #claimed(call: PreparedCall, name: 'claim' | 'unclaim', data: JsonObject): void {
    const id = call.badges[0] ?? '';
    const claim = { ownerType: data['ownerType'], referenceId: data['referenceId'] };
    const changed = this.#claims.get(id) ?? { made: new Set<string>(), undone: [] };
    const warnings = isObject(call.answer) ? rowsOf(call.answer, 'warnings') : [];
    const wasThere = warnings.some((warning) => warning['code'] === 900);
    if (name === 'claim' && !wasThere) changed.made.add(claimKey(claim));
    if (name === 'unclaim' && !changed.made.has(claimKey(claim))) changed.undone.push(claim);
    this.#claims.set(id, changed);
  }

  #held({ route, badges, call }: PreparedCall, data: JsonObject): void {
    const badge = this.#badge(badges[0] ?? '');
    const customer = route?.path['customerId'] ?? '';
    const isById = (call.headers['x-cap-customer-identifier'] ?? '').trim() === '';
    if (badge === null || !isById || badge.holders.has(customer) || !/^\d{1,15}$/.test(customer)) return;
    if (!isObject(data['issualDetails']) || !isObject(data['earnDetails'])) return;
    const earlier = (rows: readonly JsonObject[], id: string): JsonObject[] =>
      rows.filter((row) => !this.#madeIds.has(textOrNull(row[id]) ?? ''));
    badge.holders.set(customer, {
      customerId: Number(customer),
      issuals: earlier(rowsOf(data['issualDetails'], 'issuals'), 'issueId'),
      earns: earlier(rowsOf(data['earnDetails'], 'earns'), 'earnId'),
    });
  }

  #listed(kind: Kind, data: JsonObject, query: string): void {
    const isWholeList = [...new URLSearchParams(query).keys()].every((key) => PAGING.has(key));
    const pagination = data['pagination'];
    const total = isObject(pagination) ? numberOf(pagination, 'total') : null;
    if (isWholeList && total !== null) this.#totals[kind] ??= total - this.#createdBefore[kind];
  }

  #readMeta(name: string, data: JsonObject): void {
    if (name === 'createOrgMeta') this.#hasMeta ??= false;
    if ((name === 'readOrgMeta' || name === 'updateOrgMeta') && this.#hasMeta === null) {
      this.#hasMeta = true;
      this.state.meta = data;
    }
  }

  #conclude(): void {
    const { state } = this;
    const known = [...state.badges.values()].filter(({ fields }) => Object.keys(fields).length > 0).length;
    if (this.#totals.badge === known) state.knows.badges = true;
    if (this.#totals.badge === 0) state.knows.requests = true;
    state.knows.groups = this.#totals.group === state.groups.size;
    state.knows.fields = this.#totals.field === state.fields.size;
    state.knows.meta = this.#hasMeta !== null;
  }
}

/** What makes two claims of a badge one. */
export const claimKey = (claim: JsonObject): string => JSON.stringify([claim['ownerType'], claim['referenceId']]);

/** What was there before a recording, as far as its own answers tell. */
export function startingState(calls: readonly PreparedCall[]): StartingState {
  return new Reading(calls).state;
}
