import { expect, test } from 'vitest';
import { PracticeOptionStore } from '../../../electron/backend/practice/options';
import { testWorkspace } from '../../db/workspace/open-workspace';

test('switches that another version kept hold one by one: one that it did not know, or wrote otherwise, has its default', async () => {
  const workspace = await testWorkspace();
  const { settings } = workspace.current;
  const { current } = new PracticeOptionStore(settings);
  const { weeklyCycles: _, ...kept } = { ...current.switches, statusOf801: 422, rollingWindows: 'moons' };
  settings.keep('practiceOrg', { ...current, port: 70_000, keepsData: false, switches: kept });
  expect(new PracticeOptionStore(settings).current).toEqual({
    ...current,
    keepsData: false,
    switches: { ...current.switches, statusOf801: 422 },
  });
  settings.keep('practiceOrg', { switches: 7 });
  expect(new PracticeOptionStore(settings).current).toEqual(current);
});
