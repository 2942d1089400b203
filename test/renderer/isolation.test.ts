import '../../renderer/styles/tokens.css';
import '../../renderer/styles/base.css';
import type { Component } from 'svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import BadgeRow from '../../renderer/features/badges/BadgeRow.svelte';
import CustomersTable from '../../renderer/features/issue/CustomersTable.svelte';
import { TableLook } from '../../renderer/customers/table-look.svelte';
import FilePreview from '../../renderer/customers/FilePreview.svelte';
import FindingsPanel from '../../renderer/features/simulate/FindingsPanel.svelte';
import KeptList from '../../renderer/features/simulate/KeptList.svelte';
import NobodyNote from '../../renderer/features/simulate/NobodyNote.svelte';
import RefusedFile from '../../renderer/features/simulate/RefusedFile.svelte';
import ScenarioPane from '../../renderer/features/simulate/ScenarioPane.svelte';
import { SimulateScreen } from '../../renderer/features/simulate/screen.svelte';
import ConnectionList from '../../renderer/features/sync/ConnectionList.svelte';
import { Connections } from '../../renderer/orgs/connections.svelte';
import JobPane from '../../renderer/features/sync/JobPane.svelte';
import JobsTab from '../../renderer/features/sync/JobsTab.svelte';
import { ImportForm } from '../../renderer/features/sync/import.svelte';
import ImportPane from '../../renderer/features/sync/ImportPane.svelte';
import { JobForm } from '../../renderer/features/sync/job-form.svelte';
import JobWizard from '../../renderer/features/sync/JobWizard.svelte';
import { LiveJobs } from '../../renderer/features/sync/live-jobs.svelte';
import OrgHeader from '../../renderer/features/sync/OrgHeader.svelte';
import TakeBackPane from '../../renderer/features/sync/TakeBackPane.svelte';
import { TakeBackForm } from '../../renderer/features/sync/take-back.svelte';
import { Practice } from '../../renderer/features/sync/practice/practice.svelte';
import type { Door } from '../../renderer/lib/backend';
import type { ScenarioBody, SimulationSummary } from '../../shared/ipc/simulation-contract';
import { connectionView, liveJob, scripted } from './sync/scripted-backend';
import { message } from '../../shared/words/message';

/** Turns all that follows it around where nothing holds it back, and runs from right to left. */
const NAME = '\u202Eabc \u05D0\u05D1';
const HELD = ['isolate', 'plaintext', 'isolate-override'];

beforeEach(async () => {
  localStorage.clear();
  // Room for both panes of a screen that has two.
  await page.viewport(1280, 800);
});

/** Elements in which the name stands among what is around it; and how often it stands anywhere. */
function places(): { shown: number; loose: string[] } {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let shown = 0;
  const loose: string[] = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || !(node.textContent ?? '').includes(NAME)) continue;
    shown += 1;
    const isHeld = element.dir === 'auto' || HELD.includes(getComputedStyle(element).unicodeBidi);
    if (!isHeld) loose.push(element.outerHTML.slice(0, 200));
  }
  return { shown, loose };
}

const kept: SimulationSummary = {
  id: 1,
  name: NAME,
  sentence: `${NAME} runs out.`,
  seed: 1,
  replications: 1,
  engine: '1.0.0',
  ranOn: 0,
  events: 1,
  milliseconds: 1,
} as never;
const body: ScenarioBody = {
  schema: 'laurel/scenario@1',
  name: NAME,
  from: '2026-03-01T00:00:00Z',
  to: '2026-06-01T00:00:00Z',
  badges: [{ key: 'a', badge: { name: NAME, startOn: '2026-03-01T00:00:00Z', expiresOn: '2026-06-01T00:00:00Z' } }],
  customers: { segments: [{ name: NAME, size: 10, activity: { perWeek: 1 } }] },
};

function simulate(): SimulateScreen {
  const door = ((name: string) =>
    Promise.resolve(
      name === 'simulation.check' ? { mistakes: [], warnings: [] } : { total: 0, rows: [] },
    )) as unknown as Door;
  const screen = new SimulateScreen(door);
  screen.kept = [kept];
  screen.keptTotal = 1;
  screen.keptMatching = 1;
  screen.form.loadBody(body);
  screen.form.origin = { name: NAME, notes: [`${NAME} is not shown.`] };
  return screen;
}

function sync() {
  const { door } = scripted({
    'sync.list': () => ({ total: 0, rows: [], counts: {} as never }),
    'requests.list': () => ({ total: 0, offset: 0, rows: [] }),
    'liveJobs.simulations': () => ({ badges: [] }),
    'liveJobs.rows': () => ({ total: 0, rows: [] }),
    'liveJobs.draft': () => null,
  });
  const connections = new Connections(door);
  const connection = connectionView({ name: NAME, kind: 'production' });
  connections.list = [connection];
  const jobs = new LiveJobs(
    door,
    () => () => undefined,
    () => undefined,
  );
  const job = liveJob({ badgeName: NAME, connectionName: NAME });
  jobs.list = [job];
  const form = new JobForm(door, 1);
  const takeBack = new TakeBackForm(door, 1);
  const importing = new ImportForm(door, 1);
  return { door, form, takeBack, importing, connections, connection, jobs, job, practice: new Practice(door) };
}

