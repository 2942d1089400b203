import { beforeAll, describe, expect, test } from 'vitest';
import { reportPage } from '../../electron/backend/report/page';
import { keptVersion, resultVersion, scenarioVersion } from '../../electron/backend/report/versions';
import { runSimulation } from '../../electron/backend/simulation/run';
import type { BadgeAnswers } from '../../shared/ipc/simulation-contract';
import type { Report, ReportVersion } from '../../shared/report/report-model';
import type { Known } from '../../shared/simulation/known-width';
import { readResult } from '../../shared/simulation/read-result';
import { serialiseResult, type SimulationResult } from '../../shared/simulation/result';
import { prepared, scenarioBody, type Json } from '../simulation/scenarios';
import { RandomStream } from '../../shared/simulation/random';
import { at, countOfFigures, figuresOf, wordsOf } from './read-report';

const seed = Number(process.env['LAUREL_SEED'] ?? 11);

/** A scenario of random size, limits, cost and number of runs. */
function randomScenario(number: number): Json {
  const dice = new RandomStream(['report', seed, number]);
  const below = (most: number): number => Math.floor(dice.uniform() * most);
  const cap = below(3) === 0 ? [] : [{ kind: 'x', constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 5 + below(400) }];
  const names = ['regulars', 'a.b "<x>', 'Ünïcode & Söhne'].slice(0, 1 + below(3));
  return scenarioBody(
    {
      ...{ seed: number, replications: [1, 1, 4, 7][below(4)], timeZone: ['UTC', 'Asia/Kolkata'][below(2)] },
      to: ['2026-03-20T00:00:00Z', '2026-06-01T00:00:00Z', '2027-06-01T00:00:00Z'][below(3)],
      customers: {
        segments: names.map((name) => ({
          ...{ name, size: 20 + below(200) },
          activity: { perWeek: 0.2 + dice.uniform(), dispersion: below(2) * 0.5 },
        })),
      },
    },
    {
      badge: {
        ...(scenarioBody()['badges'] as { badge: Json }[])[0]!.badge,
        badgeConstraints: cap.map(({ constraintType, maxEarnLimit }) => ({ constraintType, maxEarnLimit })),
        customerConstraints: below(2) === 0 ? [] : [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 2 }],
      },
      ...(below(2) === 0 ? {} : { cost: { perAward: 2.5, redemptionRate: 0.4, currency: 'EUR' } }),
    },
  );
}

const reportOf = (versions: Report['versions']): Report => ({
  ...{ title: null, versions, sameDraws: true, people: [], commands: ['laurel simulate x.scenario.json'] },
  ...{ savesFirst: false, appVersion: '1', brandColour: null, logo: null, pictures: new Map<string, string>() },
});

const count = { en: new Intl.NumberFormat('en', { maximumFractionDigits: 1 }) };

describe('the numbers of a report are those of its result file', () => {
  let versions: ReportVersion[] = [];
  beforeAll(async () => {
    versions = [];
    for (let number = 0; number < 12; number += 1) {
      const body = randomScenario(number);
      const { result, replications } = await runSimulation({ body, csv: null }, { workers: 1 });
      versions.push(
        scenarioVersion({ name: `v${String(number)}`, changes: [], body }, prepared(body), result, replications),
      );
    }
  });

  test('read back from the page, each by its place, in both languages and side by side', async () => {
    const pages = await Promise.all([
      ...versions.map((version) => reportPage(reportOf([version]), 'en')),
      ...versions.map((version) => reportPage(reportOf([version]), 'de')),
      reportPage(reportOf([versions[0]!, ...versions.slice(1, 6)]), 'en'),
    ]);
    const many = versions.length;
    pages.forEach((page, index) => {
      const of = index < 2 * many ? [versions[index % many]!] : versions.slice(0, 6);
      const figures = figuresOf(page);
      expect(figures.length).toBe(countOfFigures(page));
      expect(figures.length).toBeGreaterThan(20);
      const placed = figures.filter(({ path }) => path !== null);
      expect(placed.length).toBeGreaterThan(10);
      for (const { value, version, path } of placed)
        expect(at(of[version]!.result, path!), path!.join(' ')).toBe(value);
    });
  });

  test('and people read them as they are: rounded, never another number', async () => {
    for (const version of versions) {
      for (const { value, words } of figuresOf(await reportPage(reportOf([version]), 'en'))) {
        const said = Number(words.replaceAll(',', '').replace(/ EUR$/, ''));
        // Whoever is enrolled stands in a sentence.
        if (Number.isNaN(said)) expect(words).toContain(count.en.format(Math.round(value)));
        else expect(Math.abs(said - value), words).toBeLessThanOrEqual(Math.abs(value) < 100 ? 0.0500001 : 0.5);
      }
    }
  });

  test('a result alone says the same numbers as with its scenario, and when its cap is used up', async () => {
    for (const version of versions) {
      const alone = readResult(JSON.parse(serialiseResult(version.result)));
      expect(alone).not.toBeNull();
      const page = await reportPage(reportOf([resultVersion('x.result.json', alone!)]), 'en');
      for (const { value, path } of figuresOf(page)) if (path !== null) expect(at(version.result, path)).toBe(value);
      if (version.result.badges['badge']!.exhaustedAt !== null)
        expect(wordsOf(page)).toMatch(/The cap is used up (on|in every run|in \d+ of \d+ runs)/);
    }
  });

  test('the sums of weeks are those of the days', async () => {
    const version = versions.find(({ result }) => result.badges['badge']!.byDay.length > 400)!;
    const { result } = version;
    const sum = result.badges['badge']!.byDay.reduce(
      (all, { awarded }, index) => all + (result.bands?.['badge']?.byDay[index]?.awarded.mean ?? awarded),
      0,
    );
    const page = await reportPage(reportOf([version]), 'en');
    const table = page.slice(page.indexOf('id="picture-1"'), page.indexOf('id="picture-2"'));
    const weeks = figuresOf(table).filter((_, index) => index % 2 === 0);
    expect(weeks.reduce((all, { value }) => all + value, 0)).toBeCloseTo(sum, 6);
  });
});

