import { expect, test } from 'vitest';
import { reportPage } from '../../electron/backend/report/page';
import { scenarioVersion } from '../../electron/backend/report/versions';
import { runSimulation } from '../../electron/backend/simulation/run';
import { runSlice } from '../../electron/backend/simulation/slices';
import type { Report } from '../../shared/report/report-model';
import { serialiseResult } from '../../shared/simulation/result';
import { mergeParts } from '../../shared/simulation/slice';
import { prepared, scenarioBody } from '../simulation/scenarios';
import { wordsOf } from './read-report';

const body = scenarioBody({
  replications: 5,
  calendar: [
    { from: '2026-03-10', to: '2026-03-12', factor: 0, name: 'Stocktaking' },
    { from: '2026-04-01', factor: 3 },
  ],
  customers: {
    segments: [
      {
        name: 'regulars',
        size: 400,
        joins: { perWeek: 12 },
        activity: {
          dropOut: { probability: 0.03 },
          uncertainty: { perWeek: 0.05 },
          perWeek: 1.2,
          season: [1, 1, 0.5, 1.5, 1, 1, 1, 1, 1, 1, 1, 1],
          hours: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 5, 2, 1, 1, 1, 3, 4, 1, 0, 0, 0, 0],
        },
      },
    ],
  },
});

test('a report of hours alone says them after the days of the week', async () => {
  const activity = { perWeek: 1, hours: [1, ...new Array<number>(22).fill(0), 2] };
  const alone = scenarioBody({ customers: { segments: [{ name: 'owls', size: 50, activity }] } });
  const { result, replications } = await runSimulation({ body: alone, csv: null }, { workers: 1 });
  const version = scenarioVersion({ name: 'v', changes: [], body: alone }, prepared(alone), result, replications);
  const report: Report = {
    ...{ title: null, versions: [version], sameDraws: true, people: [], commands: ['laurel simulate x.scenario.json'] },
    ...{ savesFirst: false, appVersion: '1', brandColour: null, logo: null, pictures: new Map<string, string>() },
  };
  const page = wordsOf(await reportPage(report, 'de'));
  expect(page).toContain('Alle Wochentage sind gleich. Keine Feiertage, Saisons oder Kampagnen.');
  expect(page).toContain('Innerhalb eines Tages kommen Einkäufe in manchen Stunden mehr als in anderen');
  expect(page).toContain(
    'Stunden des Tages von owls, so viel mal so oft wie in einer mittleren Stunde: 00:00–01:00 × 8, 01:00–23:00 × 0, 23:00–24:00 × 16.',
  );
});

test('a report says what the calendar and the seasons are', async () => {
  const { result, replications } = await runSimulation({ body, csv: null }, { workers: 1 });
  const version = scenarioVersion({ name: 'v', changes: [], body }, prepared(body), result, replications);
  const report: Report = {
    ...{ title: null, versions: [version], sameDraws: true, people: [], commands: ['laurel simulate x.scenario.json'] },
    ...{ savesFirst: false, appVersion: '1', brandColour: null, logo: null, pictures: new Map<string, string>() },
  };
  const english = wordsOf(await reportPage(report, 'en'));
  expect(english).toContain('10 March 2026 to 12 March 2026 (Stocktaking): closed; 1 April 2026: 3 times as often.');
  expect(english).toContain('All days of the week are alike. 10 March 2026');
  expect(english).not.toContain('Days of the week differ');
  expect(english).toContain('Season of regulars: January × 1, February × 1, March × 0.5, April × 1.5,');
  expect(english).toContain(
    'Hours of the day of regulars, times as often as in an average hour: 00:00–08:00 × 0, 08:00–10:00 × 1, 10:00–12:00 × 2,',
  );
  expect(english).toContain('Not modelled: what the calendar does not name');
  expect(english).toContain('In regulars 12 newcomers join in an average week, each with a first event.');
  expect(english).toContain('Each run draws its own rates of regulars, as uncertain as they are.');
  expect(english).toContain('leaves for good after an event with a probability of 3%');
  expect(english).not.toContain('No holidays, seasons or campaigns');
  expect(wordsOf(await reportPage(report, 'de'))).toContain(
    '10. März 2026 bis 12. März 2026 (Stocktaking): geschlossen',
  );
});

test('days of the week that differ are told, and those that weigh alike are not', async () => {
  const pageOf = async (weekdays: number[]): Promise<string> => {
    const activity = { perWeek: 1, weekdays };
    const one = scenarioBody({ customers: { segments: [{ name: 'all', size: 50, activity }] } });
    const { result, replications } = await runSimulation({ body: one, csv: null }, { workers: 1 });
    const version = scenarioVersion({ name: 'v', changes: [], body: one }, prepared(one), result, replications);
    const report: Report = {
      ...{ title: null, versions: [version], sameDraws: true, people: [], commands: ['laurel simulate x.json'] },
      ...{ savesFirst: false, appVersion: '1', brandColour: null, logo: null, pictures: new Map<string, string>() },
    };
    return wordsOf(await reportPage(report, 'en'));
  };
  expect(await pageOf([1, 1, 1, 1, 1, 2, 0])).toContain(
    'Days of the week differ as the segments say. No holidays, seasons or campaigns.',
  );
  expect(await pageOf([2, 2, 2, 2, 2, 2, 2])).toContain('All days of the week are alike.');
});

test('slices are merged to the bytes of one run, and nothing happens on closed days', async () => {
  const job = { body, csv: null };
  const whole = await runSimulation(job, { workers: 1 });
  const parts = [];
  for (const number of [1, 2, 3]) {
    const { part } = await runSlice(job, prepared(body), { number, of: 3 }, { workers: 1 });
    parts.push({ name: `p${String(number)}`, part });
  }
  const merged = mergeParts(parts);
  if (!merged.ok) throw new Error(merged.mistakes.join(' '));
  expect(serialiseResult(merged.result)).toBe(serialiseResult(whole.result));
  const days = whole.result.badges['badge']!.byDay.filter(({ attempts }) => attempts === 0).map(({ day }) => day);
  expect(days).toEqual(['2026-03-10', '2026-03-11', '2026-03-12']);
});

test('one run on two cores is the same as on one', async () => {
  const job = { body: { ...body, replications: 1 }, csv: null };
  const [one, two] = [await runSimulation(job, { workers: 1 }), await runSimulation(job, { workers: 2 })];
  expect(one.result.events.total).toBeGreaterThan(0);
  expect(serialiseResult(two.result)).toBe(serialiseResult(one.result));
});