const nothing = (): void => undefined;
const screens: [string, Component, () => Record<string, unknown>][] = [
  ['kept results', KeptList, () => ({ screen: simulate() })],
  [
    'the scenario',
    ScenarioPane,
    () => {
      const screen = simulate();
      return { screen, draft: screen.form.draft, onpick: nothing };
    },
  ],
  [
    'a refused scenario',
    RefusedFile,
    () => ({ name: NAME, mistakes: [{ path: '', message: 'is empty' }], ondismiss: nothing }),
  ],
  ['why nobody can get a badge', NobodyNote, () => ({ sentence: `Nobody can get “${NAME}”.` })],
  [
    'a row of the badges',
    BadgeRow,
    () => ({
      badge: {
        id: 'a',
        name: NAME,
        excerpt: null,
        status: null,
        earnType: null,
        owners: [],
        problemCount: 0,
        tags: [],
      },
      selected: false,
      selecting: false,
      onselect: nothing,
    }),
  ],
  ['the list of orgs', ConnectionList, sync],
  ['the head of an org', OrgHeader, sync],
  ['live jobs', JobsTab, sync],
  ['a live job', JobPane, sync],
  [
    'what is taken back',
    TakeBackPane,
    () => {
      const { connection, job, takeBack: form } = sync();
      form.job = { id: job.id, badgeName: job.badgeName };
      return { connection, form, others: [], onstarted: nothing, onclose: nothing };
    },
  ],
  [
    'what is imported',
    ImportPane,
    () => {
      const { connection, importing: form } = sync();
      form.file = { token: 't', name: NAME };
      form.look = {
        ...{ badgeName: NAME, remoteBadgeId: 'b', total: 1, awards: 1, repeated: 0, leftOut: [], sample: [] },
        ...{ span: null, requests: 1, reads: 1, secondsAtLeast: 1, notes: [], seen: 'seal' },
      };
      return { connection, form, others: [], onstarted: nothing, onclose: nothing };
    },
  ],
  ['a new live job', JobWizard, () => ({ ...sync(), others: [], onstarted: nothing, onclose: nothing })],
] as never;

test.each(screens)('%s: a name that turns text around stays in its own place', async (_, shown, props) => {
  await render(shown, props());
  await vi.waitFor(() => expect(places().shown).toBeGreaterThan(0));
  expect(places().loose).toEqual([]);
});

const ESCAPED = /^.u202eabc|“.u202eabc/;

test('cells of a customer file show what would turn the text around', async () => {
  const customers = {
    inspecting: false,
    file: { name: NAME, bytes: 1 },
    dropFile: nothing,
    look: new TableLook(nothing as never),
    view: {
      kind: 'text',
      sheet: null,
      sheets: [],
      columns: 2,
      header: [NAME, 'id'],
      sample: [[NAME, '7\u0007']],
      column: 1,
      columnReason: message('tables.onlyNumbers'),
      isList: false,
      delimiter: ',',
      encoding: 'utf-8',
      estimatedLines: 1,
    },
  };
  await render(FilePreview, { customers: customers as never });
  expect(document.body.innerText).not.toContain('\u202E');
  await expect.element(page.getByRole('cell', { name: ESCAPED })).toBeVisible();
  await expect.element(page.getByRole('cell', { name: /^7.u0007$/ })).toBeVisible();
});

test('cells of a result and findings about a scenario show what would turn the text around', async () => {
  const row = {
    ordinal: 0,
    customer: NAME,
    outcome: 'ok',
    label: { key: 'refusals.gotBadge', values: {} },
    issuedId: null,
    status: null,
    expiresOn: null,
  };
  const result = {
    rows: { total: 1, failure: null, at: () => row, want: nothing },
    summary: { total: 1 },
    filtered: false,
    explainedRow: null,
    selected: -1,
    filterChanges: 0,
    customer: '',
  };
  const table = await render(CustomersTable, { result: result as never, onescape: nothing });
  await expect.element(page.getByText(ESCAPED)).toBeVisible();
  await table.unmount();
  await render(FindingsPanel, {
    mistakes: [{ path: 'badges.0.key', message: `“${NAME}” is taken` }],
    warnings: [],
    onjump: nothing,
  });
  await expect.element(page.getByText(ESCAPED)).toBeVisible();
  expect(document.body.textContent).not.toContain('\u202E');
});
