import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MOST_REVISIONS } from '../../../db/workspace/drafts';
import { TestWorkspace } from './open-workspace';

/** Saved states as a plain array, and the place in it that counts: what undo and redo are meant to be. */
interface Model {
  states: { body: string; revision: number }[];
  at: number;
  last: number;
}

interface Real {
  workspace: TestWorkspace;
  id: string;
}

type Step = fc.AsyncCommand<Model, Real>;

const step = (
  name: string,
  check: (model: Model) => boolean,
  run: (model: Model, real: Real) => void | Promise<void>,
): Step => ({
  toString: () => name,
  check,
  run: async (model, real) => {
    await run(model, real);
    const { drafts, history } = real.workspace.current;
    const draft = drafts.get(real.id);
    const here = model.states[model.at];
    expect({ body: draft.body, revision: draft.revision }).toEqual(here);
    expect(history.list(draft).map(({ revision }) => revision)).toEqual(
      model.states.map(({ revision }) => revision).reverse(),
    );
    expect(history.neighbours(draft)).toEqual({
      undo: model.states[model.at - 1]?.revision ?? null,
      redo: model.states[model.at + 1]?.revision ?? null,
    });
  },
});

function append(model: Model, body: string): void {
  model.states.splice(model.at + 1);
  model.last += 1;
  model.states.push({ body, revision: model.last });
  model.states.splice(0, model.states.length - MOST_REVISIONS);
  model.at = model.states.length - 1;
}

const saveStep = (body: string): Step =>
  step(
    `save ${body}`,
    (model) => model.states[model.at]?.body !== body,
    (model, { workspace, id }) => {
      const { drafts } = workspace.current;
      drafts.save(id, drafts.get(id).revision, { body, migration: false, label: 'Edited', now: workspace.now() });
      append(model, body);
    },
  );

const manySavesStep = (count: number): Step =>
  step(
    `${String(count)} saves`,
    () => true,
    (model, { workspace, id }) => {
      const { drafts } = workspace.current;
      for (let index = 0; index < count; index += 1) {
        const body = `{"many": ${String(model.last)}}`;
        drafts.save(id, drafts.get(id).revision, { body, migration: false, label: 'Edited', now: workspace.now() });
        append(model, body);
      }
    },
  );

const undoStep = step(
  'undo',
  () => true,
  (model, { workspace, id }) => {
    workspace.current.history.undo(id, workspace.now());
    model.at = Math.max(0, model.at - 1);
  },
);

const redoStep = step(
  'redo',
  () => true,
  (model, { workspace, id }) => {
    workspace.current.history.redo(id, workspace.now());
    model.at = Math.min(model.states.length - 1, model.at + 1);
  },
);

const restoreStep = (chance: number): Step =>
  step(
    `restore ${String(chance)}`,
    () => true,
    (model, { workspace, id }) => {
      const target = chance % model.states.length;
      const state = model.states[target];
      if (!state) throw new Error('The model has no states.');
      workspace.current.history.restore(id, state.revision, workspace.now());
      if (target >= model.at) model.at = target;
      else append(model, state.body);
    },
  );

const restartStep = step(
  'restart',
  () => true,
  async (_, { workspace }) => {
    await workspace.restart();
  },
);

test('undo, redo, restore and restarts do what they would do to a plain list of states', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.commands(
        [
          fc.integer({ min: 0, max: 5 }).map((number) => saveStep(`{"number": ${String(number)}}`)),
          fc.integer({ min: 150, max: 260 }).map(manySavesStep),
          fc.constant(undoStep),
          fc.constant(undoStep),
          fc.constant(redoStep),
          fc.nat(500).map(restoreStep),
          fc.constant(restartStep),
        ],
        { maxCommands: 25 },
      ),
      async (commands) => {
        const workspace = new TestWorkspace();
        await workspace.open();
        try {
          const id = workspace.create('{"number": 0}');
          const model: Model = { states: [{ body: '{"number": 0}', revision: 1 }], at: 0, last: 1 };
          await fc.asyncModelRun(() => ({ model, real: { workspace, id } }), commands);
        } finally {
          workspace.close();
        }
      },
    ),
    { numRuns: 10 },
  );
});
