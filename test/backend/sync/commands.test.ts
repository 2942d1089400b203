import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Laurel } from './laurel';
import { startOrg, type TestOrg } from './practice-org';

/** What should be so of one badge, field by field reduced to its description. */
interface ModelBadge {
  name: string;
  here: string;
  /** In the org; null while it is not there. */
  live: string | null;
  /** As Laurel last saw it. */
  known: string | null;
  /** What both last agreed on. */
  base: string | null;
}

interface Model {
  badges: ModelBadge[];
  isOnline: boolean;
  hasPulled: boolean;
  edits: number;
}

interface Real {
  org: TestOrg;
  laurel: Laurel;
  connectionId: number;
  drafts: string[];
}

type Command = fc.AsyncCommand<Model, Real>;

function stateOf({ here, known, base }: ModelBadge, hasPulled: boolean): string {
  if (known === null) return hasPulled ? 'only-here' : 'unknown';
  if (here === known) return 'in-sync';
  if (base === known) return 'draft-changed';
  return base === here ? 'live-changed' : 'conflict';
}

async function check(model: Model, { laurel, connectionId, org }: Real): Promise<void> {
  const { rows } = await laurel.call('sync.list', { connectionId, limit: 500 });
  const states = new Map(rows.map(({ name, state }) => [name, state]));
  for (const badge of model.badges) {
    expect(states.get(badge.name), `${badge.name}: ${JSON.stringify(badge)}`).toBe(stateOf(badge, model.hasPulled));
    expect(org.store.badgeNamed(badge.name)?.definition.description ?? null).toBe(badge.live);
  }
  expect([...org.store.badges()]).toHaveLength(model.badges.filter(({ live }) => live !== null).length);
}

const command = (
  name: string,
  isPossible: (model: Model) => boolean,
  run: (model: Model, real: Real) => Promise<void>,
): Command => ({
  check: (model) => isPossible(model),
  run: async (model, real) => {
    await run(model, real);
    await check(model, real);
  },
  toString: () => name,
});

const pick = <T>(list: readonly T[], index: number): T => list[index % list.length] as T;
const hasBadges = (model: Model): boolean => model.badges.length > 0;

/** Where both sides say the same, that is what they agree on. */
function settle(badge: ModelBadge): void {
  if (badge.known !== null && badge.known === badge.here) badge.base = badge.known;
}

const draft = fc.constant(
  command(
    'draft',
    (model) => model.badges.length < 4,
    async (model, real) => {
      const name = `Badge ${String(model.badges.length + 1)}`;
      const here = `first of ${name}`;
      real.drafts.push(await real.laurel.draft({ name, description: here }));
      model.badges.push({ name, here, live: null, known: null, base: null });
    },
  ),
);

const edit = fc.nat().map((index) =>
  command(`edit ${String(index)}`, hasBadges, async (model, real) => {
    const badge = pick(model.badges, index);
    badge.here = `mine ${String((model.edits += 1))}`;
    await real.laurel.edit(pick(real.drafts, index % model.badges.length), { description: badge.here });
  }),
);

const othersEdit = fc.nat().map((index) =>
  command(
    `somebody else edits ${String(index)}`,
    (model) => model.badges.some(({ live }) => live !== null),
    (model, real) => {
      const badge = pick(
        model.badges.filter(({ live }) => live !== null),
        index,
      );
      badge.live = `theirs ${String((model.edits += 1))}`;
      real.org.edit(real.org.store.badgeNamed(badge.name)?.id ?? '', { description: badge.live });
      return Promise.resolve();
    },
  ),
);

const pull = fc.constant(
  command(
    'pull',
    () => true,
    async (model, real) => {
      const pulled = real.laurel.job('sync.pull', { connectionId: real.connectionId });
      if (!model.isOnline) {
        await expect(pulled).rejects.toMatchObject({ code: 'offline' });
        return;
      }
      await pulled;
      model.hasPulled = true;
      for (const badge of model.badges) {
        badge.known = badge.live;
        settle(badge);
      }
    },
  ),
);

const push = fc.nat().map((index) =>
  command(`push ${String(index)}`, hasBadges, async (model, real) => {
    const position = index % model.badges.length;
    const badge = pick(model.badges, position);
    const before = stateOf(badge, model.hasPulled);
    const { plan, results } = await real.laurel.push(real.connectionId, pick(real.drafts, position));
    if (before === 'conflict' || before === 'live-changed' || before === 'in-sync') {
      expect(plan.requests).toEqual([]);
      return;
    }
    const outcome = results[0]?.outcome;
    if (!model.isOnline) {
      expect(outcome === 'skipped' || outcome === 'unknown').toBe(true);
    } else if (badge.live === null || badge.live === badge.known || badge.live === badge.here) {
      expect(outcome).toBe('done');
      badge.live = badge.known = badge.base = badge.here;
    } else {
      expect(outcome).toBe('skipped');
      badge.known = badge.live;
    }
  }),
);

const resolve = fc.tuple(fc.nat(), fc.constantFrom('draft' as const, 'live' as const)).map(([index, take]) =>
  command(
    `resolve ${String(index)} with ${take}`,
    (model) =>
      hasBadges(model) && ['conflict', 'live-changed'].includes(stateOf(pick(model.badges, index), model.hasPulled)),
    async (model, real) => {
      const position = index % model.badges.length;
      const badge = pick(model.badges, position);
      const badgeId = pick(real.drafts, position);
      await real.laurel.call('sync.resolve', {
        ...{ connectionId: real.connectionId, badgeId },
        choices: [{ field: 'description', take }],
      });
      badge.base = badge.known;
      if (take === 'live') badge.here = badge.known ?? badge.here;
    },
  ),
);

const network = fc.boolean().map((isOnline) =>
  command(
    isOnline ? 'network back' : 'network gone',
    () => true,
    (model, real) => {
      model.isOnline = isOnline;
      if (isOnline) real.org.setFaults();
      else real.org.setFaults({ route: '*', fault: 'reset-before-commit' });
      return Promise.resolve();
    },
  ),
);

const restart = fc.constant(
  command(
    'restart',
    () => true,
    async (_model, real) => {
      await real.laurel.close();
      await real.laurel.open();
    },
  ),
);

test('draft, edit, pull, push, conflict, offline, restart: Laurel says of every badge what is so', async () => {
  const commands = fc.commands([draft, edit, edit, othersEdit, pull, push, push, resolve, network, restart], {
    maxCommands: 40,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(commands, async (sequence) => {
      const org = await startOrg();
      const laurel = new Laurel({ times: { backoff: { first: 1, most: 5 } } });
      try {
        await laurel.open();
        const { id } = await laurel.connect(org.url);
        const setup = (): { model: Model; real: Real } => ({
          model: { badges: [], isOnline: true, hasPulled: false, edits: 0 },
          real: { org, laurel, connectionId: id, drafts: [] },
        });
        await fc.asyncModelRun(setup, sequence);
      } finally {
        await laurel.close();
        await org.stop();
      }
    }),
    { numRuns: 15 },
  );
});
