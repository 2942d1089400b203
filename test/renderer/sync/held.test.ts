import { expect, test, vi } from 'vitest';
import { Held } from '../../../renderer/features/sync/held.svelte';
import type { CustomerLook } from '../../../shared/ipc/held-contract';
import { saidFailure } from '../../ipc/said-failure';
import { scripted } from './scripted-backend';

const looked = (remoteBadgeId: string): CustomerLook => ({
  ...{ isKnown: true, lookedOn: 0, enrolments: [], awards: [], limits: [], verdicts: [] },
  badge: {
    ...{ remoteBadgeId, name: remoteBadgeId, status: 'LIVE', active: true, earnType: 'EARN', startOn: 0, expiresOn: 1 },
  },
});

test('a customer is asked for as typed; of several badges only the last that was chosen is shown', async () => {
  const answers: (() => void)[] = [];
  const { door, asked } = scripted({
    'held.badges': () => ({ isKnown: true, badges: [], isWhole: true }),
    'held.look': ({ remoteBadgeId }) => new Promise((resolve) => answers.push(() => resolve(looked(remoteBadgeId)))),
  });
  const held = new Held(door, 1);
  await held.ask();
  expect(asked).toEqual([]);
  held.by = 'email';
  held.value = ' a@example.com ';
  await held.ask();
  expect(asked.at(-1)).toEqual({
    ...{ method: 'held.badges', input: { connectionId: 1, customer: { by: 'email', value: 'a@example.com' } } },
  });
  expect(held.list?.isKnown).toBe(true);
  const first = held.choose({ remoteBadgeId: 'one', name: 'One' });
  const second = held.choose({ remoteBadgeId: 'two', name: 'Two' });
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  await second;
  answers[0]?.();
  await first;
  expect([held.look?.badge.name, held.looking]).toEqual(['two', false]);
});

test('a job’s row opens its customer with the job’s badge; another customer leaves nothing of the one before', async () => {
  let isWell = true;
  const { door, asked } = scripted({
    'held.badges': () => {
      if (isWell) return { isKnown: true, badges: [], isWhole: true };
      throw saidFailure('offline', 'Away.');
    },
    'held.look': ({ remoteBadgeId }) => looked(remoteBadgeId),
  });
  const held = new Held(door, 1);
  await held.open('42', { remoteBadgeId: 'b', name: 'Ten visits' });
  expect([held.by, held.value, held.chosen?.name, held.look?.badge.name]).toEqual(['id', '42', 'Ten visits', 'b']);
  isWell = false;
  await held.again();
  expect(held.listFailure).toMatchObject({ code: 'offline' });
  expect(held.look?.badge.name, 'the badge that was shown is read again').toBe('b');
  held.value = '43';
  await held.ask();
  expect([held.look, held.chosen, held.customer?.value]).toEqual([null, null, '43']);
  expect(asked.filter(({ method }) => method === 'held.look')).toHaveLength(2);
});
