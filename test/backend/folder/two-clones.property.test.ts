import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { writeArt } from '../../../shared/art/art-text';
import { startingDesign } from '../../../shared/art/designs';
import { placeOfDocument } from '../../../shared/ipc/folder-contract';
import { badgeBody } from '../../domain/badge-bodies';
import { temporaryFolder } from '../../db/temporary-folder';
import { springScenario } from '../../simulation/scenarios';
import { atLength } from '../../setup/length';
import { aDesk, git, type Desk } from './folder-work';

const UNITS = ['description', 'badgeGroupId', 'note', 'other'] as const;
const BADGES = ['Bronze', 'Silver', 'Gold', 'Ruby'];

/** A small generator, so that a run can be had again by its seed. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * below);
  };
}

/** Every value that was ever written, with those it stood in for: what nobody may lose. */
class Values {
  readonly #before = new Map<string, ReadonlySet<string>>();
  /** Values that somebody chose to give up. */
  readonly givenUp = new Set<string>();
  #last = 0;

  /** A new value in the place of another, which knows all that this one knew. */
  next(instead: string): string {
    this.#last += 1;
    const value = `v${String(this.#last)}`;
    this.#before.set(value, new Set([instead, ...(this.#before.get(instead) ?? [])]));
    return value;
  }

