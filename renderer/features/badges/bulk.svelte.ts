import type { DATE_FIELDS, EXPIRY_FIELDS, PLAIN_FIELDS, BulkChange } from '../../../shared/domain/bulk-change';
import { newLimit, type LimitKind } from '../../../shared/domain/bulk-limits';
import { COUPON_FIELDS, POINT_FIELDS, type BenefitField, type BenefitType } from '../../../shared/domain/bulk-lists';
import {
  OWNER_TYPES,
  type BadgeOwner,
  type ConstraintLevel,
  type Expiry,
  type ImageTag,
  type PeriodUnit,
} from '../../../shared/domain/badge';
import {
  MOST_CHANGED,
  type BadgeStep,
  type BulkPreview,
  type BulkProgress,
  type BulkRow,
} from '../../../shared/ipc/bulk-contract';
import type { Instant } from '../../../shared/domain/instant';
import type { Door } from '../../lib/backend';
import { LongWork, type WorkOptions } from '../../lib/long-work.svelte';

/** Places come from the programme; nobody types them. */
export type ChangeKind = Exclude<BulkChange['kind'], 'places'>;
/** Typing pauses shorter than this are not looked at. */
const LOOK_AFTER = 250;
/** The table shows first what wants a look. */
const ORDER: readonly BulkRow['verdict'][] = ['breaks', 'kept', 'changes', 'same'];

/** What the making up of a change begins with. */
export interface BulkStart {
  /** Settled already: only looked at and done, or not. */
  change?: BulkChange | null;
  /** The kind that is entered first. */
  kind?: ChangeKind;
}

/** One change of many badges while it is made up: what is entered, and the table of what it would do. */
export class BulkEdit {
  readonly ids: readonly string[];
  readonly #door: Door;

  kind = $state<ChangeKind>('replace');
  /** What is to be done, where that is settled; null: it is entered. */
  readonly given: BulkChange | null;
  find = $state('');
  replacement = $state('');
  fields = $state<'both' | 'name' | 'description'>('both');
  matchCase = $state(false);
  field = $state<(typeof PLAIN_FIELDS)[number]>('badgeGroupId');
  text = $state('');
  number = $state<number | null>(null);
  active = $state<'yes' | 'no'>('yes');
  level = $state<ConstraintLevel>('CUSTOMER');
  limitAction = $state<'set' | 'raise' | 'add' | 'remove'>('raise');
  limitKind = $state<LimitKind>('ANY');
  newLimit = $state<Exclude<LimitKind, 'ANY'>>('FIXED_VALUE');
  limit = $state<number | null>(null);
  percent = $state<number | null>(10);
  unit = $state<PeriodUnit>('MONTHS');
  length = $state<number | null>(7);
  which = $state<'start' | 'end' | 'all'>('all');
  shift = $state<number | null>(null);
  shiftUnit = $state<'DAYS' | 'WEEKS'>('DAYS');
  dateField = $state<(typeof DATE_FIELDS)[number]>('expiresOn');
  /** A date to set, and one on which awards or enrolments end. */
  at = $state<Instant | null>(null);
  expiryField = $state<(typeof EXPIRY_FIELDS)[number]>('earnedBadgeExpiry');
  expiry = $state<Expiry['kind'] | 'NONE'>('RELATIVE');
  earnType = $state<'EARN' | 'ISSUE_EARN'>('EARN');
  adding = $state<'add' | 'remove'>('add');
  owner = $state<BadgeOwner>(OWNER_TYPES[0]);
  name = $state('');
  value = $state('');
  tag = $state<ImageTag>('EARNED');
  imageAction = $state<'set' | 'remove'>('set');
  address = $state('');
  handle = $state('');
  benefitAction = $state<'set' | 'add' | 'remove'>('set');
  benefitField = $state<BenefitField>('points');
  benefitType = $state<BenefitType>('COUPON');
  /** Numbers of the benefit that is added or taken away. */
  readonly benefit = $state<Partial<Record<BenefitField, number | null>>>({});
  withBreaks = $state(false);

  preview = $state.raw<BulkPreview | null>(null);
  looking = $state(false);
  /** What is being looked at, or changed; null: nothing is. */
  looked = $state.raw<LongWork<BulkProgress, BulkPreview> | null>(null);
  applied = $state.raw<LongWork<BulkProgress, BadgeStep> | null>(null);
  failure = $state.raw<unknown>(null);
  /** The row that the keyboard stands on. */
  row = $state(0);

  readonly applying: boolean = $derived(this.applied !== null);
  /** How far the work is that goes on; null while nobody waits long. */
  readonly progress: LongWork<BulkProgress, unknown> | null = $derived(
    [this.applied, this.looked].find((work) => (work?.progress ?? null) !== null) ?? null,
  );

