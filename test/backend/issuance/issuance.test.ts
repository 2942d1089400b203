import { describe, expect, it } from 'vitest';
import { DAY, instantOf } from '../../../shared/domain/instant';
import { badgeText, enrolFirst, lasting, OWNER, WITH_BADGE } from '../../domain/badge-bodies';
import { claimedBadge, issue } from './issuance-calls';
import { testBackend } from '../open-backend';
import { inEnglish } from '../../../shared/words/english';
import { message } from '../../../shared/words/message';

describe('issuance.run', () => {
  it('awards in request order, tells every row, and keeps it all over a restart', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      badgeConstraints: [{ constraintType: 'BADGE_FIXED_VALUE', maxEarnLimit: 3 }],
    });
    const summary = await issue(backend, { badgeId, action: 'award', to: '1, 2, x, 2, 3, 4', requestId: 'r1' });
    expect(summary).toMatchObject({
      state: 'answered',
      action: 'award',
      badgeName: 'Five visits',
      requestId: 'r1',
      total: 6,
      succeeded: 3,
      refused: 3,
      eventDate: null,
      expiresOn: backend.now + 14 * DAY,
      source: '6 pasted',
    });
    expect(summary.outcomes.map(({ outcome, count }) => [outcome, count])).toEqual([
      ['ok', 3],
      ['not-a-number', 1],
      ['990003', 1],
      ['990002', 1],
    ]);
    expect(inEnglish(summary.sentence)).toMatch(/^3 of 6 customers got the badge; 3 were refused/);
    await backend.restart();
    // How its rows were read is told once, and not kept with it.
    expect(summary).toEqual({ ...(await backend.call('requests.get', { id: summary.id })), reading: null });
    const page = await backend.call('requests.rows', { id: summary.id, offset: 0, limit: 100 });
    expect(page.rows.map(({ customer, outcome, status }) => [customer, outcome, status])).toEqual([
      ['1', 'ok', 'LIVE'],
      ['2', 'ok', 'LIVE'],
      ['x', 'not-a-number', null],
      ['2', '990003', null],
      ['3', 'ok', 'LIVE'],
      ['4', '990002', null],
    ]);
    expect(page.rows[0]?.issuedId).toMatch(/^[0-9a-f]{24}$/);
    expect(new Set(page.rows.map((row) => row.issuedId)).size).toBe(4);
    const { rows } = await backend.call('badges.list', {});
    expect(rows[0]).toMatchObject({ earnedCount: 3, issuedCount: 0 });
  });

  it('refuses a repeated request id with 809 and keeps the refusal in the history; a refused id stays free', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const unclaimed = { ...OWNER, referenceId: 'other' };
    const refused = await issue(backend, { badgeId, action: 'award', to: '1', requestId: 'r', owner: unclaimed });
    expect(refused).toMatchObject({
      state: 'refused',
      total: 0,
      errors: [{ code: 810, advice: message('refusals.local810') }],
      expiresOn: null,
    });
    expect(inEnglish(refused.sentence)).toMatch(/810.*request id is still free/);
    expect(await issue(backend, { badgeId, action: 'award', to: '1', requestId: 'r' })).toMatchObject({ succeeded: 1 });
    const repeated = await issue(backend, { badgeId, action: 'award', to: '2', requestId: 'r' });
    expect(repeated).toMatchObject({ state: 'refused', errors: [{ code: 809 }] });
    const { total, rows } = await backend.call('requests.list', {});
    expect(total).toBe(3);
    expect(rows.map(({ state }) => state)).toEqual(['refused', 'answered', 'refused']);
    const ofBadge = await backend.call('requests.list', { badgeId, limit: 1, offset: 1 });
    expect(ofBadge).toMatchObject({ total: 3, rows: [{ state: 'answered' }] });
  });

  it('names milliseconds beside a refusal that comes from an event date, in the summary and before it (T1)', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const milliseconds = backend.now * 1000;
    const refused = await issue(backend, { badgeId, action: 'award', to: '1', eventDate: milliseconds });
    expect(refused.errors).toMatchObject([{ code: 750 }]);
    expect(inEnglish(refused.errors[0]!.advice)).toMatch(/990101.*in the year \d{5}/);
    const early = await issue(backend, { badgeId, action: 'award', to: '1', eventDate: 1 });
    expect(early.errors[0]?.code).toBe(816);
    expect(inEnglish(early.errors[0]!.advice)).not.toMatch(/milliseconds/);
  });

  it('warns before customers are left enrolled after the last cycle, where their awards meet no cap (W9)', async () => {
    const backend = await testBackend();
    const window = {
      constraintType: 'CUSTOMER_BADGE_FIXED_WINDOW',
      durationType: 'DAYS',
      refreshRate: 1,
      maxEarnLimit: 1,
    };
    const changes = { ...enrolFirst(WITH_BADGE), customerConstraints: [window] };
    const id = await claimedBadge(backend, changes);
    await issue(backend, { badgeId: id, action: 'enrol', to: '1' });
    const before = await backend.call('badges.get', { id });
    expect([before.enrolledUntil, before.warnings]).toEqual([instantOf('2026-12-31T00:00:00Z'), []]);
    const body = badgeText({ ...changes, expiresOn: '2026-06-30T00:00:00Z' });
    const after = await backend.call('badges.save', {
      id,
      baseRevision: before.revision,
      body,
      migration: true,
      label: 'End',
    });
    expect(after.problems).toEqual([]);
    expect(after.warnings).toMatchObject([{ code: 990106, path: 'customerConstraints' }]);
    expect(inEnglish(after.warnings[0]!.message)).toMatch(/2026-06-30.*2026-12-30/);
  });

  it('enrols, refuses overlaps and awards only to the enrolled', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, enrolFirst(lasting(5, 'DAYS')));
    const first = await issue(backend, { badgeId, action: 'enrol', to: '1 2' });
    expect(first).toMatchObject({ action: 'enrol', succeeded: 2, expiresOn: backend.now + 5 * DAY });
    const second = await issue(backend, { badgeId, action: 'enrol', to: '2 3 3' });
    expect(second.outcomes.map(({ outcome, count }) => [outcome, count])).toEqual([
      ['ok', 1],
      ['1040', 2],
    ]);
    const { rows } = await backend.call('requests.rows', { id: first.id, offset: 1, limit: 1 });
    const repeated = await backend.call('requests.rows', { id: second.id, offset: 0, limit: 1 });
    expect(repeated.rows[0]).toMatchObject({ outcome: '1040', issuedId: rows[0]?.issuedId, status: 'ACTIVE' });
    const awarded = await issue(backend, { badgeId, action: 'award', to: '1 4' });
    expect(awarded.outcomes.map(({ outcome }) => outcome)).toEqual(['ok', '811']);
  });

  it('awards one customer, or refuses the whole call and says why', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend, {
      customerConstraints: [{ constraintType: 'CUSTOMER_BADGE_FIXED_VALUE', maxEarnLimit: 1 }],
    });
    const one = { kind: 'one', customerId: ' 7 ' } as const;
    const request = { badgeId, action: 'awardOne', to: '', customers: one } as const;
    expect(await issue(backend, request)).toMatchObject({ state: 'answered', succeeded: 1, source: 'one customer' });
    const refused = await issue(backend, request);
    expect(refused).toMatchObject({
      state: 'refused',
      total: 1,
      errors: [{ code: 990001, reference: 'CUSTOMER_BADGE_FIXED_VALUE' }],
    });
    expect(inEnglish((await backend.call('requests.explain', { id: refused.id, ordinal: 0 })).sentence)).toMatch(
      /1 award.*1 in all/,
    );
    const empty = await issue(backend, { ...request, customers: { kind: 'one', customerId: '' } });
    expect(empty.errors.map(({ code }) => code)).toEqual([812]);
    const text = await issue(backend, { ...request, customers: { kind: 'one', customerId: 'Ann' } });
    expect(text.errors.map(({ code }) => code)).toEqual([400]);
    expect((await backend.call('badges.list', {})).rows[0]).toMatchObject({ earnedCount: 1 });
  });

  it('takes the badge as it stands, as of the chosen clock, and does not issue one that breaks a rule', async () => {
    const backend = await testBackend();
    const { id } = await backend.call('badges.create', { body: badgeText({ name: '' }), migration: true });
    await expect(issue(backend, { badgeId: id, action: 'enrol', to: '1' })).rejects.toMatchObject({
      code: 'rejected-by-gateway',
      gatewayErrors: [{ code: 400 }],
    });
    const badgeId = await claimedBadge(backend);
    const early = { badgeId, action: 'award', to: '1', at: instantOf('2025-06-01T00:00:00Z') } as const;
    expect((await issue(backend, early)).errors).toMatchObject([{ code: 815 }]);
    const retro = { badgeId, action: 'award', to: '1', eventDate: instantOf('2026-02-01T00:00:00Z') } as const;
    expect(await issue(backend, retro)).toMatchObject({ succeeded: 1, eventDate: retro.eventDate });
    expect(await backend.call('requests.list', { badgeId: id })).toMatchObject({ total: 0 });
  });

  it('is known beforehand by issuance.check', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const check = { badgeId, action: 'award', owner: OWNER } as const;
    expect(await backend.call('issuance.check', check)).toEqual({ errors: [], expiresOn: backend.now + 14 * DAY });
    const unclaimed = await backend.call('issuance.check', { ...check, owner: { ...OWNER, referenceId: '1' } });
    expect(unclaimed).toMatchObject({ errors: [{ code: 810 }], expiresOn: null });
    expect(inEnglish(unclaimed.errors[0]!.advice)).toMatch(/claim/);
    const enrol = await backend.call('issuance.check', { ...check, action: 'enrol' });
    expect(enrol.errors.map(({ code }) => code)).toEqual([801]);
  });
});

