import {
  constraintTypeOf,
  type BadgeDefinition,
  type Benefit,
  type Constraint,
  type CustomerRollingConstraint,
} from '../../../shared/domain/badge';
import { SECOND, toIsoExact, toSeconds } from '../../../shared/domain/instant';
import type { MeaningField } from '../../../shared/gateway/meaning';
import { plainWords } from '../../../shared/ipc/plain-words';
import { message, type Message } from '../../../shared/words/message';

/** Columns of the bulk template as the vendor's public page prints them; `earnType` stands there twice. */
export const TEMPLATE_HEADINGS: readonly string[] = [
  ...['name', 'description', 'isActive', 'startOn', 'expiresOn', 'earnType'],
  ...['EarnexpiryType', 'EarnexpiryWithBadgeMeta', 'EarnBadgestype', 'restrictedToOwners'],
  ...['ConstraintType1 for Cx', 'ConstraintType2 for Cx', 'maxEarnLimit for Cx', 'rollForDays for Cx'],
  ...['maxEarnForDays for Cx', 'rollForWeeks for Cx', 'maxEarnForWeeks for Cx', 'rollForMonths for Cx'],
  ...['maxEarnForMonths for Cx', 'maxEarnLimit for badge', 'badge constraintType1', 'badge constraintType2'],
  ...['badge constraintType3', 'badge constraintType4', 'badge rolltype1', 'badge rollvalue1'],
  ...['badge max earn limit1', 'badge rolltype2', 'badge rollvalue2', 'badge max earn limit2'],
  ...['badge rolltype3', 'badge rollvalue3', 'badge max earn limit3', 'badge max earn limit4', 'earnType'],
  ...['benefitType1', 'benefitType2', 'benefitType3', 'points1', 'program ID1 for points'],
  ...['promotion ID1 for points', 'allocationStrategyId1 for points', 'expirationStrategyId1 for points'],
  ...['couponseriesId2', 'couponseriesId1', 'tag name 1', 'tag value 1', 'tag name 2', 'tag value 2', 'tag name 3'],
  ...['badgeRank', 'badgeGroupId', 'tag value 3'],
];

const SLOTS = { customer: 2, rolling: 3, badge: 4, benefits: 3, coupons: 2, tags: 3 } as const;

/** Fields that the template has no column for: a row says nothing about them. */
export const TEMPLATE_SILENT: readonly MeaningField[] = [
  'issuedBadgeExpiry',
  'images',
  'defaultTillId',
  'customFields',
];

export interface TemplateRow {
  cells: readonly string[];
  /** What of the badge is not in the row. */
  lost: readonly Message[];
}

/** Fills cells by their headings and notes what finds none. */
class Row {
  readonly cells: string[] = TEMPLATE_HEADINGS.map(() => '');
  readonly lost: Message[] = [];