  /** The change that is entered; null while something is missing. */
  readonly change: BulkChange | null = $derived.by(() => this.given ?? this.#entered());
  readonly rows: readonly BulkRow[] = $derived(
    (this.preview?.rows ?? []).toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict)),
  );
  #timer: ReturnType<typeof setTimeout> | undefined;
  #look = 0;

  constructor(ids: readonly string[], door: Door, { change = null, kind = 'replace' }: BulkStart = {}) {
    this.ids = ids;
    this.#door = door;
    this.given = change;
    this.kind = kind;
  }

  get tooMany(): boolean {
    return this.ids.length > MOST_CHANGED;
  }

  /** Looks again, soon: what stands in the table is out of date until then. */
  lookSoon(): void {
    clearTimeout(this.#timer);
    this.#look += 1;
    this.looked?.cancel();
    this.preview = null;
    this.failure = null;
    this.looking = this.change !== null && !this.tooMany;
    if (this.looking) this.#timer = setTimeout(() => void this.#lookNow(), LOOK_AFTER);
  }

  /** Gives up what goes on: nothing is changed that is not yet. */
  close(): void {
    clearTimeout(this.#timer);
    this.#look += 1;
    this.looked?.cancel();
    this.applied?.cancel();
  }

  /** Stops the change while it is worked out. */
  cancel(): void {
    this.applied?.cancel();
  }

  /** Does what the table shows. @returns the step, or null where nothing was saved: `failure` says why */
  async apply(): Promise<BadgeStep | null> {
    const { change, preview, withBreaks } = this;
    if (change === null || preview === null || this.applying) return null;
    const { seen } = preview;
    const work = new LongWork((options: WorkOptions<BulkProgress>) =>
      this.#door('bulk.apply', { ids: [...this.ids], change, withBreaks, seen }, options),
    );
    this.applied = work;
    await work.run();
    this.applied = null;
    if (work.state === 'failed') {
      this.lookSoon();
      this.failure = work.failure;
    }
    return work.answer;
  }

  async #lookNow(): Promise<void> {
    const { change, withBreaks } = this;
    const look = this.#look;
    if (change === null) return;
    const work = new LongWork((options: WorkOptions<BulkProgress>) =>
      this.#door('bulk.preview', { ids: [...this.ids], change, withBreaks }, options),
    );
    this.looked = work;
    await work.run();
    if (look !== this.#look) return;
    this.looked = null;
    this.preview = work.answer;
    this.failure = work.failure;
    this.looking = false;
  }

  #entered(): BulkChange | null {
    const { kind } = this;
    switch (kind) {
      case 'replace': {
        const { find, replacement, matchCase, fields } = this;
        if (find === '') return null;
        return { kind, find, replacement, matchCase, fields: fields === 'both' ? ['name', 'description'] : [fields] };
      }
      case 'field':
        return { kind, field: this.field, value: this.#fieldValue() };
      case 'limit':
        return this.#enteredLimit();
      case 'dates': {
        const { which, shift, shiftUnit } = this;
        if (shift === null || shift === 0) return null;
        return { kind, which, days: shiftUnit === 'WEEKS' ? shift * 7 : shift };
      }
      case 'date':
        return this.at === null ? null : { kind, field: this.dateField, at: this.at };
      case 'expiry': {
        if (this.expiry === 'NONE') return { kind, field: this.expiryField, expiry: null };
        const expiry = this.#expiryEntered(this.expiry);
        return expiry === null ? null : { kind, field: this.expiryField, expiry };
      }
      case 'owner':
        return { kind, action: this.adding, owner: this.owner };
      case 'tag':
        return this.name === ''
          ? null
          : { kind, action: this.adding, name: this.name, value: this.value === '' ? null : this.value };
      case 'customField':
        return this.name === '' ? null : { kind, name: this.name, value: this.value === '' ? null : this.value };
      case 'image': {
        const { tag, name, address, handle } = this;
        if (this.imageAction === 'remove') return { kind, tag, image: null };
        // What is shown is at an address, or behind a handle.
        if (address === '' && handle === '') return null;
        const [url, fileSvcHandle] = [address === '' ? null : address, handle === '' ? null : handle];
        return { kind, tag, image: { name, url, fileSvcHandle } };
      }
      case 'benefit':
        return this.#enteredBenefit();
    }
  }

  /** The fields of the benefit that is added or taken away. */
  get benefitFields(): readonly BenefitField[] {
    return this.benefitType === 'COUPON' ? COUPON_FIELDS : POINT_FIELDS;
  }

  #enteredBenefit(): BulkChange | null {
    const { benefitAction: action, benefitField: field, benefitType, number: value } = this;
    const kind = 'benefit' as const;
    if (action === 'set') return { kind, change: { action, field, value } };
    const numbers: Partial<Record<BenefitField, number>> = {};
    for (const key of this.benefitFields) {
      const number = this.benefit[key] ?? null;
      if (number !== null) numbers[key] = number;
    }
    // One that says nothing is none that could be given.
    if (action === 'add' && Object.keys(numbers).length === 0) return null;
    return { kind, change: { action, benefit: { benefitType, numbers } } };
  }

  #expiryEntered(kind: Expiry['kind']): Expiry | null {
    const { at, length, unit } = this;
    if (kind === 'FIXED_DATE') return at === null ? null : { kind, expiresOn: at };
    if (kind === 'RELATIVE') return length === null || length < 1 ? null : { kind, unit, value: length };
    return { kind };
  }

  #fieldValue(): string | number | boolean | null {
    if (this.field === 'earnType') return this.earnType;
    if (this.field === 'active') return this.active === 'yes';
    if (this.field === 'badgeRank' || this.field === 'defaultTillId') return this.number;
    return this.text === '' ? null : this.text;
  }

  #enteredLimit(): BulkChange | null {
    const { level, limitAction: action, limitKind: kind, limit, percent } = this;
    if (action === 'remove') return { kind: 'limit', level, change: { action, kind } };
    if (action === 'raise')
      return percent === null || percent === 0 ? null : { kind: 'limit', level, change: { action, kind, percent } };
    if (action === 'set') return limit === null ? null : { kind: 'limit', level, change: { action, kind, limit } };
    const { newLimit: wanted, unit, length } = this;
    const constraint = newLimit(level, { kind: wanted, limit, unit, length });
    return constraint === null ? null : { kind: 'limit', level, change: { action, constraint } };
  }
}
