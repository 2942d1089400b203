import { describe, expect, test } from 'vitest';
import {
  BASE,
  matchFiles,
  planStep,
  type PartSide,
  type Standing,
  type Step,
} from '../../../electron/backend/folder/plan';

const ABSENT: PartSide = { kind: 'absent' };
const BROKEN: PartSide = { kind: 'broken' };
const said = (token: string): PartSide => ({ kind: 'said', token });

const BODIES: readonly PartSide[] = [ABSENT, BROKEN, said(BASE), said('one'), said('two')];
const ARTS: readonly PartSide[] = [ABSENT, BROKEN, said('a'), said('b'), said('c')];
const DRAFTS: readonly Standing['draft'][] = [
  null,
  ...[null, BASE, 'one', 'two'].flatMap((body) => [null, 'a', 'b'].map((art) => ({ body, art }))),
];

/** Every standing that there can be: without a base there is no token of it. */
const ALL: readonly Standing[] = [true, false]
  .flatMap((hasBase) =>
    [true, false].flatMap((isOpen) =>
      DRAFTS.flatMap((draft) =>
        [null, 'a'].flatMap((baseArt) =>
          BODIES.flatMap((body) => ARTS.map((art): Standing => ({ hasBase, isOpen, draft, baseArt, body, art }))),
        ),
      ),
    ),
  )
  .filter(({ hasBase, isOpen, draft, baseArt, body }) => {
    const usesBase = draft?.body === BASE || (body.kind === 'said' && body.token === BASE);
    return hasBase || (!usesBase && !isOpen && baseArt === null);
  });

const tokenOf = (side: PartSide): string | null => (side.kind === 'said' ? side.token : null);

/** Whether one side says what both last agreed on. */
const isDraftAsBase = ({ draft, baseArt }: Standing): boolean => draft?.body === BASE && draft.art === baseArt;
const isFileAsBase = ({ body, art, baseArt, hasBase }: Standing): boolean =>
  hasBase && tokenOf(body) === BASE && art.kind !== 'broken' && tokenOf(art) === baseArt;
const saySame = ({ draft, body, art }: Standing): boolean =>
  draft !== null &&
  body.kind === 'said' &&
  draft.body === body.token &&
  art.kind !== 'broken' &&
  draft.art === tokenOf(art);

const stepsWhere = (which: (one: Standing) => boolean): Set<Step> => new Set(ALL.filter(which).map(planStep));

describe('whatever stands on both sides', () => {
  test('there are many, and each has a step', () => {
    expect(ALL.length).toBeGreaterThan(1_000);
    expect(stepsWhere(() => true).size).toBe(14);
  });

  test('a file is written only over what both agreed on, or where there is none', () => {
    for (const one of ALL.filter((each) => planStep(each) === 'write')) {
      expect(isFileAsBase(one) || (one.body.kind === 'absent' && !one.hasBase), JSON.stringify(one)).toBe(true);
      expect(one.draft?.body ?? null).not.toBeNull();
    }
  });

  test('a draft is changed by a file only where it says what both agreed on, or lies in the trash', () => {
    for (const one of ALL.filter((each) => planStep(each) === 'take')) expect(isDraftAsBase(one)).toBe(true);
    for (const one of ALL.filter((each) => planStep(each) === 'revive')) expect(one.draft).toBeNull();
  });

  test('a file is removed only where its draft is in the trash and it says what both agreed on', () => {
    for (const one of ALL.filter((each) => planStep(each) === 'remove'))
      expect([one.draft, isFileAsBase(one)]).toEqual([null, true]);
  });

  test('what cannot be read is never written, taken, put together or removed', () => {
    const steps = stepsWhere(({ body, art }) => body.kind === 'broken' || art.kind === 'broken');
    for (const step of ['take', 'merge', 'remove'] as const) expect(steps).not.toContain(step);
    // A design without a badge beside it is no part of one.
    const withBody = stepsWhere(
      ({ body, art }) => body.kind === 'broken' || (art.kind === 'broken' && body.kind === 'said'),
    );
    expect(withBody).not.toContain('write');
  });

  test('a file that is gone takes no draft with it', () => {
    const steps = stepsWhere(({ body, draft }) => body.kind === 'absent' && draft !== null);
    expect([...steps].sort()).toEqual(['removed', 'removed-changed', 'unwritable', 'write']);
  });

  test('both the same is agreement, and nothing where it was agreed on before', () => {
    for (const one of ALL.filter(saySame)) {
      const isKnown = isFileAsBase(one) && isDraftAsBase(one) && !one.isOpen;
      expect(planStep(one), JSON.stringify(one)).toBe(isKnown ? 'keep' : 'agree');
    }
  });

  test('where both moved, or nothing is known of a common past, both are looked at together', () => {
    const both = ALL.filter(
      (one) =>
        one.draft !== null &&
        one.draft.body !== null &&
        one.body.kind === 'said' &&
        one.art.kind !== 'broken' &&
        !saySame(one) &&
        (!one.hasBase || one.isOpen || (!isFileAsBase(one) && !isDraftAsBase(one))),
    );
    expect(both.length).toBeGreaterThan(100);
    expect(new Set(both.map(planStep))).toEqual(new Set(['merge']));
  });
});

describe('whose a new file is', () => {
  const lost = (badgeKey: number, place: string, base: string, name: string) => ({ badgeKey, place, base, name });
  const fresh = (place: string, text: string, name: string) => ({ place, text, name });

  test('the one that is gone from another place: by letters, by text, by name, and never by a guess', () => {
    const gone = [lost(1, 'Summer', 's', 'Summer'), lost(2, 'winter', 'w', 'Winter'), lost(3, 'old', 'o', 'Old')];
    const files = [fresh('summer', 'edited', 'Else'), fresh('team/winter', 'w', 'Winter'), fresh('new', 'x', 'Old')];
    const { moved, made } = matchFiles(files, gone, new Map());
    expect([[...moved], made]).toEqual([
      [
        [1, 'summer'],
        [2, 'team/winter'],
        [3, 'new'],
      ],
      [],
    ]);
    const twins = [lost(1, 'a', 'same', 'N'), lost(2, 'b', 'same', 'N')];
    expect(matchFiles([fresh('c', 'same', 'N')], twins, new Map())).toMatchObject({ made: ['c'] });
  });

  test('the draft of exactly its name that has no file; of several nobody', () => {
    const free = new Map([
      [1, 'Gold'],
      [2, 'Silver'],
      [3, 'Silver'],
      [4, ''],
    ]);
    const files = [fresh('g', 'x', 'Gold'), fresh('s', 'y', 'Silver'), fresh('n', 'z', '')];
    const { linked, made } = matchFiles(files, [], free);
    expect([[...linked], made]).toEqual([[[1, 'g']], ['s', 'n']]);
  });
});