  set(heading: string, value: string | number | boolean | null): void {
    if (value === null) return;
    const text = typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
    for (const [place, name] of TEMPLATE_HEADINGS.entries()) if (name === heading) this.cells[place] = text;
    // A spreadsheet gets an apostrophe before what looks like a formula; where one stands already, both are taken off again.
    if (typeof value === 'string' && (plainWords(text) !== text || /^'[=+\-@\t]/.test(text)))
      this.lost.push(message('transfer.lostCharacters', { column: heading }));
  }

  lose(what: Message): void {
    this.lost.push(what);
  }
}

/** A readable badge as a row of the vendor's template, as far as that has columns for it. */
export function templateRow(badge: BadgeDefinition): TemplateRow {
  const row = new Row();
  row.set('name', badge.name);
  row.set('description', badge.description);
  row.set('isActive', badge.active);
  for (const field of ['startOn', 'expiresOn'] as const) {
    const instant = badge[field];
    row.set(field, Math.floor(toSeconds(instant)));
    if (instant % SECOND !== 0) row.lose(message('transfer.lostFraction', { column: field }));
  }
  row.set('earnType', badge.earnType);
  setExpiry(row, badge);
  row.set('restrictedToOwners', badge.restrictedToOwners.join(','));
  setCustomerLimits(row, badge.customerConstraints);
  setBadgeLimits(row, badge.badgeConstraints);
  setBenefits(row, badge.benefits);
  for (const [place, tag] of badge.tags.slice(0, SLOTS.tags).entries()) {
    row.set(`tag name ${String(place + 1)}`, tag.name);
    row.set(`tag value ${String(place + 1)}`, tag.value);
    if (tag.name === '' || tag.value === '' || (tag.name === null && tag.value === null))
      row.lose(message('transfer.lostEmptyTag'));
  }
  if (badge.tags.length > SLOTS.tags) row.lose(message('transfer.lostTags', { count: badge.tags.length - SLOTS.tags }));
  row.set('badgeRank', badge.badgeRank);
  row.set('badgeGroupId', badge.badgeGroupId);
  if (badge.badgeGroupId === '') row.lose(message('transfer.lostEmptyGroup'));
  if (badge.issuedBadgeExpiry !== null) row.lose(message('transfer.lostIssuedExpiry'));
  if (badge.images.length > 0) row.lose(message('transfer.lostImages'));
  if (badge.defaultTillId !== null) row.lose(message('transfer.lostTill'));
  if (Object.keys(badge.customFields).length > 0) row.lose(message('transfer.lostCustomFields'));
  return { cells: row.cells, lost: row.lost };
}

function setExpiry(row: Row, { earnedBadgeExpiry: expiry }: BadgeDefinition): void {
  row.set('EarnexpiryType', expiry.kind === 'RELATIVE' || expiry.kind === 'NEVER' ? expiry.kind : 'ABSOLUTE');
  if (expiry.kind === 'WITH_BADGE_META' || expiry.kind === 'FIXED_DATE') {
    row.set('EarnexpiryWithBadgeMeta', expiry.kind === 'WITH_BADGE_META');
    row.set('EarnBadgestype', expiry.kind);
  }
  if (expiry.kind === 'FIXED_DATE') row.lose(message('transfer.lostExpiryDate'));
  if (expiry.kind === 'RELATIVE') row.lose(message('transfer.lostExpiryPeriod'));
}

const limiting = (list: readonly Constraint[]): readonly Constraint[] => list.filter(({ kind }) => kind !== 'NO_LIMIT');

function setCustomerLimits(row: Row, list: readonly Constraint[]): void {
  const kept: Constraint[] = [];
  let lost = 0;
  for (const limit of limiting(list)) {
    const isHeld = limit.kind === 'FIXED_VALUE' || limit.kind === 'CUSTOMER_ROLLING_WINDOW';
    if (isHeld && kept.length < SLOTS.customer && !kept.some(({ kind }) => kind === limit.kind)) kept.push(limit);
    else lost += 1;
  }
  for (const [place, limit] of kept.entries()) {
    row.set(`ConstraintType${String(place + 1)} for Cx`, constraintTypeOf(limit, 'CUSTOMER'));
    if (limit.kind === 'FIXED_VALUE') row.set('maxEarnLimit for Cx', limit.maxEarnLimit);
    if (limit.kind !== 'CUSTOMER_ROLLING_WINDOW') continue;
    for (const key of ROLLING_KEYS) row.set(`${key} for Cx`, limit[key]);
  }
  if (lost > 0) row.lose(message('transfer.lostCustomerLimits', { count: lost }));
}

const ROLLING_KEYS = [
  ...(['rollForDays', 'maxEarnForDays', 'rollForWeeks', 'maxEarnForWeeks'] as const),
  ...(['rollForMonths', 'maxEarnForMonths'] as const),
] satisfies (keyof CustomerRollingConstraint)[];

function setBadgeLimits(row: Row, list: readonly Constraint[]): void {
  let [place, rolling, total, lost] = [0, 0, 0, 0];
  for (const limit of limiting(list)) {
    if (limit.kind === 'FIXED_VALUE' && total === 0) {
      total += 1;
      // Two columns may be meant for it, and no document says which: both say the same.
      row.set('maxEarnLimit for badge', limit.maxEarnLimit);
      row.set('badge max earn limit4', limit.maxEarnLimit);
    } else if (limit.kind === 'BADGE_ROLLING_WINDOW' && rolling < SLOTS.rolling) {
      rolling += 1;
      row.set(`badge rolltype${String(rolling)}`, limit.rollType);
      row.set(`badge rollvalue${String(rolling)}`, limit.rollValue);
      row.set(`badge max earn limit${String(rolling)}`, limit.maxEarnLimit);
    } else {
      lost += 1;
      continue;
    }
    place += 1;
    row.set(`badge constraintType${String(place)}`, constraintTypeOf(limit, 'BADGE'));
  }
  if (lost > 0) row.lose(message('transfer.lostBadgeLimits', { count: lost }));
}

function setBenefits(row: Row, list: readonly Benefit[]): void {
  let [place, coupons, points, lost] = [0, 0, 0, 0];
  for (const benefit of list) {
    const isCoupon = benefit.benefitType === 'COUPON';
    if (place === SLOTS.benefits || (isCoupon ? coupons === SLOTS.coupons : points === 1)) {
      lost += 1;
      continue;
    }
    place += 1;
    row.set(`benefitType${String(place)}`, benefit.benefitType);
    if (isCoupon) {
      coupons += 1;
      row.set(`couponseriesId${String(coupons)}`, benefit.seriesId);
      continue;
    }
    points += 1;
    row.set('points1', benefit.points);
    row.set('program ID1 for points', benefit.programId);
    row.set('promotion ID1 for points', benefit.promotionId);
    row.set('allocationStrategyId1 for points', benefit.allocationStrategyId);
    row.set('expirationStrategyId1 for points', benefit.expirationStrategyId);
    if (benefit.defaultTillId !== null) row.lose(message('transfer.lostBenefitTill'));
  }
  if (lost > 0) row.lose(message('transfer.lostBenefits', { count: lost }));
}

/** Whether these are the headings of the vendor's template: those that only it has. */
export function isTemplateHeading(headings: readonly string[]): boolean {
  const own = TEMPLATE_HEADINGS.filter((heading) => / for Cx|^badge /.test(heading));
  const given = new Set(headings.map((heading) => heading.trim().toLowerCase()));
  return own.filter((heading) => given.has(heading.toLowerCase())).length >= 3;
}

/** The body that a row of the vendor's template asks for. Null where no cell is filled. */
export function bodyOfTemplateRow(
  headings: readonly string[],
  cells: readonly string[],
): Record<string, unknown> | null {
  const byHeading = new Map<string, string>();
  for (const [place, heading] of headings.entries()) {
    const key = heading.trim().toLowerCase();
    // The apostrophe that a table of ours puts before what looks like a formula.
    const text = (cells[place] ?? '').replace(/^'(?=[=+\-@\t])/, '');
    if (text !== '' && !byHeading.has(key)) byHeading.set(key, text);
  }
  if (byHeading.size === 0) return null;
  const cell = (heading: string): string | null => byHeading.get(heading.toLowerCase()) ?? null;
  const number = (heading: string): unknown => numberOr(cell(heading));
  return {
    name: cell('name'),
    description: cell('description'),
    startOn: instantOr(cell('startOn')),
    expiresOn: instantOr(cell('expiresOn')),
    earnType: cell('earnType'),
    earnedBadgeExpiry: expiryOf(cell),
    ownership: { restrictedToOwners: ownersOf(cell('restrictedToOwners')) },
    customerConstraints: customerLimitsOf(cell, number),
    badgeConstraints: badgeLimitsOf(cell, number),
    active: truthOr(cell('isActive')),
    tags: tagsOf(cell),
    benefits: benefitsOf(cell, number),
    badgeGroupId: cell('badgeGroupId'),
    badgeRank: number('badgeRank'),
  };
}

type CellOf = (heading: string) => string | null;
type NumberOf = (heading: string) => unknown;

/** What is no number stays as it is written, so that the editor shows it. */
const numberOr = (text: string | null): unknown =>
  text !== null && /^-?\d{1,15}$/.test(text.trim()) ? Number(text.trim()) : text;
const truthOr = (text: string | null): unknown =>
  text !== null && /^(?:true|false)$/i.test(text.trim()) ? text.trim().toLowerCase() === 'true' : text;

function instantOr(text: string | null): unknown {
  const seconds = numberOr(text);
  return typeof seconds === 'number' && Number.isSafeInteger(seconds * SECOND) ? toIsoExact(seconds * SECOND) : text;
}

const ownersOf = (text: string | null): string[] =>
  (text ?? '')
    .split(/[,;]/)
    .map((owner) => owner.trim())
    .filter((owner) => owner !== '');

function expiryOf(cell: CellOf): Record<string, unknown> {
  const expiryType = cell('EarnexpiryType');
  if (expiryType !== 'ABSOLUTE') return { expiryType };
  const type = cell('EarnBadgestype');
  return {
    expiryType,
    type,
    ...(type === 'FIXED_DATE' ? {} : { expireWithBadgeMeta: truthOr(cell('EarnexpiryWithBadgeMeta')) }),
  };
}

function customerLimitsOf(cell: CellOf, number: NumberOf): Record<string, unknown>[] {
  return [1, 2].flatMap((place) => {
    const constraintType = cell(`ConstraintType${String(place)} for Cx`);
    if (constraintType === null) return [];
    if (constraintType.endsWith('ROLLING_WINDOW'))
      return [
        { constraintType, ...Object.fromEntries(ROLLING_KEYS.map((key) => [key, number(`${key} for Cx`) ?? 0])) },
      ];
    return [
      {
        constraintType,
        ...(constraintType.endsWith('NO_LIMIT') ? {} : { maxEarnLimit: number('maxEarnLimit for Cx') }),
      },
    ];
  });
}

function badgeLimitsOf(cell: CellOf, number: NumberOf): Record<string, unknown>[] {
  let rolling = 0;
  return Array.from({ length: SLOTS.badge }, (_, place) => String(place + 1)).flatMap((place) => {
    const constraintType = cell(`badge constraintType${place}`);
    if (constraintType === null) return [];
    if (constraintType.endsWith('NO_LIMIT')) return [{ constraintType }];
    if (!constraintType.endsWith('ROLLING_WINDOW'))
      return [{ constraintType, maxEarnLimit: number('maxEarnLimit for badge') ?? number('badge max earn limit4') }];
    rolling += 1;
    return [
      {
        constraintType,
        rollType: cell(`badge rolltype${String(rolling)}`),
        rollValue: number(`badge rollvalue${String(rolling)}`),
        maxEarnLimit: number(`badge max earn limit${String(rolling)}`),
      },
    ];
  });
}

const tagsOf = (cell: CellOf): Record<string, unknown>[] =>
  Array.from({ length: SLOTS.tags }, (_, place) => String(place + 1)).flatMap((place) => {
    const [name, value] = [cell(`tag name ${place}`), cell(`tag value ${place}`)];
    return name === null && value === null ? [] : [{ name, value }];
  });

function benefitsOf(cell: CellOf, number: NumberOf): Record<string, unknown>[] {
  let coupons = 0;
  return [1, 2, 3].flatMap((place): Record<string, unknown>[] => {
    const benefitType = cell(`benefitType${String(place)}`);
    if (benefitType === null) return [];
    if (benefitType === 'COUPON') {
      coupons += 1;
      return [{ benefitType, seriesId: number(`couponseriesId${String(coupons)}`) }];
    }
    return [
      {
        benefitType,
        points: number('points1'),
        programId: number('program ID1 for points'),
        promotionId: number('promotion ID1 for points'),
        allocationStrategyId: number('allocationStrategyId1 for points'),
        expirationStrategyId: number('expirationStrategyId1 for points'),
      },
    ];
  });
}
