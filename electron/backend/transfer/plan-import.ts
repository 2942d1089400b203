import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Draft, DraftStore } from '../../../db/workspace/drafts';
import { outlineOf } from '../../../db/workspace/outline';
import type { BadgeDefinition } from '../../../shared/domain/badge';
import { isObject, type JsonObject } from '../../../shared/domain/body-reader';
import { writeJson } from '../../../shared/domain/json';
import { readBadge } from '../../../shared/domain/read-badge';
import { canonical, meaningOf, MEANING_FIELDS, type MeaningField } from '../../../shared/gateway/meaning';
import { Failure } from '../../../shared/ipc/errors';
import type { CancelSignal } from '../../../shared/ipc/method';
import type { TransferVerdict } from '../../../shared/ipc/transfer-contract';
import { message, type Message } from '../../../shared/words/message';
import { badgeBody, withFieldsOf } from '../badges/badge-body';
import type { ReadSources, TransferEntry } from './read-sources';

/** What becomes of one entry. */
export interface PlannedEntry {
  entry: TransferEntry;
  name: string;
  verdict: TransferVerdict;
  /** The draft that it is compared with; null where it is new, or several are called so. */
  target: string | null;
  fields: readonly MeaningField[];
  /** Why a badge that differs cannot be changed; null: it can. */
  reason: Message | null;
}

export interface ImportPlan {
  planned: readonly PlannedEntry[];
  counts: Readonly<Record<TransferVerdict, number>>;
  seen: string;
}

const PORTION = 250;

/** Fields in which two badges differ, those aside about which one of them says nothing. */
function differing(
  one: BadgeDefinition,
  other: BadgeDefinition,
  silent: readonly MeaningField[],
): readonly MeaningField[] {
  const [left, right] = [meaningOf(one), meaningOf(other)];
  return MEANING_FIELDS.filter((field) => !silent.includes(field) && left[field] !== right[field]);
}

/** How an entry stands to a badge that is here. `null`: one of them cannot be read, and their texts differ. */
function comparedWith(entry: TransferEntry, text: string): readonly MeaningField[] | null {
  const { body } = outlineOf(text);
  const here = body === undefined ? null : readBadge(body).definition;
  if (entry.definition !== null && here !== null) return differing(entry.definition, here, entry.silent);
  if (entry.text === text) return [];
  const { body: given } = outlineOf(entry.text);
  return body !== undefined && given !== undefined && canonical(body) === canonical(given) ? [] : null;
}

/** What a text without a name says: the same for two that differ in the order of their keys alone. */
function saidBy(text: string): string {
  const { body } = outlineOf(text);
  return body === undefined ? text : canonical(body);
}

/** Compares what was read with the badges that are here, by their names. Writes nothing. @throws Failure `cancelled` */
export async function planImport(
  drafts: Pick<DraftStore, 'find' | 'idsNamed'>,
  { entries }: Pick<ReadSources, 'entries'>,
  signal: CancelSignal,
  progress: (done: number) => void,
): Promise<ImportPlan> {
  const planned: PlannedEntry[] = [];
  const coming = new Map<string, TransferEntry[]>();
  const seen = createHash('sha256');
  // Badges without a name are the same where they say the same, and never differ from one another.
  let namelessHere: Set<string> | null = null;
  const nameless = (): Set<string> =>
    (namelessHere ??= new Set(
      drafts.idsNamed('').flatMap((id) => {
        const draft = drafts.find(id);
        return draft === undefined ? [] : [saidBy(draft.body)];
      }),
    ));
  for (const [place, entry] of entries.entries()) {
    if (place % PORTION === 0) {
      progress(place);
      await setImmediate();
      if (signal.aborted) throw new Failure('cancelled', message('transfer.cancelled'));
    }
    const { name } = outlineOf(entry.text);
    if (name === '') {
      const said = saidBy(entry.text);
      const verdict = nameless().has(said) ? 'same' : 'new';
      nameless().add(said);
      planned.push({ entry, name, verdict, target: null, fields: [], reason: null });
      seen.update(JSON.stringify([entry.text, verdict]));
      continue;
    }
    const here = drafts.idsNamed(name).flatMap((id) => drafts.find(id) ?? []);
    const plan = compared(entry, name, here, coming.get(name) ?? []);
    if (plan.verdict === 'new') coming.set(name, [...(coming.get(name) ?? []), entry]);
    planned.push(plan);
    seen.update(
      JSON.stringify([entry.text, plan.verdict, plan.target, here.map(({ id, revision }) => [id, revision])]),
    );
  }
  const count = (verdict: TransferVerdict): number => planned.filter((plan) => plan.verdict === verdict).length;
  const counts = { new: count('new'), same: count('same'), differs: count('differs') };
  return { planned, counts, seen: seen.digest('hex') };
}

function compared(
  entry: TransferEntry,
  name: string,
  here: readonly Draft[],
  coming: readonly TransferEntry[],
): PlannedEntry {
  const base = { entry, name, target: null, fields: [], reason: null };
  const outcomes = here.map((draft) => ({ draft, fields: comparedWith(entry, draft.body) }));
  if (outcomes.some(({ fields }) => fields?.length === 0)) return { ...base, verdict: 'same' };
  const others = coming.map((other) => comparedWith(entry, other.text));
  if (others.some((fields) => fields?.length === 0)) return { ...base, verdict: 'same' };
  const [only, another] = outcomes;
  if (only === undefined && others.length > 0)
    return { ...base, verdict: 'differs', fields: others[0] ?? [], reason: message('transfer.severalComing') };
  if (only === undefined) return { ...base, verdict: 'new' };
  const { draft, fields } = only;
  if (another !== undefined) return { ...base, verdict: 'differs', reason: message('transfer.severalOfName') };
  return { ...base, verdict: 'differs', target: draft.id, fields: fields ?? [] };
}

/** The text of a badge that is here, brought to what the entry says: other fields of it, and their order, stay. */
export function changedText(draft: Draft, entry: TransferEntry): string {
  const { body } = outlineOf(draft.body);
  const fields = comparedWith(entry, draft.body);
  if (fields === null || entry.definition === null || !isObject(body)) return entry.text;
  return writeJson(withFieldsOf(body, badgeBody(entry.definition) as JsonObject, fields), 2);
}
