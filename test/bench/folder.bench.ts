/**
 * What a workspace folder of 10,000 badges costs: taking it in, looking at all of it after a start, which may take twice as long
 * as reading its files once, a look while nothing changed, and how soon an edit of another program is here.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openBackend, type Backend } from '../../electron/backend/backend';
import { badgeFileText } from '../../shared/gateway/badge-file';
import { badgeBody } from '../domain/badge-bodies';

const FILES = 10_000;
const ROUNDS = 5;
const EDITS = 9;

const base = mkdtempSync(path.join(tmpdir(), 'laurel-bench-'));
const folder = path.join(base, 'programme');
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

const open = (role: 'command' | 'window'): Promise<Backend> =>
  openBackend({
    workspacePath: path.join(base, 'bench.laurel'),
    appVersion: '0.0.0-bench',
    runtime: 'bench',
    log: silent,
    role,
  });

const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const inMs = (milliseconds: number): string => `${milliseconds.toFixed(0)} ms`;

async function took(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function readOnce(): void {
  for (const name of readdirSync(folder)) readFileSync(path.join(folder, name));
}

async function editIsHere(backend: Backend, place: number): Promise<number> {
  const known = backend.handlers['folder.state']({});
  const { drafts } = await known;
  const body = badgeBody({ name: `Badge ${String(place)}`, description: `edited ${String(place)}` });
  writeFileSync(path.join(folder, `badge-${String(place)}.badge.json`), badgeFileText(body));
  return took(async () => {
    for (let looks = 0; looks < 100_000; looks += 1) {
      if ((await backend.handlers['folder.state']({})).drafts > drafts) return;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('The edit never came.');
  });
}

try {
  mkdirSync(folder);
  for (let place = 0; place < FILES; place += 1) {
    const body = badgeBody({ name: `Badge ${String(place)}`, description: 'x'.repeat(place % 400) });
    writeFileSync(path.join(folder, `badge-${String(place)}.badge.json`), badgeFileText(body));
  }
  let backend = await open('command');
  backend.grantFile('folder', { path: folder, name: 'programme', bytes: 0, mode: 'folder' });
  const taking = await took(() => backend.handlers['folder.choose']({ token: 'folder' }));
  await backend.close();
  const [bare, full, quiet]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    bare.push(await took(readOnce));
    backend = await open('command');
    full.push(await took(() => backend.handlers['folder.sync']({})));
    quiet.push(await took(() => backend.handlers['folder.sync']({})));
    const { badges, questions } = await backend.handlers['folder.state']({});
    if (badges !== FILES || questions.length > 0) throw new Error(`${String(badges)} of ${String(FILES)} in step.`);
    await backend.close();
  }
  backend = await open('window');
  await backend.handlers['folder.sync']({});
  const edits: number[] = [];
  for (let edit = 0; edit < EDITS; edit += 1) edits.push(await editIsHere(backend, edit * 1_000));
  await backend.close();
  const ratio = median(full) / median(bare);
  console.log(`${String(FILES)} files of badges`);
  console.log(`  taken in once:              ${inMs(taking)}`);
  console.log(`  read once, bare:            ${inMs(median(bare))}`);
  console.log(`  full look after a start:    ${inMs(median(full))} (${ratio.toFixed(2)} times, 2 allowed)`);
  console.log(`  look while nothing changed: ${inMs(median(quiet))}`);
  console.log(`  an edit elsewhere is here:  ${inMs(median(edits))}, at most ${inMs(Math.max(...edits))}`);
  if (ratio > 2) process.exitCode = 1;
} finally {
  rmSync(base, { recursive: true, force: true });
}
