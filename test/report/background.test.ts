/** What of a report is not numbers: where a scenario contradicts itself, in words; and where it says how it was reckoned. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { reportPage } from '../../electron/backend/report/page';
import { scenarioVersion } from '../../electron/backend/report/versions';
import { runSimulation } from '../../electron/backend/simulation/run';
import { METHOD_SECTIONS } from '../../shared/report/sections/background';
import { prepared, scenarioBody, type Json } from '../simulation/scenarios';
import { wordsOf } from './read-report';

const badge = (scenarioBody()['badges'] as { badge: Json }[])[0]!.badge;

async function page(body: Json, language: 'en' | 'de'): Promise<string> {
  const { result, replications } = await runSimulation({ body, csv: null }, { workers: 1 });
  const version = scenarioVersion({ name: 'x', changes: [], body }, prepared(body), result, replications);
  return reportPage(
    {
      ...{ title: null, versions: [version], sameDraws: true, people: [], commands: ['laurel simulate x'] },
      ...{ savesFirst: false, appVersion: '1', brandColour: null, logo: null, pictures: new Map<string, string>() },
    },
    language,
  );
}

test('contradictions say which badge and which limit, which segment and which days, and never a path', async () => {
  const body = scenarioBody(
    {
      customers: {
        segments: [
          { name: 'regulars', size: 20, activity: { perWeek: 1, dispersion: 0 } },
          { name: 'nobody', size: 0, activity: { perWeek: 1, dispersion: 0 } },
        ],
      },
      calendar: [
        { from: '2026-03-02', to: '2026-03-04', factor: 2, name: 'Fair' },
        { from: '2026-03-04', to: '2026-03-05', factor: 2 },
      ],
    },
    {
      badge: {
        ...badge,
        name: 'Pumpkin',
        badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
        customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 5 }],
      },
      trigger: { every: 1, evry: 2 },
    },
  );
  const said = async (language: 'en' | 'de'): Promise<string> => {
    const words = wordsOf(await page(body, language));
    const [from, to] = language === 'en' ? ['Contradictions', 'How it was made'] : ['Widersprüche', 'Wie er'];
    const begin = words.indexOf(from, words.indexOf('Segment'));
    return words.slice(begin, words.indexOf(to, begin));
  };
  const english = await said('en');
  expect(english).toContain('Badge “Pumpkin”, limit “Each customer: 5 in all”: No customer can reach this limit');
  expect(english).toContain('Badge “Pumpkin”, what earns it, field “evry”: The engine does not know this field');
  expect(english).toContain('Segment “nobody”: This segment has no customers.');
  expect(english).toMatch(/Calendar, .*5 March 2026: These days overlap with Calendar, “Fair” \(.*4 March 2026\)/);
  const german = await said('de');
  expect(german).toContain('Badge „Pumpkin“, Grenze „');
  for (const words of [english, german]) expect(words).not.toMatch(/\w\[\d|\w\.\w+Constraints|badges\./);
});

test('how it is reckoned is led to within the page, and told by headings that the page on methods has', async () => {
  const whole = await page(scenarioBody({ replications: 4 }), 'en');
  expect(whole.match(/<a href="#method">How Laurel reckons<\/a>/g)!.length).toBeGreaterThan(1);
  expect(whole).toContain('<h3 id="method">How Laurel reckons</h3>');
  expect(wordsOf(whole)).toContain(
    'under “Who acts, and when”, “What earns”, “Runs and their spread”, “How it was checked”, “What is not modelled”. It is docs/methods.md in the folder of the project, and in the folder “resources” of an installed Laurel.',
  );
  const methods = readFileSync(path.resolve('docs/methods.md'), 'utf8');
  for (const heading of Object.values(METHOD_SECTIONS)) expect(methods).toContain(`\n## ${heading}\n`);
  // And that page leads to the tables, and lies where the report says.
  const [, place] = /\]\((learning\.md#[\w-]+)\)/.exec(methods) ?? [];
  expect(place).toBe('learning.md#how-good-it-is');
  expect(readFileSync(path.resolve('docs/learning.md'), 'utf8')).toContain('\n## How good it is\n');
  const packed = readFileSync(path.resolve('electron-builder.yml'), 'utf8');
  for (const page of ['docs/methods.md', 'docs/learning.md'])
    expect(packed).toContain(`from: ${page}\n    to: ${page}\n`);
});