test('a page needs neither network nor script, and what people named cannot act in it', async () => {
  const body = scenarioBody(
    { name: '<script>alert(1)</script>"\'&' },
    { badge: { ...(scenarioBody()['badges'] as { badge: Json }[])[0]!.badge, name: '<img src=x onerror=y>' } },
  );
  const { result, replications } = await runSimulation({ body, csv: null }, { workers: 1 });
  const page = await reportPage(
    reportOf([scenarioVersion({ name: 'x', changes: ['<b>'], body }, prepared(body), result, replications)]),
    'en',
  );
  expect(page).not.toMatch(/<script|<img|https?:\/\/(?!www\.w3\.org)|onerror=y>/);
  expect(page).toContain('content="default-src &#39;none&#39;; style-src &#39;sha256-');
  expect(page).not.toContain(' style=');
});

test('what is no whole result is none', async () => {
  const { result } = await runSimulation({ body: scenarioBody(), csv: null }, { workers: 1 });
  const whole = JSON.parse(serialiseResult(result)) as Record<string, unknown>;
  expect(readResult(whole)).toEqual(result);
  for (const [name, value] of [
    ['badges', null],
    ['bands', {}],
    ['replications', 2],
    ['badges', { badge: {} }],
    ['schema', 'laurel/result@2'],
  ] as const)
    expect(readResult({ ...whole, [name]: value }), name).toBeNull();
  for (const other of [null, 3, 'x', [], {}]) expect(readResult(other)).toBeNull();
});

test('how well a number is known is said, in both languages, also of a result alone', async () => {
  const body = scenarioBody({ replications: 4 });
  const { result } = await runSimulation({ body, csv: null }, { workers: 1 });
  const known: Known = {
    ...{ badge: 'badge', measure: 'servedShare', at: 'p90' as const, value: 0.5, low: 0.482, high: 0.514 },
    ...{ wanted: 0.04, confidence: 0.95, reached: true },
  };
  const alone = readResult(JSON.parse(serialiseResult({ ...result, known })));
  const page = async (language: 'en' | 'de', reached: boolean): Promise<string> => {
    const told = { ...alone!, known: { ...known, reached } };
    return wordsOf(await reportPage(reportOf([resultVersion('x.result.json', told)]), language));
  };
  expect(alone?.known).toEqual(known);
  expect(await page('en', true)).toMatch(
    /P90 of .+ lies between 48\.2% and 51\.4%, with a certainty of 95%: known as well as was wanted after 4 runs\./,
  );
  expect(await page('en', false)).toContain('not as well known as was wanted');
  expect(await page('de', true)).toMatch(/48,2\s%/);
  // A file holds an end that is not known as null; a share never “never comes”.
  const told = { ...alone!, known: { ...known, high: null, reached: false } };
  const open = wordsOf(await reportPage(reportOf([resultVersion('x.result.json', told)]), 'en'));
  expect(open).toMatch(/P90 of .+ is at least 48\.2%, with a certainty of 95%; so few runs as 4 do not tell how high/);
});

test('whose rules a result was judged by is said in both languages, of a kept version and of a result alone', async () => {
  const body = scenarioBody({ replications: 1 });
  const { result } = await runSimulation({ body, csv: null }, { workers: 1 });
  const judged: SimulationResult = {
    ...result,
    rules: {
      from: { org: 'Acme', learnedOn: '2026-11-28T10:00:00Z' },
      switches: [{ option: 'weekly-cycles', value: 'from-start', isLearned: true }],
    },
  };
  const answers = [{ key: 'badge', name: 'Badge', sentence: '', nobody: null, cap: null }] as unknown as BadgeAnswers[];
  const page = async (of: SimulationResult, language: 'en' | 'de', isKept: boolean): Promise<string> =>
    wordsOf(
      await reportPage(reportOf([isKept ? keptVersion('x', body, of, answers) : resultVersion('x', of)]), language),
    );
  for (const isKept of [true, false]) {
    expect(await page(judged, 'en', isKept)).toMatch(
      /Judged by the rules of Acme, learned on .*2026: Weekly cycles change: Every 7 days from the start\./,
    );
    expect(await page(judged, 'de', isKept)).toContain('Beurteilt nach den Regeln von Acme');
    expect(await page(result, 'en', isKept)).not.toContain('Judged by');
  }
});

test('the titles of a report without any award say that there is none', async () => {
  const body = scenarioBody(
    {
      replications: 4,
      customers: { segments: [{ name: 'all', size: 30, activity: { perWeek: 0, dispersion: 0.5 } }] },
    },
    { cost: { perAward: 2.5, redemptionRate: 0.4, currency: 'EUR' } },
  );
  const { result, replications } = await runSimulation({ body, csv: null }, { workers: 1 });
  const version = scenarioVersion({ name: 'idle', changes: [], body }, prepared(body), result, replications);
  for (const [language, said, unsaid] of [
    [
      'en',
      ['Awards a day: none in the period', 'nobody tries to get it', 'costs nothing: there is no award'],
      'the most, 0',
    ],
    [
      'de',
      ['Vergaben je Tag: keine im Zeitraum', 'Niemand versucht', 'kostet nichts: In keinem Lauf'],
      'die meisten, 0',
    ],
  ] as const) {
    const page = wordsOf(await reportPage(reportOf([version]), language));
    for (const words of said) expect(page).toContain(words);
    expect(page).not.toContain(unsaid);
  }
});
