import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../db/temporary-folder';
import { scenarioBody } from '../simulation/scenarios';
import { askInProcess } from './command-line';

/** What a name in a file would say, if its line ends were line ends. */
const FORGED = 'seven customers got it twice';
const NAME = `spring\n${FORGED}\r\n${FORGED}\t1`;

function folderOf(scenario: unknown): string {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'a.scenario.json'), JSON.stringify(scenario));
  return folder;
}

const scenario = (every = 1): Record<string, unknown> => {
  const body = scenarioBody({ name: NAME }, { trigger: { every } }) as { badges: Record<string, unknown>[] };
  for (const badge of body.badges) badge['key'] = NAME;
  return body;
};

const linesOf = (text: string): string[] => text.split('\n');

describe('a name with line ends in it forges no line', () => {
  test.each([
    ['simulate', 'a.scenario.json'],
    ['simulate', 'a.scenario.json', '--out', '.'],
    ['compare', 'a.scenario.json', 'b.scenario.json'],
    ['goal', 'a.scenario.json', '--knob', 'badges.0.trigger.every', '--serve', '0.9'],
    ['test', '.'],
    ['simulate', 'a.scenario.json', '--slice', '1/1', '--out', 'part.json'],
  ])('laurel %s %s %s %s', async (...call) => {
    const folder = folderOf(scenario());
    writeFileSync(path.join(folder, 'b.scenario.json'), JSON.stringify(scenario(3)));
    const policy = {
      schema: 'laurel/policy@1',
      scenario: 'a.scenario.json',
      expect: [{ badge: NAME, measure: 'awarded', at: 'first', min: 0 }],
    };
    writeFileSync(path.join(folder, 'a.policy.json'), JSON.stringify(policy));
    const { out, error } = await askInProcess(folder, ...call);
    const lines = [...linesOf(out), ...linesOf(error)];
    expect(lines.filter((line) => line.trimStart().startsWith(FORGED))).toEqual([]);
    expect(out + error).toContain(`spring\\u000a${FORGED}\\u000d`);
  });

  test('a JSON document keeps its lines, and means the same', async () => {
    const folder = folderOf(scenario());
    const { out } = await askInProcess(folder, 'simulate', 'a.scenario.json', '--json');
    expect(linesOf(out).length).toBeGreaterThan(10);
    expect((JSON.parse(out) as { scenario: string }).scenario).toBe(NAME);
  });

  test('a failure of several lines keeps those of its own', async () => {
    const folder = folderOf({ ...scenario(), timeZone: NAME, from: NAME });
    const { error } = await askInProcess(folder, 'simulate', 'a.scenario.json');
    expect(linesOf(error.trimEnd()).length).toBeGreaterThan(1);
    expect(linesOf(error).filter((line) => line.trimStart().startsWith(FORGED))).toEqual([]);
  });
});

test('a scenario nested deeper than anything Laurel reads is called so', async () => {
  const folder = temporaryFolder();
  const text = `${'{"a":['.repeat(2_000)}${']}'.repeat(2_000)}`;
  writeFileSync(path.join(folder, 'deep.scenario.json'), text);
  expect(readFileSync(path.join(folder, 'deep.scenario.json'), 'utf8')).toBe(text);
  const { code, error } = await askInProcess(folder, 'simulate', 'deep.scenario.json');
  expect(code).toBe(1);
  expect(error).toMatch(/nested more than 100 levels deep/);
  expect(error).not.toMatch(/not JSON/);
});
