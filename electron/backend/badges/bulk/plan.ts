import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Draft } from '../../../../db/workspace/drafts';
import { inspectDraft, type DraftInspection } from '../../../../db/workspace/inspect-draft';
import { outlineOf } from '../../../../db/workspace/outline';
import { changeOf, changeText, type BulkChange } from '../../../../shared/domain/bulk-change';
import { clashingNames, newlyTold } from '../../../../shared/domain/bulk-plan';
import type { BulkBreak, BulkPreview, BulkProgress, BulkRow } from '../../../../shared/ipc/bulk-contract';
import { Failure } from '../../../../shared/ipc/errors';
import type { CancelSignal } from '../../../../shared/ipc/method';
import { message, type Message } from '../../../../shared/words/message';
import type { BackendContext } from '../../context';

/** What an org that has a badge would refuse, were its draft this body. */
export interface LiveRefusals {
  refusalsOf(
    badgeId: string,
    body: string,
  ): readonly { org: string; code: number; message: string; advice: Message; field: string | null }[];
}

/** A badge that is to be changed, and the text it would have. */
export interface PlannedDraft {
  draft: Draft;
  text: string;
  row: BulkRow;
}

export interface BulkPlan {
  planned: readonly PlannedDraft[];
  preview: BulkPreview;
}

/** Letters that a draft holds at most. */
const LONGEST = 4_000_000;
/** Badges looked at before other calls have their turn. */
const PORTION = 250;

interface Looked {
  draft: Draft;
  name: string;
  text: string;
  after: { name: string; startSetOn: number } | null;
  row: BulkRow;
}

/** Who watches how far a change is worked out. */
export interface BulkWatch {
  signal: CancelSignal;
  progress(report: BulkProgress): void;
}

/**
 * Works out a change of many badges: what each would say, and what of it would break a rule or be refused. Writes nothing.
 *
 * @throws Failure `cancelled`
 */
export async function planBulk(
  context: BackendContext,
  live: LiveRefusals,
  order: { ids: readonly string[]; change: BulkChange; withBreaks: boolean },
  { signal, progress }: BulkWatch,
): Promise<BulkPlan> {
  const { workspace, now, settings } = context;
  const { change, withBreaks } = order;
  const looked: Looked[] = [];
  const ids = [...new Set(order.ids)];
  const changeOfOne = changeOf(change);
  const isKnownLive = workspace.connections.list().length > 0;

  const inspect = (
    draft: Draft,
    body: string,
    startSetOn: number,
    taken: (name: string) => boolean,
  ): DraftInspection => {
    const claimedBy = draft.claims.filter((claim) => claim.isActive).map((claim) => claim.ownerType);
    return inspectDraft({ body, migration: draft.migration, startSetOn, claimedBy }, settings(), taken);
  };

  const look = (id: string): void => {
    const draft = workspace.drafts.find(id);
    if (draft === undefined) return;
    const before = outlineOf(draft.body);
    const row = {
      id,
      name: before.name === '' ? (before.excerpt ?? '') : before.name,
      cells: [],
      breaks: [],
      warnings: [],
    };
    const stays = (verdict: 'kept' | 'same', reason: Message | null): void => {
      const { name } = before;
      looked.push({ draft, name, text: draft.body, after: null, row: { ...row, verdict, reason } });
    };
    const ofThis = changeOfOne(id);
    if (ofThis === null) return stays('same', null);
    const changed = changeText(draft.body, ofThis, settings().zone);
    const kept = 'kept' in changed ? changed.kept : changed.text.length > LONGEST ? message('bulk.tooLong') : null;
    if ('kept' in changed || kept !== null) return stays('kept', kept);
    if (changed.cells.length === 0) return stays('same', null);
    const { text, cells } = changed;
    const outline = outlineOf(text);
    const startSetOn = outline.startOn === before.startOn ? draft.startSetOn : now();
    const next = inspect(draft, text, startSetOn, () => false);
    const was =
      next.issues.length + next.warnings.length === 0
        ? next
        : inspect(draft, draft.body, draft.startSetOn, () => false);
    const breaks: BulkBreak[] = newlyTold(was.issues, next.issues).map((issue) => ({ ...breakOf(issue), org: null }));
    if (isKnownLive) breaks.push(...refusedLive(live, draft, text));
    const warnings = newlyTold(was.warnings, next.warnings).map(({ message: told }) => told);
    looked.push({
      ...{ draft, name: before.name, text, after: { name: outline.name, startSetOn } },
      row: { ...row, verdict: breaks.length > 0 ? 'breaks' : 'changes', cells, breaks, warnings, reason: null },
    });
  };
  for (const [index, id] of ids.entries()) {
    if (index > 0 && index % PORTION === 0) {
      progress({ done: index, total: ids.length });
      await setImmediate();
    }
    if (signal.aborted) throw new Failure('cancelled', message('bulk.cancelled'));
    look(id);
  }

  const inPlan = new Set(looked.map(({ draft }) => draft.id));
  const isHeld = ({ after, row }: Looked): boolean => after === null || (row.verdict === 'breaks' && !withBreaks);
  const held = new Set(looked.keys().filter((place) => isHeld(looked[place] as Looked)));
  const outside = (name: string): boolean => workspace.drafts.idsNamed(name).some((id) => !inPlan.has(id));
  const renamings = looked.map(({ name, after }) => ({ before: name, after: after?.name ?? name }));
  for (const place of clashingNames(renamings, held, outside, !withBreaks)) {
    const entry = looked[place];
    if (!entry?.after) continue;
    // Words and code of the rule itself.
    const { issues } = inspect(entry.draft, entry.text, entry.after.startSetOn, () => true);
    const clash = issues.filter(({ code }) => code === 725).map((issue) => ({ ...breakOf(issue), org: null }));
    entry.row = { ...entry.row, verdict: 'breaks', breaks: [...entry.row.breaks, ...clash] };
  }

  const rows = looked.map(({ row }) => row);
  const count = (verdict: BulkRow['verdict']): number => rows.filter((row) => row.verdict === verdict).length;
  const counts = { changes: count('changes'), breaks: count('breaks'), same: count('same'), kept: count('kept') };
  const planned = looked.filter(({ row }) => row.verdict === 'changes' || (withBreaks && row.verdict === 'breaks'));
  const seen = createHash('sha256');
  seen.update(JSON.stringify([change, withBreaks]));
  for (const { draft, row } of looked) seen.update(JSON.stringify([draft.id, draft.revision, row.verdict]));
  return { planned, preview: { rows, counts, changing: planned.length, seen: seen.digest('hex') } };
}

const breakOf = ({ code, message: told, path, advice }: Omit<BulkBreak, 'org'>): Omit<BulkBreak, 'org'> => ({
  ...{ code, message: told, path, advice },
});

function refusedLive(live: LiveRefusals, draft: Draft, text: string): BulkBreak[] {
  const next = live.refusalsOf(draft.id, text);
  if (next.length === 0) return [];
  const told = ({ org, field, code, message: words, advice }: (typeof next)[number]): BulkBreak => ({
    ...{ org, code, message: words, advice },
    path: field ?? '',
  });
  const was = live.refusalsOf(draft.id, draft.body).map(told);
  return next.map(told).filter(
    (refusal) =>
      newlyTold(
        was.filter(({ org }) => org === refusal.org),
        [refusal],
      ).length > 0,
  );
}
