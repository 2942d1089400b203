import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/bootstrap/places.mjs';

const foldersIn = (place: string): string[] =>
  readdirSync(path.join(root, place), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name);

/** Folders whose folders `docs/architecture.md` lists. */
const listed = (): string[] => [
  ...['db', 'electron', 'electron/cli', 'electron/backend', 'renderer', 'shared'],
  ...foldersIn('electron/backend').map((room) => `electron/backend/${room}`),
];

test('every room is named in the description of the architecture', () => {
  const lists =
    readFileSync(path.join(root, 'docs', 'architecture.md'), 'utf8').split('## Who may import whom')[0] ?? '';
  const missing = listed().flatMap((place) =>
    foldersIn(place)
      .filter((room) => !new RegExp(`(?<![\\w/])${room}/`).test(lists))
      .map((room) => `${place}/${room}`),
  );
  expect(missing).toEqual([]);
});
