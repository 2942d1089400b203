import type { BadgeDefinition, Benefit, Claim } from '../domain/badge';
import { canonical, type BadgeMeaning } from './meaning';

/** Things of an org that badges name by ids of that org alone, besides groups, which have a name. */
export const REFERENCE_KINDS = [
  'couponSeries',
  'program',
  'promotion',
  'allocationStrategy',
  'expirationStrategy',
  'till',
  'claim',
] as const;
export type ReferenceKind = (typeof REFERENCE_KINDS)[number];

/** One thing of an org, by its id there. */
export interface Reference {
  kind: ReferenceKind;
  /** Of a claim, the owner type that tells what its reference is; null: it is no claim. */
  owner: string | null;
  id: string;
}

/** What a thing of one org is called in another: `source` in the org that badges come from, `target` in the other. */
export interface Partner extends Omit<Reference, 'id'> {
  source: string;
  target: string;
}

const keyOf = (kind: string, owner: string | null, id: string): string => `${kind}\n${owner ?? ''}\n${id}`;

/** A text by which equal references are found. */
export const referenceKey = ({ kind, owner, id }: Reference): string => keyOf(kind, owner, id);

const NUMBER = /^(?:0|-?[1-9]\d{0,15})$/;

/** Whether a text can be an id of this kind: a whole number, for all but claims. */
export function isReferenceId(kind: ReferenceKind, id: string): boolean {
  if (kind === 'claim') return id.trim() !== '' && id.trim() === id && id.length <= 1_000;
  return NUMBER.test(id) && Number.isSafeInteger(Number(id));
}

/**
 * The first of the partners that cannot stand beside those before it: of each kind an id has one partner, and is the
 * partner of one, or nobody could tell on the way back which it was.
 */
export function firstDouble(partners: readonly Partner[]): { partner: Partner; side: 'source' | 'target' } | null {
  const seen = new Set<string>();
  for (const partner of partners) {
    const { kind, owner } = partner;
    for (const side of ['source', 'target'] as const) {
      const key = `${side}\n${keyOf(kind, owner, partner[side])}`;
      if (seen.has(key)) return { partner, side };
      seen.add(key);
    }
  }
  return null;
}

/** The way from the ids of one org to those of another. */
export class Translation {
  readonly #partners = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** @param direction `there`: from the org that badges come from to the other; `back`: the way back */
  constructor(partners: readonly Partner[], direction: 'there' | 'back') {
    for (const { kind, owner, source, target } of partners) {
      const [from, to] = direction === 'there' ? [source, target] : [target, source];
      this.#partners.set(keyOf(kind, owner, from), to);
      this.#taken.add(keyOf(kind, owner, to));
    }
  }

  /** What the other org calls it; null: nobody said. */
  of(reference: Reference): string | null {
    return this.#partners.get(referenceKey(reference)) ?? null;
  }

