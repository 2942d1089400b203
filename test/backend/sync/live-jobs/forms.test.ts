/** Forms of imports and take-backs: kept until they are started, and filled in again with a job that waits. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { instantOf } from '../../../../shared/domain/instant';
import type { ImportDraft } from '../../../../shared/ipc/import-contract';
import type { TakeBackDraft } from '../../../../shared/ipc/take-back-contract';
import { lasting, OWNER } from '../../../domain/badge-bodies';
import { laurel, type Laurel } from '../laurel';
import { createClaimed, createLive, startOrg, type TestOrg } from '../practice-org';

let org: TestOrg;
beforeEach(async () => {
  org = await startOrg();
});
afterEach(() => org.stop());

const importDraft = (change: Partial<ImportDraft> = {}): ImportDraft => ({
  ...{ isOpen: true, badge: { badgeId: 'local', remoteId: 'remote', name: 'Ünïcode “badge”' }, file: null },
  ...{ choices: { zone: 'Europe/Berlin', columns: { customer: '#1' } }, again: true },
  begin: { choice: 'at', on: null, typed: '31 Febr ' },
  ...change,
});
const takeBackDraft = (change: Partial<TakeBackDraft> = {}): TakeBackDraft => ({
  ...{ isOpen: false, job: null, customer: ' 12', action: 'revoke-enrolment', names: 'customers' },
  ...{ badge: { badgeId: 'local', remoteId: 'remote', name: 'Badge' }, file: null },
  ...change,
});
const sent = (endpoint: string): number => org.activity.filter((entry) => entry.endpoint === endpoint).length;
const restart = async (here: Laurel): Promise<void> => {
  await here.close();
  await here.open();
};
/** Whatever the computer's clock says. */
const LATER = instantOf('2200-01-01T00:00:00Z');
const TABLE = 'customerId,earnEventDate,earnExpiresOn\n1,2021-03-01T10:15:00Z,2031-01-01T00:00:00Z\n';

test('both are kept for each org as they stand, over a restart, until they are given up or their org is deleted', async () => {
  const here = await laurel();
  const [one, other] = [await here.connect(org.url), await here.connect(org.url, { name: 'Other' })];
  const [mine, theirs] = [{ connectionId: one.id }, { connectionId: other.id }];
  expect(await here.call('liveJobs.importDraft', mine)).toBeNull();
  await here.call('liveJobs.keepImportDraft', { ...mine, draft: importDraft() });
  await here.call('liveJobs.keepTakeBackDraft', { ...mine, draft: takeBackDraft() });
  await restart(here);
  const whole = { file: null, goneFile: null };
  expect(await here.call('liveJobs.importDraft', mine)).toEqual({ draft: importDraft(), ...whole });
  expect(await here.call('liveJobs.takeBackDraft', mine)).toEqual({ draft: takeBackDraft(), ...whole });
  expect(await here.call('liveJobs.importDraft', theirs)).toBeNull();
  expect(await here.call('liveJobs.takeBackDraft', theirs)).toBeNull();
  await here.call('liveJobs.keepImportDraft', { ...mine, draft: null });
  expect(await here.call('liveJobs.importDraft', mine)).toBeNull();
  await here.call('liveJobs.keepImportDraft', { ...mine, draft: importDraft() });
  await here.call('connections.delete', { id: one.id });
  const again = await here.connect(org.url);
  expect(await here.call('liveJobs.importDraft', { connectionId: again.id })).toBeNull();
  expect(await here.call('liveJobs.takeBackDraft', { connectionId: again.id })).toBeNull();
});

test('an import that waits is changed: it is back in the form with its table, over a restart, and is sent once', async () => {
  const here = await laurel();
  const { id: connectionId } = await here.connect(org.url);
  const remoteBadgeId = createLive(org, { name: 'Past', earnedBadgeExpiry: lasting(30, 'DAYS') });
  const source = { connectionId, remoteBadgeId, token: here.file('past.csv', TABLE), again: true };
  const { seen } = await here.job('liveJobs.lookImport', source);
  const form = importDraft({ file: { token: source.token, name: 'past.csv' }, isOpen: false });
  const begin = { kind: 'at' as const, on: LATER };
  const { id } = await here.call('liveJobs.import', { ...source, seen, begin, form });
  expect(await here.until(id, 'queued')).toMatchObject({ canTakeOut: true, total: 1 });
  await restart(here);
  expect(await here.call('liveJobs.takeOut', { id })).toMatchObject({ state: 'cancelled', canTakeOut: false });
  expect(await here.call('liveJobs.rows', { id, offset: 0, limit: 5 })).toMatchObject({ total: 0 });
  await restart(here);
  const kept = await here.call('liveJobs.importDraft', { connectionId });
  const token = kept?.file?.token ?? '';
  expect(kept?.draft).toEqual({ ...form, isOpen: true, file: { token, name: 'past.csv' } });
  expect(sent('import')).toBe(0);
  const look = await here.job('liveJobs.lookImport', { ...source, token });
  const again = await here.call('liveJobs.import', { ...source, token, seen: look.seen });
  expect(await here.until(again.id)).toMatchObject({ state: 'done', done: 1 });
  expect(sent('import')).toBe(1);
  rmSync(path.join(here.folder, 'past.csv'));
  await restart(here);
  expect(await here.call('liveJobs.importDraft', { connectionId })).toMatchObject({
    ...{ file: null, goneFile: 'past.csv', draft: { file: null, again: true } },
  });
});

test('a take-back that waits is changed: it is back in the form, and one without a form stays', async () => {
  const here = await laurel();
  const { id: connectionId } = await here.connect(org.url);
  const remoteBadgeId = createClaimed(org, { name: 'Given' });
  const given = await here.call('liveJobs.start', {
    ...{ connectionId, remoteBadgeId, action: 'award', owner: OWNER },
    customers: { kind: 'range', from: 1, to: 3 },
  });
  expect(await here.until(given.id)).toMatchObject({ state: 'done', done: 3 });
  const source = { kind: 'job' as const, jobId: given.id, customer: '2' };
  const { seen } = await here.job('liveJobs.lookBack', { connectionId, source });
  const form = takeBackDraft({ job: { id: given.id, badgeName: 'Given' }, customer: '2' });
  const begin = { kind: 'at' as const, on: LATER };
  const order = { connectionId, source, seen, begin };
  const [{ id }, bare] = [
    await here.call('liveJobs.takeBack', { ...order, form }),
    await here.call('liveJobs.takeBack', order),
  ];
  expect(await here.until(id, 'queued')).toMatchObject({ canTakeOut: true });
  expect(await here.until(bare.id, 'queued')).toMatchObject({ canTakeOut: false });
  await expect(here.call('liveJobs.takeOut', { id: bare.id })).rejects.toMatchObject({ code: 'conflict' });
  await here.call('liveJobs.takeOut', { id });
  expect(await here.call('liveJobs.takeBackDraft', { connectionId })).toMatchObject({
    draft: { ...form, isOpen: true },
  });
  expect(sent('revokeEarn')).toBe(0);
});
