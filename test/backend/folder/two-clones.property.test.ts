import path from 'node:path';
import { expect, inject, test } from 'vitest';
import { badgeBody } from '../../domain/badge-bodies';
import { temporaryFolder } from '../../db/temporary-folder';
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

/** What stands there, or what stood there before anybody wrote. */
const valueIn = (body: Record<string, unknown>, unit: string): string => {
  const value = body[unit];
  return typeof value === 'string' ? value : `first ${unit} of ${String(body['name'])}`;
};

async function drafts(desk: Desk): Promise<Map<string, Record<string, unknown>>> {
  const found = new Map<string, Record<string, unknown>>();
  for (const name of await desk.names()) found.set(name, await desk.body(await desk.idOf(name)));
  return found;
}

const badgeFiles = (desk: Desk): Map<string, Record<string, unknown>> =>
  new Map(
    desk
      .files()
      .filter((file) => file.endsWith('.badge.json'))
      .map((file) => {
        const body = JSON.parse(desk.text(file)) as Record<string, unknown>;
        return [String(body['name']), body] as const;
      }),
  );

const fileOf = (name: string): string => `${name.toLowerCase()}.badge.json`;

/** Answers every question of a workspace by a throw of the dice, and says what was given up. */
async function answer(desk: Desk, values: Values, roll: (below: number) => number): Promise<void> {
  const { questions } = await desk.sync();
  for (const { kind, place } of questions) {
    expect(kind).toBe('conflict');
    const { differences } = await desk.backend.call('folder.compare', { place });
    const name = place.slice(0, 1).toUpperCase() + place.slice(1);
    const [mine, theirs] = [(await drafts(desk)).get(name) ?? {}, badgeFiles(desk).get(name) ?? {}];
    const choices = differences
      .filter(({ change }) => change === 'conflict')
      .map(({ unit }) => {
        const take = roll(2) === 0 ? ('draft' as const) : ('file' as const);
        const [draft, file] = [valueIn(mine, unit), valueIn(theirs, unit)];
        if (take === 'draft') values.choose(draft, file);
        else values.choose(file, draft);
        return { unit, take };
      });
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
      const [ours, theirs] = ['2', '3'].map(
        (stage) => JSON.parse(desk.git('show', `:${stage}:${file}`)) as Record<string, unknown>,
      ) as [Record<string, unknown>, Record<string, unknown>];
      const [kept, dropped] = side === 'ours' ? [ours, theirs] : [theirs, ours];
      for (const unit of UNITS) {
        const [one, other] = [valueIn(kept, unit), valueIn(dropped, unit)];
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
  for (const name of BADGES) seeding.write(fileOf(name), badgeBody({ name }));
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
    const name = BADGES[roll(BADGES.length)] as string;
    const unit = UNITS[roll(UNITS.length)] as string;
    const kind = roll(10);
    if (kind < 4) {
      const id = await desk.idOf(name);
      await desk.edit(id, { [unit]: values.next(valueIn(await desk.body(id), unit)) });
    } else if (kind < 8) {
      const body = badgeFiles(desk).get(name) ?? {};
      desk.editFile(fileOf(name), { [unit]: values.next(valueIn(body, unit)) });
    } else if (kind === 8) {
      await answer(desk, values, roll);
      // A second look finds nothing to do, on disk or in the store.
      const [status, before] = [desk.git('status', '--porcelain'), JSON.stringify([...(await drafts(desk))])];
      const numbers = (await desk.sync()).drafts;
      expect([desk.git('status', '--porcelain'), JSON.stringify([...(await drafts(desk))])]).toEqual([status, before]);
      expect((await desk.sync()).drafts).toBe(numbers);
    } else {
      await pull(desk, values, roll);
    }
  }
  // Everybody hands in, until nobody has anything new.
  for (let round = 0; round < 3; round += 1) for (const desk of desks) await pull(desk, values, roll);
  const ends = [];
  for (const desk of desks) {
    const [here, there] = [await drafts(desk), badgeFiles(desk)];
    expect([...here.keys()].sort()).toEqual([...BADGES].sort());
    for (const name of BADGES) {
      for (const unit of UNITS) {
        const value = valueIn(here.get(name) ?? {}, unit);
        expect(valueIn(there.get(name) ?? {}, unit)).toBe(value);
        expect(values.lostUnder(value), `${name} ${unit} ${value}`).toEqual([]);
      }
    }
    expect(desk.git('status', '--porcelain')).toBe('');
    ends.push(badgeFiles(desk));
  }
  expect(ends[0]).toEqual(ends[1]);
}, 3_600_000);
