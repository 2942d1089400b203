import { expect, test } from 'vitest';
import { drawTime } from '../../shared/charts/time-drawing';
import type { TimeSeries } from '../../shared/charts/chart-data';

function linesOf(values: (number | null)[], band?: TimeSeries['band']): { line: string; band: string | undefined } {
  const series: TimeSeries = {
    ...{ id: 'forecast', label: 'Forecast', colour: 1, kind: 'line', values },
    ...(band === undefined ? {} : { band }),
  };
  const drawing = drawTime({
    ...{ positions: values.map((_, index) => `2026-01-0${String(index + 1)}`), series: [series], limits: [] },
    ...{ width: 400, height: 200, formatPosition: (position: string) => position },
  });
  return { line: drawing.lines[0]!.path, band: drawing.bands[0]?.path };
}

test('a value that stands alone is a stroke that can be seen, and so is its band', () => {
  const [from, to] = /^M(\S+) \S+H(\S+)$/
    .exec(linesOf([5]).line)!
    .slice(1)
    .map(Number);
  expect(to! - from!).toBeGreaterThan(10);
  expect(linesOf([5], { label: 'P10 to P90', low: [4], high: [6] }).band).toMatch(
    new RegExp(`^M${from!.toFixed(1)} \\S+H${to!.toFixed(1)}V\\S+H${from!.toFixed(1)}z$`),
  );
  expect(linesOf([5, null, 6, 7]).line).toMatch(/^M\S+ \S+H\S+M\S+ \S+L\S+ \S+$/);
});

test('values side by side are one line', () => {
  expect(linesOf([5, 6, 7]).line).toMatch(/^M\S+ \S+L\S+ \S+L\S+ \S+$/);
});