  /** One of two values is chosen: the other is given up with it and what it alone knew. */
  choose(kept: string, dropped: string): void {
    for (const value of [dropped, ...(this.#before.get(dropped) ?? [])]) if (value !== kept) this.givenUp.add(value);
  }

  /** Values that stood in for this one and that nobody gave up. */
  lostUnder(value: string): string[] {
    return [...this.#before]
      .filter(([later, before]) => before.has(value) && !this.givenUp.has(later))
      .map(([later]) => later);
  }
}

type Body = Record<string, unknown>;

/** A value that both sides edit, wherever it lies in a workspace and in its folder. */
interface Item {
  file: string;
  /** Of a question that is about its file. */
  place: string;
  /** What a difference of it is called. */
  unit: string;
  here: (desk: Desk) => Promise<string>;
  edit: (desk: Desk, value: string) => Promise<void>;
  there: (body: Body) => string;
  put: (body: Body, value: string) => void;
}

/** What stands there, or what stood there before anybody wrote. */
const textOr = (value: unknown, before: string): string => (typeof value === 'string' ? value : before);

const badgeItems = BADGES.flatMap((name): Item[] =>
  UNITS.map((unit) => {
    const place = name.toLowerCase();
    const there = (body: Body): string => textOr(body[unit], `first ${unit} of ${name}`);
    return {
      ...{ file: `${place}.badge.json`, place, unit, there },
      here: async (desk) => there(await desk.body(await desk.idOf(name))),
      edit: async (desk, value) => desk.edit(await desk.idOf(name), { [unit]: value }),
      put: (body, value) => {
        body[unit] = value;
      },
    };
  }),
);

/** The design of a badge, known by the letters on it. */
const lettersOn = (art: Body): string => /"text":"([^"]*)"/.exec(JSON.stringify(art))?.[1] ?? '';
const designSaying = (letters: string): Body => JSON.parse(writeArt(startingDesign('gem', letters))) as Body;
const artItems = BADGES.map((name): Item => {
  const place = name.toLowerCase();
  return {
    ...{ file: `${place}.badge-art.json`, place, unit: '/art', there: lettersOn },
    here: async (desk) => {
      const { art } = await desk.backend.call('badges.get', { id: await desk.idOf(name) });
      return art === null
        ? ''
        : lettersOn((await desk.backend.call('art.get', { digest: art })).art as unknown as Body);
    },
    edit: async (desk, value) => {
      const { digest } = await desk.backend.call('art.keep', { art: startingDesign('gem', value) });
      const { id, revision, body, migration } = await desk.backend.call('badges.get', { id: await desk.idOf(name) });
      const state = { body, migration, art: digest, label: 'Drawn' };
      await desk.backend.call('badges.save', { id, baseRevision: revision, ...state });
    },
    put: (body, value) => {
      Object.assign(body, designSaying(value));
    },
  };
});

const DEFINITIONS = 'programme.definitions.json';
const GROUPS = ['north', 'south'];
const groupIn = (body: Body, id: string) =>
  (body['groups'] as { id: string; name: string }[]).find((one) => one.id === id);
const groupItems = GROUPS.map((id): Item => ({
  ...{ file: DEFINITIONS, place: placeOfDocument(DEFINITIONS), unit: `groups/${id}/name` },
  here: async (desk) =>
    (await desk.backend.call('badges.groups', {})).groups.find((group) => group.id === id)?.name ?? '',
  edit: async (desk, name) => {
    await desk.backend.call('badges.nameGroup', { id, name });
  },
  there: (body) => groupIn(body, id)?.name ?? '',
  put: (body, value) => {
    const group = groupIn(body, id);
    if (group !== undefined) group.name = value;
  },
}));

/** What a scenario and a policy say besides: they are opened and kept as the window does. */
const SCENARIO = 'sims/spring.scenario.json';
const POLICY = 'sims/spring.policy.json';
const scenario = { ...springScenario(), name: 'first name', seedNote: 'first note' };
const policy = {
  ...{ schema: 'laurel/policy@1', name: 'first line', scenario: 'spring.scenario.json' },
  expect: [{ lint: 'clean' }],
};

async function keptBy(desk: Desk) {
  const opening = await desk.backend.call('scenarios.open', { file: SCENARIO });
  if (!opening.ok) throw new Error(JSON.stringify(opening.mistakes));
  const { body, numbers, policies } = opening.scenario;
  return { scenario: { body, numbers, events: null }, policies: [...policies], kept: opening.kept };
}

const keptItem = (file: string, unit: string, ofPolicy: boolean): Item => ({
  ...{ file, place: placeOfDocument(file), unit },
  here: async (desk) => {
    const { scenario: asked, policies } = await keptBy(desk);
    return textOr((ofPolicy ? (policies[0]?.body ?? {}) : asked.body)[unit], '');
  },
  edit: async (desk, value) => {
    const { scenario: asked, policies, kept } = await keptBy(desk);
    const [beside] = policies;
    if (beside === undefined) throw new Error('The policy is gone.');
    await desk.backend.call('scenarios.keep', {
      scenario: ofPolicy ? asked : { ...asked, body: { ...asked.body, [unit]: value } },
      policies: ofPolicy ? [{ ...beside, body: { ...beside.body, [unit]: value } }] : policies,
      kept,
    });
  },
  there: (body) => textOr(body[unit], ''),
  put: (body, value) => {
    body[unit] = value;
  },
});
const keptItems = [
  keptItem(SCENARIO, 'name', false),
  keptItem(SCENARIO, 'seedNote', false),
  keptItem(POLICY, 'name', true),
];

const ITEMS: readonly Item[] = [...badgeItems, ...artItems, ...groupItems, ...keptItems, ...keptItems];
const FILES = [...new Set(ITEMS.map(({ file }) => file))];

/** All that a workspace says. */
async function saidBy(desk: Desk): Promise<string> {
  const values: string[] = [];
  for (const item of ITEMS) values.push(await item.here(desk));
  return values.join('\n');
}

const bodyIn = (desk: Desk, file: string): Body => JSON.parse(desk.text(file)) as Body;

/** Answers every question of a workspace by a throw of the dice, and says what was given up. */
async function answer(desk: Desk, values: Values, roll: (below: number) => number): Promise<void> {
  const { questions } = await desk.sync();
  for (const { kind, place } of questions) {
    expect(kind).toBe('conflict');
    const { differences } = await desk.backend.call('folder.compare', { place });
    const choices: { unit: string; take: 'draft' | 'file' }[] = [];
    for (const { unit, change } of differences) {
      if (change !== 'conflict') continue;
      const item = ITEMS.find((one) => one.place === place && one.unit === unit);
      if (item === undefined) throw new Error(`Nobody edited ${place} ${unit}.`);
      const take = roll(2) === 0 ? ('draft' as const) : ('file' as const);
      const [draft, file] = [await item.here(desk), item.there(bodyIn(desk, item.file))];
      if (take === 'draft') values.choose(draft, file);
      else values.choose(file, draft);
      choices.push({ unit, take });
    }
    await desk.backend.call('folder.resolve', { place, choices });
  }
  expect((await desk.sync()).questions).toEqual([]);
}

/** Brings what the other clone pushed into this one, as a person does with git: conflicts are settled by hand. */
async function pull(desk: Desk, values: Values, roll: (below: number) => number): Promise<void> {
  await answer(desk, values, roll);
  desk.git('add', '-A');
  desk.git('commit', '--quiet', '--allow-empty', '-m', 'work');
  try {
    desk.git('pull', '--quiet', '--no-rebase', '--no-edit');
  } catch {
    // Laurel says that a merge is not finished and touches nothing meanwhile.
    const before = desk.git('status', '--porcelain');
    const state = await desk.sync();
    expect(new Set(state.questions.map(({ kind }) => kind))).toEqual(new Set(['markers']));
    expect(desk.git('status', '--porcelain')).toBe(before);
    for (const file of desk.git('diff', '--name-only', '--diff-filter=U').split('\n').filter(Boolean)) {
      const side = roll(2) === 0 ? 'ours' : 'theirs';
      const [ours, theirs] = ['2', '3'].map((stage) => JSON.parse(desk.git('show', `:${stage}:${file}`)) as Body) as [
        Body,
        Body,
      ];
      const [kept, dropped] = side === 'ours' ? [ours, theirs] : [theirs, ours];
      for (const item of ITEMS.filter((one) => one.file === file)) {
        const [one, other] = [item.there(kept), item.there(dropped)];
        if (one !== other) values.choose(one, other);
      }
      desk.git('checkout', `--${side}`, '--', file);
    }
    desk.git('add', '-A');
    desk.git('commit', '--quiet', '-m', 'merged');
  }
  await answer(desk, values, roll);
  desk.git('push', '--quiet', 'origin', 'HEAD');
}

test('two clones edited in random order on both sides lose nothing and change nothing without cause', async () => {
  const steps = atLength(45, 1_000);
  const roll = dice(inject('propertySeed'));
  const values = new Values();
  const base = temporaryFolder();
  const [bare, seed] = ['bare.git', 'seed'].map((name) => path.join(base, name)) as [string, string];
  git(base, 'init', '--quiet', '--bare', '-b', 'main', bare);
  git(base, 'clone', '--quiet', bare, seed);
  const seeding = await aDesk(seed);
  for (const name of BADGES) {
    seeding.write(`${name.toLowerCase()}.badge.json`, badgeBody({ name }));
    seeding.write(`${name.toLowerCase()}.badge-art.json`, designSaying(`first ${name}`));
  }
  const groups = GROUPS.map((id) => ({ id, name: `first ${id}` }));
  seeding.write(DEFINITIONS, { schema: 'laurel/definitions@1', groups, customFields: [] });
  seeding.write(SCENARIO, scenario);
  seeding.write(POLICY, policy);
  seeding.git('checkout', '--quiet', '-b', 'main');
  seeding.git('add', '-A');
  seeding.git('commit', '--quiet', '-m', 'seed');
  seeding.git('push', '--quiet', '-u', 'origin', 'main');
  const desks: Desk[] = [];
  for (const name of ['one', 'two']) {
    const folder = path.join(base, name);
    git(base, 'clone', '--quiet', bare, folder);
    const desk = await aDesk(folder);
    expect((await desk.choose()).questions).toEqual([]);
    // Taking them in changes nothing in git.
    expect(desk.git('status', '--porcelain')).toBe('');
    desks.push(desk);
  }
  for (let step = 0; step < steps; step += 1) {
    const desk = desks[roll(2)] as Desk;
    const item = ITEMS[roll(ITEMS.length)] as Item;
    const kind = roll(10);
    if (kind < 4) {
      await item.edit(desk, values.next(await item.here(desk)));
    } else if (kind < 8) {
      const body = bodyIn(desk, item.file);
      item.put(body, values.next(item.there(body)));
      desk.write(item.file, body);
    } else if (kind === 8) {
      await answer(desk, values, roll);
      // A second look finds nothing to do, on disk or in the store.
      const [status, before] = [desk.git('status', '--porcelain'), await saidBy(desk)];
      const numbers = (await desk.sync()).drafts;
      expect([desk.git('status', '--porcelain'), await saidBy(desk)]).toEqual([status, before]);
      expect((await desk.sync()).drafts).toBe(numbers);
    } else {
      await pull(desk, values, roll);
    }
  }
  // Everybody hands in, until nobody has anything new.
  for (let round = 0; round < 3; round += 1) for (const desk of desks) await pull(desk, values, roll);
  const ends = [];
  for (const desk of desks) {
    expect((await desk.names()).sort()).toEqual([...BADGES].sort());
    for (const item of ITEMS) {
      const value = await item.here(desk);
      expect(item.there(bodyIn(desk, item.file))).toBe(value);
      expect(values.lostUnder(value), `${item.file} ${item.unit} ${value}`).toEqual([]);
    }
    expect(desk.git('status', '--porcelain')).toBe('');
    ends.push(FILES.map((file) => bodyIn(desk, file)));
  }
  expect(ends[0]).toEqual(ends[1]);
}, 3_600_000);
