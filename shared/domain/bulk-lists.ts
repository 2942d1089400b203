import type { ImageTag } from './badge';
import { isObject, type JsonObject } from './body-reader';
import { numberText, writeJson } from './json';
import { message, type Message } from '../words/message';

/** What can be said of every coupon, and of every gift of points, of many badges. */
export const COUPON_FIELDS = ['seriesId'] as const;
export const POINT_FIELDS = [
  ...(['points', 'programId', 'promotionId', 'allocationStrategyId', 'expirationStrategyId', 'defaultTillId'] as const),
] as const;
export const BENEFIT_FIELDS = [...COUPON_FIELDS, ...POINT_FIELDS] as const;
export type BenefitField = (typeof BENEFIT_FIELDS)[number];

export type BenefitType = 'COUPON' | 'LOYALTY_POINTS';

/** A benefit that is to be there, or not; numbers that are not there are not said. */
export interface NewBenefit {
  benefitType: BenefitType;
  numbers: Readonly<Partial<Record<BenefitField, number>>>;
}

/** What becomes of the picture of one state; an address or a handle is what is shown. */
export interface NewImage {
  name: string;
  url: string | null;
  fileSvcHandle: string | null;
}

/** A change of the benefits of a badge. `remove` takes those that say all of it; of a coupon without series every one. */
export type BenefitAction =
  | { action: 'add' | 'remove'; benefit: NewBenefit }
  /** Null takes the field away. */
  | { action: 'set'; field: BenefitField; value: number | null };

/** A place of a list before and after, as it is written; null where there was, or is, nothing. */
export interface ListStep {
  path: string;
  before: string | null;
  after: string | null;
}

/** The body with another list, and what moved; without steps it said so already. */
export type ListChange = { body: JsonObject; steps: readonly ListStep[] } | { kept: Message };

const missing = (value: unknown): boolean => value === undefined || value === null;

/** The objects of a list; null where it cannot be read. */
function listIn(body: JsonObject, key: string): JsonObject[] | null {
  const list: unknown = body[key] ?? [];
  return Array.isArray(list) && list.every(isObject) ? list : null;
}

/** What stands under a key, as it is written; null: nothing. */
function said(holder: JsonObject, key: string): string | null {
  const value = numberText(holder, key) ?? holder[key];
  return missing(value) || value === '' ? null : typeof value === 'string' ? value : writeJson(value);
}

const imageText = (image: JsonObject): string => said(image, 'url') ?? said(image, 'fileSvcHandle') ?? '';

/**
 * Gives all badges the same picture of one state, or none of it. Of several that are shown in that state the first is it; pictures of
 * other states, and what Laurel does not know of this one, stay.
 */
export function setImage(body: JsonObject, tag: ImageTag, image: NewImage | null): ListChange {
  const images = listIn(body, 'images');
  if (images === null) return { kept: message('bulk.unreadableField', { field: 'images' }) };
  const path = `images.${tag}`;
  const isOf = (one: JsonObject): boolean => one['tag'] === tag;
  const old = images.filter(isOf);
  const before = old.length === 0 ? null : old.map(imageText).join(', ');
  if (image === null) {
    if (old.length === 0) return { body, steps: [] };
    return { body: { ...body, images: images.filter((one) => !isOf(one)) }, steps: [{ path, before, after: null }] };
  }
  const [first] = old;
  const keys = ['name', 'url', 'fileSvcHandle'] as const;
  if (first !== undefined && keys.every((key) => said(first, key) === (image[key] === '' ? null : image[key])))
    return { body, steps: [] };
  const kept = Object.entries(first ?? {}).filter(([key]) => !(keys as readonly string[]).includes(key));
  const given = keys.flatMap((key) => (image[key] === null ? [] : [[key, image[key]] as const]));
  const next: JsonObject = { ...Object.fromEntries(given), ...Object.fromEntries(kept), tag };
  const list = first === undefined ? [...images, next] : images.map((one) => (one === first ? next : one));
  return {
    body: { ...body, images: list },
    steps: [{ path, before, after: list.filter(isOf).map(imageText).join(', ') }],
  };
}

/** A benefit in the names of the gateway, as it is told: `COUPON seriesId 55`. */
function benefitText(benefit: JsonObject): string {
  const parts = BENEFIT_FIELDS.flatMap((field) => {
    const value = said(benefit, field);
    return value === null ? [] : [`${field} ${value}`];
  });
  return [said(benefit, 'benefitType') ?? '', ...parts].join(' ');
}

/** Adds a benefit to a badge, takes some away, or says one number of those that have it otherwise. */
export function changeBenefits(body: JsonObject, change: BenefitAction): ListChange {
  const benefits = listIn(body, 'benefits');
  if (benefits === null) return { kept: message('bulk.unreadableField', { field: 'benefits' }) };
  const inWords = (list: readonly JsonObject[]): string | null =>
    list.length === 0 ? null : list.map(benefitText).join(', ');
  if (change.action === 'set') return benefitField(body, benefits, change.field, change.value);
  const { benefitType, numbers } = change.benefit;
  const benefit: JsonObject = { benefitType, ...numbers };
  const fields = Object.entries(benefit).map(([key, value]) => [key, String(value)] as const);
  const saysAll = (one: JsonObject): boolean => fields.every(([key, value]) => said(one, key) === value);
  const isThere = benefits.some((one) => saysAll(one) && benefitText(one) === benefitText(benefit));
  const next = change.action === 'add' ? [...benefits, benefit] : benefits.filter((one) => !saysAll(one));
  if (change.action === 'add' ? isThere : next.length === benefits.length) return { body, steps: [] };
  return {
    body: { ...body, benefits: next },
    steps: [{ path: 'benefits', before: inWords(benefits), after: inWords(next) }],
  };
}

function benefitField(
  body: JsonObject,
  benefits: readonly JsonObject[],
  field: BenefitField,
  value: number | null,
): ListChange {
  const type: BenefitType = field === 'seriesId' ? 'COUPON' : 'LOYALTY_POINTS';
  const meant = benefits.filter((one) => one['benefitType'] === type);
  if (meant.length === 0) return { kept: message('bulk.noBenefit') };
  // Two coupons of one series would be one given twice.
  if (field === 'seriesId' && meant.length > 1) return { kept: message('bulk.severalCoupons') };
  const after = value === null ? null : String(value);
  const moved = meant.filter((one) => said(one, field) !== after);
  if (moved.length === 0) return { body, steps: [] };
  const list = benefits.map((one) => {
    if (!moved.includes(one)) return one;
    const { [field]: _, ...rest } = one;
    return value === null ? rest : { ...one, [field]: value };
  });
  const before = moved.map((one) => said(one, field) ?? '').join(', ');
  return {
    body: { ...body, benefits: list },
    steps: [{ path: `benefits.${field}`, before: before === '' ? null : before, after }],
  };
}
