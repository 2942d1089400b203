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
  const group = new CommitGroup<number>(
    (work) => {
      commits += 1;
      return org.transaction(work);
    },
    () => 0,
  );
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

test('a commit that has taken long takes up no further one: the others follow, in their order', async () => {
  const org = storedOrg({});
  const commits: number[] = [];
  const order: string[] = [];
  let now = 0;
  const group = new CommitGroup<number>(
    (work) => {
      const result = org.transaction(work);
      commits.push(order.length);
      return result;
    },
    () => now,
  );
  const write = (takes: number, index: number): Promise<number> =>
    group.add(() => {
      org.addGroup({ ...SILENT, name: String(index) });
      now += takes;
      order.push(`${String(index)} done`);
      return index;
    });
  const answered = [1, 3, 4, 1, 20, 1, 1].map((takes, index) =>
    write(takes, index).then((result) => order.push(`${String(result)} told`)),
  );
  await Promise.all(answered);
  expect(org.groups().map((each) => Number(each.name))).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const done = order.filter((each) => each.endsWith('done')).map((each) => Number(each.split(' ')[0]));
  expect(done).toEqual([0, 1, 2, 3, 4, 5, 6]);
  // Three took eight, the next two twenty-one: whoever is kept is told before the next is taken up.
  expect(commits.length).toBe(3);
  expect(order.indexOf('2 told')).toBeLessThan(order.indexOf('3 done'));
  expect(order.indexOf('4 told')).toBeLessThan(order.indexOf('5 done'));
});

test('one that fails behind a long one takes nothing of the others with it', async () => {
  const org = storedOrg({});
  let now = 0;
  const group = new CommitGroup<string>(
    (work) => org.transaction(work),
    () => now,
  );
  const write = (name: string, takes: number, fails = false): Promise<string> =>
    group.add(() => {
      now += takes;
      org.addGroup({ ...SILENT, name });
      if (fails) throw new Error(`${name} failed`);
      return name;
    });
  const settled = await Promise.allSettled([write('a', 9), write('b', 1, true), write('c', 9), write('d', 1)]);
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  expect(org.groups().map((each) => each.name)).toEqual(['a', 'c', 'd']);
});