describe('a long request', () => {
  const range = { kind: 'range', from: 1, to: 4_000_000 } as const;

  it('reports progress and, cancelled, leaves nothing behind', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const cancel = new AbortController();
    const reports: { done: number; total: number | null }[] = [];
    const request = { badgeId, action: 'award', to: '', customers: range, requestId: 'long' } as const;
    const job = issue(backend, request, {
      signal: cancel.signal,
      onProgress: (report) => {
        reports.push(report);
        if (report.done > 50_000) cancel.abort();
      },
    });
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    expect(reports.at(-1)?.total).toBe(4_000_000);
    expect(reports.at(-1)?.done).toBeLessThan(3_000_000);
    expect(await backend.call('requests.list', {})).toEqual({ total: 0, rows: [] });
    expect((await backend.call('badges.list', {})).rows[0]).toMatchObject({ earnedCount: 0 });
    const again = await issue(backend, { ...request, customers: { kind: 'range', from: 1, to: 2 } });
    expect(again).toMatchObject({ state: 'answered', succeeded: 2, requestId: 'long' });
  });

  it('is answered without its worker where it is cancelled before that has begun', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const cancel = new AbortController();
    const phases: string[] = [];
    const request = { badgeId, action: 'award', to: '', customers: range, requestId: 'early' } as const;
    const job = issue(backend, request, { signal: cancel.signal, onProgress: ({ phase }) => phases.push(phase) });
    const end = expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await new Promise((resolve) => setImmediate(resolve));
    cancel.abort();
    await end;
    const again = await issue(backend, { ...request, customers: { kind: 'range', from: 1, to: 2 } });
    expect(again).toMatchObject({ state: 'answered', succeeded: 2, requestId: 'early' });
    expect(phases).toEqual([]);
    expect((await backend.call('requests.list', {})).total).toBe(1);
  });

  it('lets other calls be answered while it runs, and other requests wait for their turn', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    let answered = 0;
    let isOver = false;
    const job = issue(backend, {
      badgeId,
      action: 'award',
      to: '',
      customers: { kind: 'range', from: 1, to: 300_000 },
    });
    const next = issue(backend, { badgeId, action: 'award', to: '1' });
    void job.finally(() => (isOver = true));
    while (!isOver) {
      const { id } = await backend.call('badges.create', {
        body: badgeText({ name: `Badge ${String(answered)}` }),
        migration: true,
      });
      await backend.call('requests.list', {});
      await backend.call('badges.get', { id });
      answered += 1;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(answered).toBeGreaterThan(10);
    expect(await job).toMatchObject({ succeeded: 300_000 });
    expect((await next).id).toBeGreaterThan((await job).id);
  });

  it('is taken back when the backend closes', async () => {
    const backend = await testBackend();
    const badgeId = await claimedBadge(backend);
    const started = Promise.withResolvers<undefined>();
    const job = issue(
      backend,
      { badgeId, action: 'award', to: '', customers: range },
      { onProgress: () => started.resolve(undefined) },
    );
    const end = expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await started.promise;
    await backend.close();
    await end;
    await backend.open();
    expect(backend.backend.notices).toEqual([]);
    expect(await backend.call('requests.list', {})).toEqual({ total: 0, rows: [] });
  });
});
