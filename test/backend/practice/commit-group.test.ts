import { expect, test } from 'vitest';
import { CommitGroup } from '../../../electron/backend/practice/commit-group';
import { storedOrg } from '../../conformance/stored-org';

const SILENT = { createdOn: 0, createdBy: 1, lastUpdatedOn: 0, lastUpdatedBy: 1, rank: 1, isActive: true };

test('one that fails takes nothing of the others with it, and nothing of itself stays', async () => {
  const org = storedOrg({});
  let commits = 0;
  const group = new CommitGroup<string>((work) => {
    const result = org.transaction(work);
    commits += 1;
    return result;
  });
  const write =
    (name: string, fails = false) =>
    (): string => {
      org.addGroup({ ...SILENT, name });
      if (fails) throw new Error(`${name} failed`);
      return name;
    };
  const settled = await Promise.allSettled([group.add(write('a')), group.add(write('b', true)), group.add(write('c'))]);
  expect(settled.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
    'a',
    'Error: b failed',
    'c',
  ]);
  expect(org.groups().map((each) => each.name)).toEqual(['a', 'c']);
  expect(commits).toBe(2);
});

test('what arrives together shares a commit, up to a bound, and keeps its order', async () => {
  const org = storedOrg({});
  let commits = 0;
  const group = new CommitGroup<number>((work) => {
    commits += 1;
    return org.transaction(work);
  });
  const names = Array.from({ length: 100 }, (_, index) => index);
  const results = await Promise.all(
    names.map((index) =>
      group.add(() => {
        org.addGroup({ ...SILENT, name: String(index) });
        return index;
      }),
    ),
  );
  expect(results).toEqual(names);
  expect(org.groups().map((each) => Number(each.name))).toEqual(names);
  expect(commits).toBe(2);
});
