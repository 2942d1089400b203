import { expect, test } from 'vitest';
import { askInProcess } from './command-line';

const ask = (...args: string[]) => askInProcess('.', 'holidays', ...args);
const YEAR_END = ['--from', '2026-12-20', '--to', '2027-01-02'];

test('holidays are told by day, in either language, and as entries of a calendar', async () => {
  expect(await ask('gb', ...YEAR_END)).toMatchObject({
    code: 0,
    out: '2026-12-25  Christmas Day\n2026-12-26  Boxing Day\n2026-12-28  Boxing Day (day off in lieu)\n2027-01-01  New Year’s Day\n',
  });
  expect((await ask('DE', ...YEAR_END, '--language', 'de')).out).toContain('2027-01-01  Neujahr\n');
  const { out } = await ask('CH', ...YEAR_END, '--factor', '0');
  expect(JSON.parse(out)).toEqual({
    calendar: [
      { from: '2026-12-25', factor: 0, name: 'Christmas Day' },
      { from: '2027-01-01', factor: 0, name: 'New Year’s Day' },
    ],
  });
  const asked = JSON.parse((await ask('CH', ...YEAR_END, '--json')).out) as { days: unknown[]; calendar: unknown };
  expect(asked.days[0]).toEqual({ day: '2026-12-25', holiday: 'christmas', inLieu: false, name: 'Christmas Day' });
  expect(asked.calendar).toBeNull();
});

test('1 where there is none, with the years that are known, and 2 for what cannot be asked', async () => {
  expect(await ask('DE', '--from', '2050-01-01', '--to', '2050-12-31')).toMatchObject({ code: 1, out: '' });
  for (const [args, said] of [
    [['XX', ...YEAR_END], 'The holidays of XX are not known'],
    [[...YEAR_END], 'Name one country'],
    [['DE', '--from', '2026-02-30', '--to', '2026-03-01'], '--from must be a day'],
    [['DE', '--from', '2026-03-02', '--to', '2026-03-01'], '--to must not be before'],
    [['DE', ...YEAR_END, '--factor', '-1'], '--factor'],
    [['DE', ...YEAR_END, '--language', 'fr'], '--language is'],
  ] as const) {
    const end = await ask(...args);
    expect([args.join(' '), end.code, end.out]).toEqual([args.join(' '), 2, '']);
    expect(end.error).toContain(said);
  }
});
