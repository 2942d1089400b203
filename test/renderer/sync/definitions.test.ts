import { expect, test } from 'vitest';
import { OrgBadges } from '../../../renderer/features/sync/org-badges.svelte';
import { placeToMend } from '../../../renderer/features/sync/error-path';
import { fieldInput, requestTitle } from '../../../renderer/features/sync/sync-wording';
import type { DefinitionsView, DefinitionView } from '../../../shared/ipc/definitions-contract';
import { saidFailure } from '../../ipc/said-failure';
import { scripted } from './scripted-backend';

const definition = (change: Partial<DefinitionView>): DefinitionView => ({
  ...{ kind: 'group', id: 'g', remoteId: null, name: 'Summer', state: 'only-here', differences: [], facts: [] },
  ...{ canPush: false, definition: null },
  ...change,
});
const view = (groups: DefinitionView[], fields: DefinitionView[] = []): DefinitionsView => ({
  ...{ readOn: 1, unread: null, groups, fields },
});

test('what is to be pushed, decided and taken over is counted, and only what can be pushed is chosen', async () => {
  const groups = [
    definition({ id: 'a', canPush: true }),
    definition({ id: 'b', state: 'conflict' }),
    definition({ id: 'c', state: 'only-live' }),
  ];
  const fields = [
    definition({ kind: 'field', id: 'Type', state: 'draft-changed' }),
    definition({ kind: 'field', id: 'Season', canPush: true }),
  ];
  let now = view(groups, fields);
  const { door, asked } = scripted({
    'sync.definitions': () => now,
    'sync.takeDefinitions': () => (now = view(groups.slice(0, 2), fields)),
    'sync.resolveDefinition': () => {
      throw saidFailure('conflict', 'It differs no longer.');
    },
    'plans.saveDefinitions': ({ target }) => ({ name: `${target}.json` }),
    'sync.list': () => ({ total: 0, rows: [], counts: {} }),
    'sync.plan': () => ({ planId: 'p', connectionId: 1, requests: [], held: [], later: [], unsaid: null }),
  });
  const badges = new OrgBadges(door, 1);
  await badges.openDefinitions();
  const { definitions } = badges;
  expect(badges.showsDefinitions).toBe(true);
  expect([definitions.toPush, definitions.toAsk, definitions.onlyThere.length]).toEqual([2, 2, 1]);
  for (const each of [...groups, ...fields]) definitions.choose(each, true);
  expect(definitions.chosen).toEqual({ groups: ['a'], fields: ['Season'] });
  await badges.plan([], definitions.chosen);
  await badges.push.again();
  const plans = asked.filter(({ method }) => method === 'sync.plan').map(({ input }) => input);
  const plan = { connectionId: 1, badgeIds: [], definitions: { groups: ['a'], fields: ['Season'] } };
  expect(plans).toEqual([plan, plan]);
  await definitions.take(definitions.onlyThere);
  expect(asked.at(-1)).toEqual({
    method: 'sync.takeDefinitions',
    input: { connectionId: 1, groups: ['c'], fields: [] },
  });
  expect(definitions.onlyThere).toEqual([]);
  await definitions.resolve({ kind: 'group', id: 'b' }, 'name', 'live');
  expect(definitions.failure).toMatchObject({ code: 'conflict' });
  expect(definitions.view).toEqual(now);
  expect(definitions.hasHere).toBe(true);
  expect(await definitions.save('token')).toEqual({ name: 'token.json' });
  await badges.open('x'.repeat(24));
  expect(badges.showsDefinitions).toBe(false);
});

test('requests for definitions have titles of their own, and nothing to mend in a draft', () => {
  expect(requestTitle({ purpose: 'create-group', badgeName: 'Summer', claim: null })).toBe('Create the group “Summer”');
  expect(requestTitle({ purpose: 'update-field', badgeName: 'Season', claim: null })).toBe(
    'Change the custom field “Season”',
  );
  const errors = [{ code: 733, message: '', path: 'name', advice: null }];
  expect(placeToMend({ purpose: 'create-group', errors })).toBeNull();
  const odd = { name: 'Season', dataType: 'ODD', isMandatory: false, defaultValue: null };
  expect(fieldInput(odd)).toEqual({
    ...{ before: 'Season', name: 'Season', dataType: 'STRING', isMandatory: false, defaultValue: '' },
  });
});
