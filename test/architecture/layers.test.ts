import { describe, expect, test } from 'vitest';
import { roomCircles, violationsOf } from './layers';
import { isSource, repositoryFiles, textOf } from './repository-files';

test('every import of the repository goes in an allowed direction', () => {
  const sources = repositoryFiles().filter(isSource);
  expect(sources.length).toBeGreaterThan(0);
  expect(sources.flatMap((file) => violationsOf(file, textOf(file)))).toEqual([]);
});

describe('a planted violation is found', () => {
  test.each([
    ['shared/domain/caps.ts', "import { x } from '../simulation/kernel';"],
    ['shared/domain/caps.ts', "import type { x } from '../ipc/contract';"],
    ['shared/domain/caps.ts', "export * from '../../db/open';"],
    ['shared/domain/caps.ts', "import { readFileSync } from 'node:fs';"],
    ['shared/domain/caps.ts', "import path from 'path';"],
    ['shared/gateway/map.ts', "import { x } from '../simulation/scenario';"],
    ['shared/gateway/map.ts', "import { x } from '../ipc/contract';"],
    ['shared/ipc/contract.ts', "import Database from 'better-sqlite3';"],
    ['shared/ipc/contract.ts', "const x = await import('../../electron/backend/issue');"],
    ['db/open.ts', "import { app } from 'electron';"],
    ['db/open.ts', "import { x } from '../electron/backend/context';"],
    ['db/org/ids.ts', "const files = import.meta.glob<string>('../../renderer/*.sql', { eager: true });"],
    ['electron/backend/issue.ts', "import { app } from 'electron';"],
    ['electron/backend/issue.ts', "import { x } from '../cli/progress';"],
    ['electron/backend/issue.ts', "import { x } from '../main/window';"],
    ['electron/backend/deep/issue.ts', "const electron = require('electron/main');"],
    ['electron/cli/index.ts', "import { app } from 'electron';"],
    ['electron/main/index.ts', "import { x } from '../backend/context';"],
    ['electron/main/index.ts', "import { x } from '../../db/open';"],
    ['electron/main/index.ts', "import { drizzle } from 'drizzle-orm/better-sqlite3';"],
    ['electron/preload/index.ts', "import fs from 'node:fs';"],
    ['renderer/main.ts', "import { x } from '../db/open';"],
    ['renderer/features/issue/issue.svelte.ts', "import { ipcRenderer } from 'electron';"],
    [
      'renderer/features/issue/Issue.svelte',
      '<script lang="ts">import { x } from \'../../../electron/main/window\';</script>',
    ],
    ['renderer/features/issue/Issue.svelte', '<script module>import os from "node:os";</script><h1>import</h1>'],
    ['renderer/components/Button.svelte', "<script>import { backend } from '../lib/backend';</script>"],
    ['renderer/components/Button.svelte', "<script>import { x } from '../features/issue/issue.svelte';</script>"],
    ['renderer/lib/format.ts', "import Button from '../components/Button.svelte';"],
    ['renderer/lib/format.ts', "import { x } from '../../test/fixtures/badges';"],
    ['electron/backend/issue.ts', "import { x } from '../../scripts/build/entries.mjs';"],
    ['electron/backend/tables/text-rows.ts', "import { x } from '../customers/source';"],
    ['electron/backend/practice/server/exchange.ts', "import { x } from '../../sync/client/exchange';"],
    ['electron/backend/sync/client/pace.ts', "import { x } from '../live-jobs/run';"],
    ['electron/backend/badges/detail.ts', "import { openBackend } from '../backend';"],
    ['electron/backend/sync/client/pace.ts', "import { openSync } from '../open-sync';"],
    ['electron/backend/gateway/host.ts', "import { x } from '../practice/host';"],
    ['renderer/features/sync/JobWizard.svelte', "<script>import A from '../issue/CustomersField.svelte';</script>"],
    ['renderer/features/sync/practice/SetupTab.svelte', "<script>import { z } from '../../settings/zones';</script>"],
    ['renderer/customers/customers.svelte.ts', "import { x } from '../features/issue/screen.svelte';"],
    ['renderer/orgs/connections.svelte.ts', "import { x } from '../shell/toasts.svelte';"],
  ])('%s: %s', (file, text) => {
    expect(violationsOf(file, text)).toHaveLength(1);
  });

  test.each([
    ...['services/mail.ts', 'shared/constants.ts', 'electron/tray/index.ts'],
    ...['renderer/hooks/use.svelte.ts', 'test/misc/some.test.ts', 'test/some.test.ts', 'electron/index.ts'],
  ])('%s is in a folder that is not known', (file) => {
    expect(violationsOf(file, '')).toEqual([`${file} is in a folder that belongs to no layer`]);
  });
});

describe('an allowed import is left alone', () => {
  test.each([
    ['shared/domain/caps.ts', "import { x } from './windows';"],
    ['shared/simulation/kernel.ts', "import { x } from '../domain/caps';"],
    ['shared/ipc/contract.ts', "import { z } from 'zod';"],
    ['db/migrations.ts', "import.meta.glob('./migrations/*.sql', { query: '?raw' });"],
    ['electron/backend/issue.ts', "import { x } from '../../db/open'; import { Worker } from 'node:worker_threads';"],
    ['electron/cli/index.ts', "import { x } from '../backend/issue';"],
    ['electron/backend/badges/samples/add.ts', "import { x } from '../ids'; import type { y } from '../../context';"],
    [
      'electron/backend/backend.ts',
      "import { x } from './sync/open-sync'; import { y } from './practice/server/faults';",
    ],
    [
      'electron/backend/sync/live-jobs/run.ts',
      "import { x } from '../client/pace'; import type { y } from '../context';",
    ],
    ['renderer/features/sync/practice/SetupTab.svelte', "<script>import { z } from '../sync-wording';</script>"],
    ['renderer/shell/Sidebar.svelte', "<script>import { z } from '../features/sync/sync-wording';</script>"],
    ['electron/main/about.ts', "import manifest from '../../package.json'; import { app } from 'electron';"],
    ['renderer/components/Button.svelte', "<script>import { x } from '../lib/format';</script>"],
    ['renderer/features/issue/Issue.svelte', "<script>import { x } from '../../lib/backend';</script>"],
    ['renderer/main.ts', "import App from './shell/App.svelte'; import './styles/page.css';"],
    ['renderer/main.ts', "import App from './App.svelte';"],
    ['test/db/open.test.ts', "import { x } from '../../db/open';"],
    ['scripts/bootstrap/loader/main.js', "import { app } from 'electron';"],
    ['shared/domain/caps.ts', "// import { x } from '../../db/open';"],
  ])('%s: %s', (file, text) => {
    expect(violationsOf(file, text)).toEqual([]);
  });
});

test('the rooms of the backend make no circle, and one would be found', () => {
  expect(roomCircles()).toEqual([]);
  expect(roomCircles({ a: ['b'], b: ['c'], c: ['a'] })).toContain('a → b → c → a');
});
