import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MeaningField } from '../../../../shared/gateway/meaning';
import { Laurel } from '../laurel';
import { createLive, startOrg, type TestOrg } from '../practice-org';
import { inEnglish } from '../../../../shared/words/english';

/** Fields that the two edit; every value is written once, so that whose value stands somewhere is never in question. */
const FIELDS = ['description', 'badgeRank', 'tags'] as const satisfies readonly MeaningField[];
type Field = (typeof FIELDS)[number];

const BADGES = 2;

function bodyValue(field: Field, edit: number): unknown {
  switch (field) {
    case 'description':
      return `Edit ${String(edit)}`;
    case 'badgeRank':
      return edit;
    case 'tags':
      return [{ name: 'edit', value: String(edit) }];
  }
}

type Step =
  | { kind: 'edit'; who: 0 | 1; badge: number; field: Field }
  | { kind: 'pull'; who: 0 | 1 }
  | { kind: 'push'; who: 0 | 1; badge: number }
  | { kind: 'resolve'; who: 0 | 1; badge: number; take: 'draft' | 'live' };

const who = fc.constantFrom(0 as const, 1 as const);
const badge = fc.nat({ max: BADGES - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('edit' as const), who, badge, field: fc.constantFrom(...FIELDS) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pull' as const), who }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), who, badge }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('resolve' as const),
      who,
      badge,
      take: fc.constantFrom('draft' as const, 'live' as const),
    }),
  },
);

/** One of two people, each with a Laurel of their own over the same org. */
class Person {
  readonly laurel = new Laurel();
  connectionId = 0;
  /** Drafts by badge. */
  drafts: string[] = [];
  /**
   * Values that this person has had in hand, by badge and field: adopted, written, or looked at in a conflict and decided
   * about. What a pull or a push merely read is not among them.
   */
  readonly inHand = new Map<string, Set<string>>();

  holds(badge: number, field: Field, value: string): boolean {
    return this.inHand.get(`${String(badge)} ${field}`)?.has(value) ?? false;
  }

  take(badge: number, field: Field, value: string): void {
    const name = `${String(badge)} ${field}`;
    this.inHand.set(name, (this.inHand.get(name) ?? new Set()).add(value));
  }

  async open(org: TestOrg, remoteIds: readonly string[]): Promise<void> {
    await this.laurel.open();
    this.connectionId = (await this.laurel.connect(org.url)).id;
    await this.laurel.job('sync.pull', { connectionId: this.connectionId });
    const { created } = await this.laurel.call('sync.adopt', {
      connectionId: this.connectionId,
      remoteIds: [...remoteIds],
    });
    this.drafts = [...created];
  }

  async compare(index: number): Promise<readonly { field: MeaningField; live: string }[]> {
    const badgeId = this.drafts[index] ?? '';
    const { differences } = await this.laurel.call('sync.compare', { connectionId: this.connectionId, badgeId });
    return differences.map(({ field, live }) => ({ field, live: inEnglish(live) }));
  }
}

/**
 * Whatever two people do in whatever order: a push never replaces a live value that the one who pushes has not had in
 * hand. So no edit is lost without somebody having looked at it.
 */
async function noEditIsLost(steps: readonly Step[]): Promise<void> {
  const org = await startOrg();
  const people = [new Person(), new Person()] as const;
  try {
    const remoteIds = Array.from({ length: BADGES }, (_, index) => createLive(org, { name: `Badge ${String(index)}` }));
    for (const person of people) await person.open(org, remoteIds);
    const live = (index: number): Record<string, string> => {
      const definition = org.store.findBadge(remoteIds[index] ?? '')?.definition;
      return Object.fromEntries(FIELDS.map((field) => [field, JSON.stringify(definition?.[field] ?? null)]));
    };
    for (const person of people) {
      remoteIds.forEach((_, index) => {
        for (const field of FIELDS) person.take(index, field, live(index)[field] ?? '');
      });
    }
    let edits = 0;
    for (const action of steps) {
      const person = people[action.who];
      const { laurel, connectionId } = person;
      if (action.kind === 'pull') {
        await laurel.job('sync.pull', { connectionId });
        continue;
      }
      const draft = person.drafts[action.badge] ?? '';
      if (action.kind === 'edit') {
        edits += 1;
        const value = bodyValue(action.field, edits);
        await laurel.edit(draft, { [action.field]: value });
        person.take(action.badge, action.field, JSON.stringify(value));
      } else if (action.kind === 'resolve') {
        const open = (await laurel.call('sync.compare', { connectionId, badgeId: draft })).differences.filter(
          ({ change }) => change !== 'draft',
        );
        if (open.length === 0) continue;
        const choices = open.map(({ field }) => ({ field, take: action.take }));
        // The person looks at what the comparison shows, which is the snapshot, not what may be live by now.
        const shown = snapshotOf(laurel, connectionId, remoteIds[action.badge] ?? '');
        for (const { field } of open) person.take(action.badge, field as Field, JSON.stringify(shown[field] ?? null));
        await laurel.call('sync.resolve', { connectionId, badgeId: draft, choices });
      } else {
        const before = live(action.badge);
        const { plan, results } = await laurel.push(connectionId, draft);
        const after = live(action.badge);
        const row = (await laurel.call('sync.compare', { connectionId, badgeId: draft })).row;
        for (const field of FIELDS) {
          if (before[field] === after[field]) continue;
          expect(
            person.holds(action.badge, field, before[field] ?? ''),
            `${field}: ${before[field] ?? ''} was replaced unseen`,
          ).toBe(true);
        }
        if (results.every(({ outcome }) => outcome === 'done') && plan.requests.length > 0)
          expect(row.state).toBe('in-sync');
      }
    }
    // In the end each of them is shown whatever of theirs does not stand.
    for (const person of people) {
      await person.laurel.job('sync.pull', { connectionId: person.connectionId });
      for (let index = 0; index < BADGES; index += 1) {
        const { body } = await person.laurel.call('badges.get', { id: person.drafts[index] ?? '' });
        const mine = JSON.parse(body) as Record<string, unknown>;
        const differing = FIELDS.filter((field) => JSON.stringify(mine[field] ?? null) !== live(index)[field]);
        const told = (await person.compare(index)).map(({ field }) => field);
        expect(told.sort()).toEqual([...differing].sort());
      }
    }
  } finally {
    for (const person of people) await person.laurel.close();
    await org.stop();
  }
}

/** What a Laurel last saw of a live badge, read past it from its file. */
function snapshotOf(laurel: Laurel, connectionId: number, remoteId: string): Record<string, unknown> {
  const workspace = new Database(laurel.workspacePath, { readonly: true });
  try {
    const body = workspace
      .prepare('SELECT body FROM snapshots WHERE connection_key = ? AND remote_id = ?')
      .pluck()
      .get(connectionId, remoteId) as string;
    return JSON.parse(body) as Record<string, unknown>;
  } finally {
    workspace.close();
  }
}

test('two Laurels editing the same badges in any order lose no edit silently', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => noEditIsLost(steps)),
    { numRuns: 12 },
  );
});
