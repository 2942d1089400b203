import { expect, test } from 'vitest';
import { BadgeSteps } from '../../../electron/backend/badges/steps';
import type { OrgView } from '../../../electron/backend/context';
import { Failure } from '../../../shared/ipc/errors';
import { goodBody, testWorkspace } from '../../db/workspace/open-workspace';

const NOBODY = { countsByBadge: () => new Map() } as unknown as OrgView;

test('the moves that are remembered are bounded: the oldest steps go first, the last one stays however large it is', async () => {
  const workspace = (await testWorkspace()).current;
  const ids = Array.from({ length: 8 }, (_, place) => {
    const id = String(place).padStart(24, '0');
    const body = JSON.stringify(goodBody({ name: `Badge ${String(place)}` }));
    workspace.drafts.create(id, { body, migration: false, label: 'x', now: 1 });
    return id;
  });
  const steps = new BadgeSteps(workspace, NOBODY, 0, 5);
  workspace.removal.delete(ids, 2);
  const [first, second, third] = [ids.slice(0, 2), ids.slice(2, 4), ids.slice(4, 6)].map(
    (some) => steps.recordDeleted(some).key,
  ) as [number, number, number];
  expect(() => steps.undo(first, 3)).toThrow(Failure);
  expect(steps.undo(second, 3).moved).toEqual(ids.slice(2, 4));
  expect(steps.undo(third, 3).moved).toEqual(ids.slice(4, 6));
  expect(steps.undo(steps.recordDeleted([...ids.slice(0, 2), ...ids.slice(6)]).key, 4).moved).toHaveLength(4);
  expect(() => steps.redo(second, 5)).toThrow(Failure);
  workspace.removal.delete(ids, 6);
  const all = steps.recordDeleted(ids);
  expect(all.changed).toBe(8);
  expect(steps.later(0).map(({ key }) => key)).toEqual([all.key]);
  expect(steps.undo(all.key, 7).moved).toEqual(ids);
  expect(steps.redo(all.key, 8).left).toHaveLength(0);
});
