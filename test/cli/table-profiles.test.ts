import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { issueCommand } from '../../electron/cli/issue';
import { inspectCommand } from '../../electron/cli/inspect';
import { terminalOf } from '../../electron/cli/command';
import { TestBackend } from '../backend/open-backend';
import { badgeBody } from '../simulation/scenarios';
import { temporaryFolder } from '../db/temporary-folder';

test('a profile is saved, read by its name, and what is said beside it counts more', async () => {
  const cwd = temporaryFolder();
  const backend = new TestBackend(cwd);
  await backend.open();
  await backend.close();
  writeFileSync(path.join(cwd, 'a.csv'), 'customer,date\n1,01/02/2025\n');
  const run = async (...args: string[]): Promise<{ code: number; out: string }> => {
    const lines: string[] = [];
    const { signal } = new AbortController();
    const terminal = terminalOf({
      cwd,
      out: (line) => lines.push(line),
      error: () => undefined,
      draw: () => undefined,
      signal,
      readerLeft: signal,
    });
    return { code: await inspectCommand.run(['a.csv', ...args], terminal), out: lines.join('\n') };
  };
  const store = ['--workspace', 'test.laurel'];
  expect((await run()).code).toBe(1);
  const said = ['--date-format', 'month-day-year', '--zone', 'UTC'];
  expect((await run(...said, ...store, '--save-profile', 'till')).code).toBe(0);
  const read = await run(...store, '--profile', 'till');
  expect(read.code).toBe(0);
  expect(read.out).toContain('2025-01-02');
  expect((await run(...store, '--profile', 'till', '--date-format', 'day-month-year')).out).toContain('2025-02-01');
  await expect(run(...store, '--profile', 'none')).rejects.toThrow(/no profile “none”/);
  await expect(run('--profile', 'till')).rejects.toThrow(/--workspace FILE/);
});

test('a request reads its customers by a profile of the workspace that it is made in', async () => {
  const cwd = temporaryFolder();
  const backend = new TestBackend(cwd);
  await backend.open();
  await backend.close();
  writeFileSync(path.join(cwd, 'a.csv'), 'customer,other,name\n1,8,x\n2,9,y\n');
  writeFileSync(path.join(cwd, 'b.badge.json'), JSON.stringify(badgeBody()));
  const lines: string[] = [];
  const { signal } = new AbortController();
  const terminal = terminalOf({
    cwd,
    out: (line) => lines.push(line),
    error: () => undefined,
    draw: () => undefined,
    signal,
    readerLeft: signal,
  });
  const store = ['--workspace', 'test.laurel'];
  await inspectCommand.run(['a.csv', '--column', 'customer=other', ...store, '--save-profile', 'till'], terminal);
  const issue = ['--badge', 'b.badge.json', '--customers', 'a.csv', '--action', 'award', '--owner', 'Loyalty:626'];
  const read = [...store, '--profile', 'till', '--at', '2026-04-01T00:00:00Z', '--out', 'out.csv'];
  expect(await issueCommand.run([...issue, ...read], terminal)).toBe(0);
  expect(readFileSync(path.join(cwd, 'out.csv'), 'utf8')).toMatch(/\n8,[^\n]*\r?\n9,/);
  await expect(issueCommand.run([...issue, '--profile', 'till'], terminal)).rejects.toThrow(/--workspace FILE/);
});
