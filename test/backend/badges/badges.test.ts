import { expect, test } from 'vitest';
import { DAY, instantOf } from '../../../shared/domain/instant';
import { Failure } from '../../../shared/ipc/errors';
import { goodBody } from '../../db/workspace/open-workspace';
import { testBackend, type TestBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';

const MINUTE = 60_000_000;

const create = async (backend: TestBackend, changes: Record<string, unknown> = {}): Promise<string> =>
  (await backend.call('badges.create', { body: JSON.stringify(goodBody(changes)) })).id;

async function failureOf(work: Promise<unknown>): Promise<Failure> {
  const error: unknown = await work.then(
    () => new Error('It should have failed.'),
    (reason: unknown) => reason,
  );
  if (error instanceof Failure) return error;
  throw error;
}

const codesOf = (failure: Failure): number[] => failure.gatewayErrors.map(({ code }) => code);

test('a new badge has a free name, an id of 24 hex digits, and says what it still needs', async () => {
  const backend = await testBackend();
  const first = await backend.call('badges.create', {});
  const second = await backend.call('badges.create', {});
  expect([first.summary.name, second.summary.name]).toEqual(['New badge', 'New badge 2']);
  expect(first.id).toMatch(/^[0-9a-f]{24}$/);
  expect(parseInt(first.id.slice(0, 8), 16)).toBe(instantOf('2026-05-04T09:30:00Z') / 1_000_000);
  expect(first.problems.map(({ code, path }) => [code, path])).toEqual([
    [999999, 'startOn'],
    [999999, 'expiresOn'],
    [400, 'earnedBadgeExpiry'],
    [728, 'ownership.restrictedToOwners'],
  ]);
  expect(first.summary).toMatchObject({ problemCount: 4, state: 'draft', status: null, changedOn: backend.now });
});

test('every mistake comes with code, field and advice, and the list counts the same', async () => {
  const backend = await testBackend();
  await create(backend);
  const body = goodBody({
    startOn: '2020-01-01T00:00:00Z',
    expiresOn: '2019-01-01T00:00:00Z',
    ownership: { claims: [{ ownerType: 'Loyalty' }] },
  });
  const { problems, summary } = await backend.call('badges.create', { body: JSON.stringify(body) });
  expect(problems.map(({ code }) => code)).toEqual([728, 725, 722, 720, 714]);
  expect(problems.every(({ advice, path }) => inEnglish(advice) !== '' && path !== '')).toBe(true);
  expect(summary.problemCount).toBe(5);
  const { rows } = await backend.call('badges.list', { filter: { withProblems: true } });
  expect(rows.map(({ problemCount }) => problemCount).sort()).toEqual([1, 5]);
});

test('a draft goes through saves, undo, redo, a restart and back to an old state', async () => {
  const backend = await testBackend();
  const id = await create(backend);
  const text = (name: string): string => JSON.stringify(goodBody({ name }));
  for (const [position, name] of ['B', 'C'].entries()) {
    await backend.call('badges.save', {
      id,
      baseRevision: position + 1,
      body: text(name),
      migration: false,
      label: `Name ${name}`,
    });
  }
  expect(await backend.call('badges.undo', { id })).toMatchObject({
    revision: 2,
    canUndo: true,
    canRedo: true,
    body: text('B'),
  });
  await backend.restart();
  expect(await backend.call('badges.redo', { id })).toMatchObject({ revision: 3, canRedo: false, body: text('C') });
  const { revisions } = await backend.call('badges.revisions', { id });
  expect(revisions.map(({ label, current }) => [label, current])).toEqual([
    ['Name C', true],
    ['Name B', false],
    ['Created', false],
  ]);
  const restored = await backend.call('badges.restore', { id, revision: 1 });
  expect(restored).toMatchObject({ revision: 4, body: JSON.stringify(goodBody()), canUndo: true });
  const conflict = backend.call('badges.save', { id, baseRevision: 3, body: '{}', migration: false, label: 'Stale' });
  expect((await failureOf(conflict)).code).toBe('conflict');
  expect((await failureOf(backend.call('badges.restore', { id, revision: 99 }))).code).toBe('not-found');
});

test('copies get free names and keep everything else, but not the claims', async () => {
  const backend = await testBackend();
  const id = await create(backend, { tags: [{ name: 'season', value: 'summer' }] });
  await backend.call('badges.claim', { id, ownerType: 'Loyalty', referenceId: '626' });
  const { created } = await backend.call('badges.duplicate', { ids: [id, id, 'unknown'] });
  const again = await backend.call('badges.duplicate', { ids: [created[0] ?? ''] });
  const copies = await Promise.all(
    [...created, ...again.created].map((copy) => backend.call('badges.get', { id: copy })),
  );
  expect(copies.map(({ summary }) => summary.name)).toEqual([
    'Summer visitor copy',
    'Summer visitor copy 2',
    'Summer visitor copy 3',
  ]);
  for (const copy of copies) {
    expect({ ...(JSON.parse(copy.body) as object), name: 'Summer visitor' }).toEqual(
      JSON.parse(JSON.stringify(goodBody({ tags: [{ name: 'season', value: 'summer' }] }))),
    );
    expect([copy.problems, copy.claims]).toEqual([[], []]);
  }
});

test('a thousand copies of one badge all have names of their own', async () => {
  const backend = await testBackend();
  const id = await create(backend);
  const { created } = await backend.call('badges.duplicate', { ids: Array.from({ length: 1_000 }, () => id) });
  const facets = await backend.call('badges.facets', {});
  expect([created.length, facets.total, facets.withProblems]).toEqual([1_000, 1_001, 0]);
});

test('claims answer with the codes of the gateway, and change nothing when they fail', async () => {
  const backend = await testBackend();
  const id = await create(backend);
  const inactive = await create(backend, { name: 'Off', active: false });
  const claim = (badge: string, ownerType: string, referenceId: string): Promise<{ already: boolean }> =>
    backend.call('badges.claim', { id: badge, ownerType, referenceId });
  const unclaim = (ownerType: string, referenceId: string): Promise<unknown> =>
    backend.call('badges.unclaim', { id, ownerType, referenceId });
  expect(codesOf(await failureOf(claim(id, 'LOYALTY', '626')))).toEqual([400]);
  expect(codesOf(await failureOf(claim(id, '', '')))).toEqual([716, 717]);
  expect(codesOf(await failureOf(claim(id, 'Loyalty', '')))).toEqual([717]);
  expect(codesOf(await failureOf(claim(id, 'Journeys', '1')))).toEqual([714]);
  expect(codesOf(await failureOf(claim(inactive, 'Loyalty', '626')))).toEqual([990011]);
  expect(codesOf(await failureOf(unclaim('Loyalty', '626')))).toEqual([737]);
  expect((await failureOf(claim('nobody', 'Loyalty', '1'))).code).toBe('not-found');
  expect(await claim(id, 'Loyalty', '626')).toMatchObject({
    already: false,
    detail: { claims: [{ ownerType: 'Loyalty', referenceId: '626' }] },
  });
  expect(await claim(id, 'Loyalty', '626')).toMatchObject({ already: true, detail: { summary: { activeClaims: 1 } } });
  expect(await unclaim('Loyalty', '626')).toMatchObject({ claims: [], summary: { activeClaims: 0 } });
  expect(await claim(id, 'Loyalty', '626')).toMatchObject({ already: false });
});

test('a draft that is not right yet can be claimed by an owner it names', async () => {
  const backend = await testBackend();
  const { id } = await backend.call('badges.create', { body: '{"ownership": {"restrictedToOwners": ["Journeys"]}}' });
  const { detail } = await backend.call('badges.claim', { id, ownerType: 'Journeys', referenceId: '9' });
  expect(detail.claims).toHaveLength(1);
});

test('badges that customers have are not deleted and the reason is told; others are, and come back', async () => {
  const backend = await testBackend();
  const { created } = await backend.call('badges.addSamples', {});
  const { rows } = await backend.call('badges.list', { filter: { search: 'first cup' } });
  const held = rows.find(({ name }) => name === 'First Cup')?.id ?? '';
  const summary = await backend.backend.handlers['issuance.run'](
    {
      badgeId: held,
      action: 'award',
      customers: { kind: 'range', from: 1, to: 1_200 },
      owner: { ownerType: 'Loyalty', referenceId: '626' },
      at: null,
      eventDate: null,
      requestId: null,
    },
    { signal: new AbortController().signal, progress: () => undefined },
  );
  expect(summary.succeeded).toBe(1_200);
  const outcome = await backend.call('badges.delete', { ids: [...created, 'unknown'] });
  expect(outcome.deleted).toEqual(created.filter((id) => id !== held));
  expect(outcome.refused).toEqual([
    { id: held, name: 'First Cup', reason: message('badges.keptAwarded', { awards: 1_200 }) },
  ]);
  const page = await backend.call('badges.list', {});
  expect(page.rows.map(({ name, earnedCount, issuedCount }) => [name, earnedCount, issuedCount])).toEqual([
    ['First Cup', 1_200, 0],
  ]);
  await backend.restart();
  expect(await backend.call('badges.undelete', { ids: [...outcome.deleted] })).toEqual({ restored: outcome.deleted });
  expect((await backend.call('badges.facets', {})).total).toBe(created.length);
});

test('the trash says what was deleted when, gives it back, and is emptied of it alone', async () => {
  const backend = await testBackend();
  const make = async (name: string): Promise<string> =>
    (
      await backend.call('badges.create', {
        body: JSON.stringify({ name }),
        migration: false,
        label: '',
        language: 'en',
      })
    ).id;
  const [kept, first, second] = [await make('Kept'), await make('First'), await make('Second')];
  await backend.call('badges.delete', { ids: [first] });
  backend.now += 5 * MINUTE;
  await backend.call('badges.delete', { ids: [second] });
  const trash = await backend.call('badges.trash', {});
  expect(trash.total).toBe(2);
  expect(trash.rows).toEqual([
    { id: second, name: 'Second', deletedOn: backend.now, goneOn: backend.now + 30 * DAY },
    { id: first, name: 'First', deletedOn: backend.now - 5 * MINUTE, goneOn: backend.now - 5 * MINUTE + 30 * DAY },
  ]);
  expect((await backend.call('badges.trash', { offset: 1, limit: 1 })).rows.map(({ name }) => name)).toEqual(['First']);
  expect(await backend.call('badges.forget', { ids: [kept, first] })).toEqual({ forgotten: 1 });
  expect(await backend.call('badges.undelete', { ids: [first] })).toEqual({ restored: [] });
  expect(await backend.call('badges.forget', {})).toEqual({ forgotten: 1 });
  expect(await backend.call('badges.trash', {})).toEqual({ total: 0, rows: [] });
  expect((await backend.call('badges.list', {})).rows.map(({ name }) => name)).toEqual(['Kept']);
});

test('the sample programme is without a mistake, shows every kind, and is added once', async () => {
  for (const day of ['2026-05-04T09:30:00Z', '2028-02-29T23:59:59Z', '2027-12-31T00:00:00Z']) {
    const backend = await testBackend();
    backend.now = instantOf(day);
    await backend.call('settings.update', { timeZone: 'America/Santiago' });
    const { created, skipped } = await backend.call('badges.addSamples', {});
    expect([created.length, skipped]).toEqual([13, 0]);
    const badges = await Promise.all(created.map((id) => backend.call('badges.get', { id })));
    expect(badges.filter(({ problems, warnings }) => problems.length + warnings.length > 0)).toEqual([]);
    expect(badges.filter(({ summary }) => summary.active && summary.activeClaims === 0)).toEqual([]);
    const facets = await backend.call('badges.facets', {});
    // MemberCare is read where an org printed it among the owners; no sample names it.
    const { Membercare, ...owners } = facets.owner;
    expect(Membercare).toBe(0);
    expect([
      ...Object.values(facets.status),
      ...Object.values(facets.earnType),
      ...Object.values(owners),
    ]).not.toContain(0);
    const bodies = badges.map(({ body }) => body).join();
    for (const kind of ['FIXED_VALUE', 'FIXED_WINDOW', 'ROLLING_WINDOW', 'NO_LIMIT']) {
      expect(bodies).toContain(`"CUSTOMER_BADGE_${kind}"`);
      expect(bodies).toContain(`"BADGE_${kind}"`);
    }
    for (const kind of ['FIXED_DATE', 'WITH_BADGE_META', 'RELATIVE', 'NEVER']) expect(bodies).toContain(`"${kind}"`);
    expect(await backend.call('badges.addSamples', {})).toEqual({ created: [], skipped: 13 });
  }
});

test('what Laurel makes is called something in the language of the window, once', async () => {
  const backend = await testBackend();
  const nameOf = async (id: string | undefined): Promise<string> =>
    (await backend.call('badges.get', { id: id ?? '' })).summary.name;
  const { created } = await backend.call('badges.addSamples', { language: 'de' });
  expect([created.length, await nameOf(created[0])]).toEqual([13, 'Erste Tasse']);
  expect(await backend.call('badges.addSamples', { language: 'en' })).toEqual({ created: [], skipped: 13 });
  const copy = await backend.call('badges.duplicate', { ids: created.slice(0, 1), language: 'de' });
  expect(await nameOf(copy.created[0])).toBe('Erste Tasse Kopie');
  const second = await backend.call('badges.duplicate', { ids: [...copy.created], language: 'de' });
  expect(await nameOf(second.created[0])).toBe('Erste Tasse Kopie 2');
  const english = await backend.call('badges.duplicate', { ids: [...copy.created], language: 'en' });
  expect(await nameOf(english.created[0])).toBe('Erste Tasse copy');
  expect((await backend.call('badges.create', { language: 'de' })).summary.name).toBe('Neues Badge');
});

test('list, ids and nameTaken agree', async () => {
  const backend = await testBackend();
  const { created } = await backend.call('badges.addSamples', {});
  const input = { filter: { status: ['LIVE' as const] }, sort: { by: 'name' as const, descending: false } };
  const { rows, total } = await backend.call('badges.list', { ...input, limit: 3, offset: 2 });
  const { ids } = await backend.call('badges.ids', input);
  expect([rows.map(({ id }) => id), total]).toEqual([ids.slice(2, 5), ids.length]);
  expect(ids.every((id) => created.includes(id))).toBe(true);
  const [first] = rows;
  if (!first) throw new Error('The list is empty.');
  expect(await backend.call('badges.nameTaken', { name: first.name })).toEqual({ taken: true });
  expect(await backend.call('badges.nameTaken', { name: first.name, exceptId: first.id })).toEqual({ taken: false });
  expect(await backend.call('badges.nameTaken', { name: first.name.toUpperCase() })).toEqual({ taken: false });
});
