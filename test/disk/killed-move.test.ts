import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { takeBackup } from '../../db/backups/take';
import { orgFileOf } from '../../db/kinds';
import { realFile } from '../../db/real-file';
import { belongsToStore } from '../../electron/disk/store-names';
import { KnownWorkspaces, OWN_ID } from '../../electron/main/known-workspaces';
import { UnfinishedMove } from '../../electron/main/unfinished-move';
import { instantOf } from '../../shared/domain/instant';
import { inEnglish } from '../../shared/words/english';
import { testBackend, TestBackend } from '../backend/open-backend';
import { bundleChild } from '../db/child-program';
import { temporaryFolder } from '../db/temporary-folder';

const KILLS = 15;
/** What the org file holds besides, so that copying it takes a while. */
const FILLING = 3 * 1024 * 1024;

/** Every file of the workspace at a place, by its name without the workspace's own, and what is in it. */
function contentAt(file: string): Record<string, string> {
  const [folder, base] = [path.dirname(file), path.basename(file)];
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => belongsToStore(base, name.split(path.sep)[0]!) && !/-(?:lock(?:-holder)?|moving)$/.test(name),
  );
  const files = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(
    files.sort().map((name) => [
      name.slice(base.length),
      createHash('sha256')
        .update(readFileSync(path.join(folder, name)))
        .digest('hex'),
    ]),
  );
}

test('a move that is killed at any instant leaves the workspace whole, and the next start clears the rest and says so', async () => {
  const start = await bundleChild('moves');
  const backend = await testBackend();
  const here = realFile(backend.workspacePath);
  const there = path.join(temporaryFolder(), 'test.laurel');
  await backend.call('badges.addSamples', {});
  await backend.close();
  const org = new Database(orgFileOf(here));
  org.exec(`CREATE TABLE filling (bytes BLOB); INSERT INTO filling VALUES (randomblob(${String(FILLING)}))`);
  org.close();
  await takeBackup({
    workspaceFile: here,
    occasion: 'by-hand',
    appVersion: '1',
    now: instantOf('2026-05-05T10:00:00Z'),
  });
  const whole = contentAt(here);
  expect(Object.keys(whole).length).toBeGreaterThan(5);
  const state = temporaryFolder();
  let at = here;
  const ends = new Set<string>();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = start(at, at === here ? there : here, state);
    await child.said('begins');
    await wait(Math.random() * 250);
    child.kill();
    await child.ended;
    const places = [here, there].filter((place) => existsSync(place));
    for (const place of places) expect(contentAt(place), `kill ${String(kill)}`).toEqual(whole);
    expect(places.length, `kill ${String(kill)}`).toBeGreaterThan(0);
    // As the next start does.
    const known = new KnownWorkspaces(path.join(state, 'workspaces.json'), at, () => undefined);
    const said = new UnfinishedMove(path.join(state, 'moving.json')).settle(known);
    at = known.recent.find(({ id }) => id === OWN_ID)!.path;
    expect(contentAt(at), `kill ${String(kill)}`).toEqual(whole);
    const other = at === here ? there : here;
    const left = readdirSync(path.dirname(other)).filter(
      (name) => belongsToStore(path.basename(other), name) || name.endsWith('.unfinished'),
    );
    expect(left, `kill ${String(kill)}: ${said === null ? 'nothing was said' : inEnglish(said)}`).toEqual([]);
    if (places.length === 2) expect(said, `kill ${String(kill)}`).not.toBe(null);
    ends.add(said === null ? 'between two moves' : said.key);
  }
  // Most of a move is copying, so that some of the kills met it.
  expect([...ends]).toContain('workspaces.moveUndone');
  const moved = new TestBackend(path.dirname(at));
  await moved.open();
  expect((await moved.call('workspace.describe', {})).badges).toBe(13);
  await moved.close();
});