  /**
   * What a comparison calls it: where nobody said, the id as it is, so that what the other org has already is no
   * difference; unless it is another thing that is called so there.
   */
  shown(reference: Reference): string {
    const { id } = reference;
    return this.of(reference) ?? (this.#taken.has(referenceKey(reference)) ? `‹${id}›` : id);
  }
}

type Rename = (reference: Reference) => unknown;

const NUMBERS = {
  seriesId: 'couponSeries',
  programId: 'program',
  promotionId: 'promotion',
  allocationStrategyId: 'allocationStrategy',
  expirationStrategyId: 'expirationStrategy',
  defaultTillId: 'till',
} as const satisfies Record<string, ReferenceKind>;

/** What a field of a benefit names by an id; null: it names nothing. */
function referenceIn(field: string, value: unknown): Reference | null {
  const kind = Object.hasOwn(NUMBERS, field) ? NUMBERS[field as keyof typeof NUMBERS] : null;
  return kind === null || typeof value !== 'number' ? null : { kind, owner: null, id: String(value) };
}

function benefitRenamed(benefit: Benefit, rename: Rename): Benefit {
  const renamed = Object.entries(benefit).map(([field, value]: [string, unknown]) => {
    const reference = referenceIn(field, value);
    return [field, reference === null ? value : rename(reference)];
  });
  return Object.fromEntries(renamed) as Benefit;
}

const tillRenamed = (till: number | null, rename: Rename): unknown =>
  till === null ? null : rename({ kind: 'till', owner: null, id: String(till) });

const claimOf = ({ ownerType, referenceId }: { ownerType: string; referenceId: string }): Reference => ({
  ...{ kind: 'claim', owner: ownerType, id: referenceId },
});

/** By kind, then by id. */
export function byReference(one: Reference, other: Reference): number {
  const kinds = REFERENCE_KINDS.indexOf(one.kind) - REFERENCE_KINDS.indexOf(other.kind);
  const order = kinds || (one.owner ?? '').localeCompare(other.owner ?? '', 'en');
  return order || one.id.localeCompare(other.id, 'en', { numeric: true });
}

/** Everything of the org that a badge and its active claims name, each once. */
export function referencesOf(
  { benefits, defaultTillId }: Pick<BadgeDefinition, 'benefits' | 'defaultTillId'>,
  claims: readonly { ownerType: string; referenceId: string; isActive?: boolean }[],
): Reference[] {
  const found = new Map<string, Reference>();
  const note: Rename = (reference) => void found.set(referenceKey(reference), reference);
  for (const benefit of benefits) benefitRenamed(benefit, note);
  tillRenamed(defaultTillId, note);
  for (const claim of claims) if (claim.isActive !== false) note(claimOf(claim));
  return [...found.values()].sort(byReference);
}

/** Where a badge names a thing of the org, in the order of its fields: `benefits[0].seriesId`. */
export function referencePlaces({
  benefits,
  defaultTillId,
}: Pick<BadgeDefinition, 'benefits' | 'defaultTillId'>): { reference: Reference; path: string }[] {
  const ofBenefits = benefits.flatMap((benefit, index) =>
    Object.entries(benefit).flatMap(([field, value]: [string, unknown]) => {
      const reference = referenceIn(field, value);
      return reference === null ? [] : [{ reference, path: `benefits[${String(index)}].${field}` }];
    }),
  );
  const till = referenceIn('defaultTillId', defaultTillId);
  return till === null ? ofBenefits : [...ofBenefits, { reference: till, path: 'defaultTillId' }];
}

/** The parts of a badge that name things of the org, as a meaning has them. */
export function referringParts(meaning: BadgeMeaning): Pick<BadgeDefinition, 'benefits' | 'defaultTillId'> {
  return {
    benefits: JSON.parse(meaning.benefits) as readonly Benefit[],
    defaultTillId: JSON.parse(meaning.defaultTillId) as number | null,
  };
}

/** What a badge means in the words of the other org, as far as these are known (see {@link Translation.shown}). */
export function meaningThere(meaning: BadgeMeaning, translation: Translation): BadgeMeaning {
  if (meaning.benefits === '[]' && meaning.defaultTillId === 'null') return meaning;
  const { benefits, defaultTillId } = referringParts(meaning);
  const rename: Rename = (reference) => {
    const shown = translation.shown(reference);
    return NUMBER.test(shown) ? Number(shown) : shown;
  };
  const texts = benefits.map((benefit) => canonical(benefitRenamed(benefit, rename))).sort();
  return { ...meaning, benefits: `[${texts.join(',')}]`, defaultTillId: canonical(tillRenamed(defaultTillId, rename)) };
}

/**
 * A badge with the ids of the other org.
 *
 * @returns null where an id has no partner: then nothing of it may leave
 */
export function definitionThere<T extends Pick<BadgeDefinition, 'benefits' | 'defaultTillId'>>(
  definition: T,
  translation: Translation,
): T | null {
  let isWhole = true;
  const rename: Rename = (reference) => {
    const partner = translation.of(reference);
    if (partner === null) isWhole = false;
    return partner === null ? null : Number(partner);
  };
  const there = {
    ...definition,
    benefits: definition.benefits.map((benefit) => benefitRenamed(benefit, rename)),
    defaultTillId: tillRenamed(definition.defaultTillId, rename) as number | null,
  };
  return isWhole ? there : null;
}

/** Claims with the references of the other org; one that was given up and has no partner there is none of that org's. */
export function claimsThere<T extends Pick<Claim, 'ownerType' | 'referenceId' | 'isActive'>>(
  claims: readonly T[],
  translation: Translation,
): T[] {
  return claims.flatMap((claim) => {
    const reference = claimOf(claim);
    if (!claim.isActive && translation.of(reference) === null) return [];
    return [{ ...claim, referenceId: translation.shown(reference) }];
  });
}
