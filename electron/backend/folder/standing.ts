import type { FolderDraft, FolderRow } from '../../../db/workspace/folder-files';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { parseJson } from '../../../shared/domain/json';
import type { FieldChange } from '../../../shared/gateway/compare';
import { unitDifferences, type UnitDifference } from '../../../shared/gateway/merge-bodies';
import type { MessagePart } from '../../../shared/words/message';
import { BASE, planStep, type PartSide, type Step } from './plan';
import type { FolderFile } from './scan';

/** The unit of a badge's design, beside those of its body. */
export const ART_UNIT = '/art';

/** What is known of a part of a file: its token, or why it has none. `passed`: something lies there that is no file of its own. */
export type KnownPart =
  | { kind: 'said'; token: string }
  | { kind: 'broken'; isMerge: boolean; reason: MessagePart }
  | { kind: 'passed'; reason: MessagePart };

/** A badge with a place in the folder, as a look found it. */
export interface Pair {
  row: FolderRow | null;
  draft: FolderDraft;
  place: string;
  file: FolderFile | undefined;
  body: KnownPart | null;
  art: KnownPart | null;
  /** Canonical text of the draft, or {@link BASE}; null: it is no JSON object, or in the trash. */
  text: string | null;
  step: Step;
}

const sideOf = (part: KnownPart | null): PartSide =>
  part === null ? { kind: 'absent' } : part.kind === 'said' ? part : { kind: 'broken' };

/** How a pair stands and what is to be done about it. */
export function pairOf(known: Omit<Pair, 'step'>): Pair {
  const { row, draft, text } = known;
  const step = planStep({
    hasBase: row?.hasBase ?? false,
    isOpen: (row?.open.length ?? 0) > 0,
    draft: draft.isDeleted ? null : { body: text, art: draft.art },
    baseArt: row?.baseArt ?? null,
    body: sideOf(known.body),
    art: sideOf(known.art),
  });
  return { ...known, step };
}

/** Digest of the design that stands in the file; null: there is none. */
export function fileArtOf({ art }: Pair): string | null {
  return art?.kind === 'said' ? art.token : null;
}

/** What draft and file differ in, the design among it. */
export interface PairDifferences {
  base: JsonObject | null;
  draft: JsonObject;
  file: JsonObject;
  units: readonly UnitDifference[];
  art: FieldChange | null;
  /** Units that both changed, or of which no common past is known. */
  conflicts: readonly string[];
}

/** Compares both sides of a pair, given what they and their base say. */
export function differencesOf(
  pair: Pair,
  texts: { base: string | null; draft: string; file: string },
): PairDifferences {
  const base = texts.base === null ? null : objectOf(texts.base);
  const [draft, file] = [objectOf(texts.draft), objectOf(texts.file)];
  const open = new Set(pair.row?.open ?? []);
  const units = unitDifferences(base, draft, file, open);
  const art = artChange(pair, base !== null && !open.has(ART_UNIT));
  const conflicts = units.filter(({ change }) => change === 'conflict').map(({ unit }) => unit);
  return { base, draft, file, units, art, conflicts: art === 'conflict' ? [...conflicts, ART_UNIT] : conflicts };
}

function artChange(pair: Pair, hasPast: boolean): FieldChange | null {
  const [mine, theirs, before] = [pair.draft.art, fileArtOf(pair), pair.row?.baseArt ?? null];
  if (mine === theirs) return null;
  if (hasPast) return before === theirs ? 'draft' : before === mine ? 'live' : 'conflict';
  // Where one of them has none, the other one is nobody's loss.
  if (mine === null) return 'live';
  return theirs === null ? 'draft' : 'conflict';
}

function objectOf(text: string): JsonObject {
  const value = parseJson(text);
  if (isObject(value)) return value;
  throw new RangeError();
}

/** A text as a token: what both last agreed on has one of its own. */
export const tokenOf = (text: string, base: string | null): string => (text === base ? BASE : text);
