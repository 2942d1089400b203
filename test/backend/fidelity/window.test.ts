import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parseRecording } from '../../../shared/fidelity/recording';
import type { ReplayProgress } from '../../../shared/ipc/fidelity-contract';
import { laurel } from '../sync/laurel';

const RECORDING = path.join(import.meta.dirname, '..', '..', 'fixtures', 'recordings', 'visits.recording.json');

test('a recording is read, replayed, and saved with its report; another one takes its place', async () => {
  const here = await laurel();
  const token = here.file('visits.recording.json', readFileSync(RECORDING));
  const read = await here.job('fidelity.read', { token });
  expect(read).toMatchObject({
    ...{ name: 'visits.recording.json', calls: 8, replaced: [{ kind: 'headers' }, { kind: 'customers' }] },
    span: { from: '2026-03-02T09:00:01.123456Z' },
  });
  const progress: ReplayProgress[] = [];
  const report = await here.job('fidelity.replay', { id: read.id }, (told) => progress.push(told));
  expect(report.counts).toEqual({ calls: 8, same: 6, different: 1, undecidable: 1 });
  expect(report.calls.map(({ call }) => call)).toEqual([5, 6]);
  expect(report.explanation.sets).toEqual([[{ option: 'customer-limit-code', value: '4711' }]]);
  expect(progress.at(-1)).toMatchObject({ doing: 'trying', total: null });

  const page = here.saveTarget('report.html');
  const written = { id: read.id, target: page.token, language: 'de' as const };
  expect(await here.call('fidelity.save', { ...written, what: 'report' })).toEqual({ name: 'report.html' });
  expect(readFileSync(page.path, 'utf8')).toContain('Alles wird erklärt durch customer-limit-code=4711.');
  const kept = here.saveTarget('kept.recording.json');
  await here.call('fidelity.save', { ...written, target: kept.token, what: 'recording' });
  expect(parseRecording(readFileSync(kept.path, 'utf8'))).toEqual(parseRecording(readFileSync(RECORDING, 'utf8')));

  const again = await here.job('fidelity.read', { token });
  await expect(here.job('fidelity.replay', { id: read.id })).rejects.toThrow('no longer there');
  await expect(here.call('fidelity.save', { ...written, id: again.id, what: 'report' })).rejects.toThrow(
    'no longer there',
  );
});

test('what cannot be read is refused in words, and the recording before stays; cancelling ends it', async () => {
  const here = await laurel();
  const read = await here.job('fidelity.read', { token: here.file('visits.recording.json', readFileSync(RECORDING)) });
  await expect(here.job('fidelity.read', { token: here.file('half.har', '{"log"') })).rejects.toThrow(
    'half.har is no JSON',
  );
  await expect(here.job('fidelity.read', { connectionId: 77 })).rejects.toThrow('no longer there');
  const cancelled = AbortSignal.abort();
  await expect(here.job('fidelity.replay', { id: read.id }, () => undefined, cancelled)).rejects.toMatchObject({
    code: 'cancelled',
  });
  expect((await here.job('fidelity.replay', { id: read.id })).counts.calls).toBe(8);
});
