/**
 * `npm run bench -- bulk-edit`: changing 1,000 badges at once, its rules and its undo step included, against saving the same
 * texts bare in one transaction, turn by turn.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBackend, type Backend } from '../../electron/backend/backend';
import type { BulkChange } from '../../shared/domain/bulk-change';
import { openWorkspace } from '../../db/workspace/workspace';
import { ordinaryBadge } from './ordinary-badge';

const BADGES = 1_000;
const ROUNDS = Number(process.env['LAUREL_ROUNDS'] ?? 7);
const WANTED_FACTOR = 3;
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };
const now = (): number => Date.now() * 1_000;

const body = (number: number, limit: number): string =>
  JSON.stringify(ordinaryBadge(number, { startOn: '2030-01-01T00:00:00Z', limit }), null, 2);

const middle = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? NaN;

const folder = mkdtempSync(path.join(tmpdir(), 'laurel-bulk-'));

async function opened(): Promise<{ backend: Backend; ids: string[] }> {
  const workspacePath = path.join(folder, 'changed.laurel');
  const backend = await openBackend({ workspacePath, appVersion: '0.0.0', runtime: 'bench', log: quiet });
  const ids: string[] = [];
  for (let number = 0; number < BADGES; number += 1) {
    const input = { body: body(number, 1_000), migration: false, label: 'bench', language: 'en' as const };
    ids.push((await backend.handlers['badges.create'](input)).id);
  }
  return { backend, ids };
}

try {
  const { backend, ids } = await opened();
  const bare = await openWorkspace(path.join(folder, 'bare.laurel'));
  const bareIds = ids.map((id, number) => {
    bare.drafts.create(id, { body: body(number, 1_000), migration: false, label: 'bench', now: now() });
    return id;
  });
  const saveBare = (limit: number): number => {
    const texts = bareIds.map((_, number) => body(number, limit));
    const started = performance.now();
    bare.transaction(() => {
      for (const [number, id] of bareIds.entries()) {
        const state = { body: texts[number] ?? '', migration: false, label: 'bench', now: now() };
        bare.drafts.save(id, bare.drafts.get(id).revision, state);
      }
    });
    return performance.now() - started;
  };
  const change = async (limit: number): Promise<{ look: number; apply: number }> => {
    const setting: BulkChange = {
      kind: 'limit',
      level: 'BADGE',
      change: { action: 'set', kind: 'FIXED_VALUE', limit },
    };
    const order = { ids, withBreaks: false, change: setting };
    const started = performance.now();
    const watch = { signal: new AbortController().signal, progress: () => undefined };
    const { seen, changing } = await backend.handlers['bulk.preview'](order, watch);
    const looked = performance.now();
    if (changing !== BADGES) throw new Error(`${String(changing)} would be changed: the bench is wrong`);
    await backend.handlers['bulk.apply']({ ...order, seen }, watch);
    return { look: looked - started, apply: performance.now() - looked };
  };
  const times = { bare: [] as number[], look: [] as number[], apply: [] as number[] };
  for (let round = 1; round <= ROUNDS; round += 1) {
    const barely = (): void => void times.bare.push(saveBare(1_000 + round));
    // Whoever comes first changes from round to round.
    if (round % 2 === 0) barely();
    const { look, apply } = await change(1_000 + round);
    times.look.push(look);
    times.apply.push(apply);
    if (round % 2 === 1) barely();
  }
  const factor = middle(times.apply.map((apply, round) => apply / (times.bare[round] ?? NaN)));
  console.log(
    `bulk edit of ${String(BADGES)}: ${middle(times.apply).toFixed(0)} ms, saving them bare in one transaction ` +
      `${middle(times.bare).toFixed(0)} ms, factor ${factor.toFixed(2)}, wanted ≤ ${String(WANTED_FACTOR)}; ` +
      `the look before it ${middle(times.look).toFixed(0)} ms`,
  );
  if (factor > WANTED_FACTOR) process.exitCode = 1;
  bare.close();
  await backend.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
