import { expect, test } from 'vitest';
import { play } from '../../../electron/backend/fidelity/replay/play';
import { prepareCalls } from '../../../electron/backend/fidelity/replay/prepared-calls';
import { replay } from '../../../electron/backend/fidelity/replay/replay';
import { startingState } from '../../../electron/backend/fidelity/replay/starting-state';
import type { OrgSettings } from '../../../shared/domain/settings';
import { ENDPOINTS } from '../../../shared/gateway/endpoints';
import { richSession } from './rich-session';

const differing = (report: Awaited<ReturnType<typeof replay>>) =>
  report.calls.filter(({ verdict }) => verdict === 'different');

test('a recording of the practice org itself replays without a difference, at every endpoint', async () => {
  const report = await replay(await richSession(), { settings: {} });
  expect(differing(report)).toEqual([]);
  const left = report.calls
    .filter(({ verdict }) => verdict === 'undecidable')
    .map(({ path, reason }) => [path, reason]);
  expect(left).toEqual([]);
  const names = new Set(ENDPOINTS.map(({ name }) => name));
  expect(report.endpoints.map(({ endpoint }) => endpoint)).toEqual([...names]);
  expect(report.explanation).toEqual({ found: 'none', sets: [], closest: null, isBounded: false });
  expect(report.switches.filter(({ state }) => state !== 'holds')).toEqual([]);
});

const TURNED: [string, string, Partial<OrgSettings>][] = [
  ['customer-limit-code', '4711', { customerLimitCode: 4711 }],
  ['badge-limit-code', '4712', { badgeLimitCode: 4712 }],
  ['request-id-scope', 'endpoint', { requestIdScope: 'endpoint' }],
  ['request-id-scope', 'badge', { requestIdScope: 'badge' }],
  ['weekly-cycles', 'from-start', { weeklyCycles: 'from-start' }],
  ['allow-past-start', 'on', { allowPastStart: true }],
  ['rolling-windows', 'dates', { rollingWindows: 'dates' }],
  ['revoke-frees-caps', 'off', { revokeFreesCaps: false }],
  ['member-care-owner', 'Goodwill_Module', { memberCareOwnerType: 'Goodwill_Module' }],
  ['status-801', '400', { statusOf801: 400 }],
  ['status-815', '400', { statusOf815: 400 }],
  ['status-816', '409', { statusOf816: 409 }],
  ['status-1039', '400', { statusOf1039: 400 }],
  ['refuse-overlapping-awards', 'on', { refuseOverlappingAwards: true }],
];

test.each(TURNED)('a recording with %s=%s names it, and no other', async (option, value, settings) => {
  const recording = await richSession(settings);
  const report = await replay(recording, { settings: {} });
  expect(report.counts.different).toBeGreaterThan(0);
  expect(report.explanation.sets).toEqual([[{ option, value }]]);
  expect(report.switches.filter(({ state }) => state !== 'holds').map(({ option: each }) => each)).toEqual([option]);
  const calls = prepareCalls(recording);
  const played = await play(
    { calls, start: startingState(calls), carriedOut: new Set(), missing: new Set() },
    { settings, untilDifferent: true },
  );
  expect(played.firstDifferent).toBe(calls.length);
});
