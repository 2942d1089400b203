import { beforeEach, describe, expect, test, vi } from 'vitest';
import { BadgeEditor } from '../../../renderer/features/badges/editor.svelte';
import { startingDesign } from '../../../shared/art/designs';
import { instantOf } from '../../../shared/domain/instant';
import { codes, goodBody, StoredBadge } from './stored-badge';
import { saidFailure } from '../../ipc/said-failure';

let store: StoredBadge;
let editor: BadgeEditor;

function open(body = goodBody()): void {
  store = new StoredBadge(body);
  editor = new BadgeEditor(store.detail(), store.ports());
}

beforeEach(() => open());

describe('form and JSON are two views of one text', () => {
  test('an edit by the form is in the text, and unknown keys stay', () => {
    editor.set(['description'], 'New', 'badges.description');
    const body = JSON.parse(editor.text) as Record<string, unknown>;
    expect(body['description']).toBe('New');
    expect(body['x-unknown']).toEqual({ kept: [1, 'two'] });
  });

  test('pasted text is in the form at once, letter by letter what was pasted', () => {
    const pasted = goodBody({ name: 'Pasted', isActive: false }).replaceAll('\n', '\r\n');
    editor.type(pasted);
    expect(editor.at(['name'])).toBe('Pasted');
    expect(editor.text).toBe(pasted);
  });

  test('half-typed text keeps the last form, blocks it, and is a problem', () => {
    editor.type('{ "name": ');
    expect(editor.at(['name'])).toBe('Five visits');
    expect(codes(editor)).toEqual([400]);
    editor.set(['name'], 'Lost?', 'badges.name');
    expect(editor.text).toBe('{ "name": ');
    editor.type('{ "name": "Whole" }');
    expect(editor.fault).toBeNull();
    expect(editor.at(['name'])).toBe('Whole');
  });
});

test('a text that was never read has no form until it is', () => {
  open('{ "name": "Half');
  expect(editor.hasForm).toBe(false);
  editor.type('{ "name": "Whole" }');
  expect(editor.hasForm).toBe(true);
  editor.type('{ "name": "Broken');
  expect(editor.hasForm).toBe(true);
});

describe('mistakes', () => {
  test('a mistake stands at its field, with the gateway’s code', () => {
    editor.set(['startOn'], '2026-11-17T00:00:00Z', 'badges.labelStart');
    expect(editor.notesAt(['startOn']).map(({ code }) => code)).toEqual([722]);
    editor.setMigration(true);
    expect(codes(editor)).toEqual([]);
  });

  test('a taken name is found while typing', async () => {
    store.takenNames = ['Taken'];
    editor.set(['name'], 'Taken', 'badges.name');
    await vi.waitFor(() => expect(codes(editor)).toEqual([725]));
    editor.set(['name'], 'Free', 'badges.name');
    expect(codes(editor)).toEqual([]);
  });

  test('an owner with a claim cannot be taken away', async () => {
    await editor.claim('Loyalty', '626');
    editor.set(['ownership', 'restrictedToOwners'], ['Journeys'], 'badges.labelOwners');
    expect(editor.notesUnder(['ownership']).map(({ code }) => code)).toEqual([714]);
    editor.set(['ownership', 'restrictedToOwners'], ['Journeys', 'Loyalty'], 'badges.labelOwners');
    expect(codes(editor)).toEqual([]);
  });

  test('a draft that was right when its start was entered does not break by waiting', () => {
    const later = () => instantOf('2028-01-01T00:00:00Z');
    const waited = new BadgeEditor(store.detail(), store.ports(later));
    expect(codes(waited)).toEqual([]);
    waited.set(['startOn'], '2027-06-01T00:00:00Z', 'badges.labelStart');
    expect(codes(waited)).toEqual([722]);
    // Typed back: the store has known that start all along.
    waited.set(['startOn'], '2027-01-01T00:00:00Z', 'badges.labelStart');
    expect(codes(waited)).toEqual([]);
  });

  test('once a start is saved, the store says since when it stands', async () => {
    const early = () => instantOf('2026-11-18T10:00:00Z');
    editor = new BadgeEditor(store.detail(), store.ports(early));
    store.startSetOn = instantOf('2026-11-19T00:00:00Z');
    editor.set(['startOn'], '2026-11-18T12:00:00Z', 'badges.labelStart');
    expect(codes(editor)).toEqual([]);
    await editor.flush();
    expect(codes(editor)).toEqual([722]);
  });
});

describe('saving by itself', () => {
  test('changes close together are one saved state with their names', async () => {
    editor.set(['name'], 'A', 'badges.name');
    editor.set(['name'], 'AB', 'badges.name');
    editor.set(['description'], 'x', 'badges.description');
    expect(editor.saveState).toBe('waiting');
    await editor.flush();
    expect(editor.saveState).toBe('saved');
    expect(store.labels).toEqual(['Created', 'Name, Description']);
    expect(store.state.body).toBe(editor.text);
  });

  test('a change made while a save is on its way is saved too', async () => {
    editor.set(['name'], 'A', 'badges.name');
    const first = editor.flush();
    editor.set(['name'], 'B', 'badges.name');
    await first;
    await editor.flush();
    expect(JSON.parse(store.state.body)).toMatchObject({ name: 'B' });
    expect(editor.saveState).toBe('saved');
  });

  test('undo first saves what is typed, then goes back; redo comes again', async () => {
    editor.set(['name'], 'B', 'badges.name');
    await editor.undo();
    expect(editor.at(['name'])).toBe('Five visits');
    await editor.redo();
    expect(editor.at(['name'])).toBe('B');
    expect(editor.canRedo).toBe(false);
  });

  test('someone else saved meanwhile: nothing is overwritten until a person decides', async () => {
    store.saveElsewhere(goodBody({ name: 'Theirs' }));
    editor.set(['name'], 'Mine', 'badges.name');
    await editor.flush();
    expect(editor.saveState).toBe('conflict');
    expect(JSON.parse(store.state.body)).toMatchObject({ name: 'Theirs' });
    editor.set(['description'], 'still typing', 'badges.description');
    expect(editor.saveState).toBe('conflict');
    await editor.keepMine();
    expect(JSON.parse(store.state.body)).toMatchObject({ name: 'Mine', description: 'still typing' });
  });

  test('taking theirs drops what was typed here', async () => {
    store.saveElsewhere(goodBody({ name: 'Theirs' }));
    editor.set(['name'], 'Mine', 'badges.name');
    await editor.flush();
    await editor.takeTheirs();
    expect(editor.at(['name'])).toBe('Theirs');
    expect(editor.saveState).toBe('saved');
  });

  test.each([false, true])(
    'the backend was lost in a save, after writing: %s; nothing is lost or doubled',
    async (afterWriting) => {
      store.failNext = saidFailure('backend-lost', 'It stopped.');
      store.failAfterWriting = afterWriting;
      editor.set(['name'], 'Kept', 'badges.name');
      await editor.flush();
      expect(editor.saveState).toBe('failed');
      await editor.retry();
      expect(editor.saveState).toBe('saved');
      expect(JSON.parse(store.state.body)).toMatchObject({ name: 'Kept' });
      expect(store.states).toHaveLength(2);
    },
  );

  test('a claim changes no text and no undo', async () => {
    const { text } = editor;
    await editor.claim('Loyalty', '626');
    expect(editor.detail.claims).toEqual([{ ownerType: 'Loyalty', referenceId: '626' }]);
    expect(editor.text).toBe(text);
  });
});

test('what another screen saved is shown where nothing is typed here, and is a conflict where something is', async () => {
  store.saveElsewhere(goodBody({ name: 'From the scenario' }));
  await editor.refresh();
  expect(editor.at(['name'])).toBe('From the scenario');
  editor.set(['description'], 'Typed', 'badges.description');
  store.saveElsewhere(goodBody({ name: 'Once more' }));
  await editor.refresh();
  expect(editor.at(['description'])).toBe('Typed');
  await editor.flush();
  expect(editor.saveState).toBe('conflict');
});

test('a design is saved by its digest once it is kept, undone and redone with the badge, and left alone by other edits', async () => {
  const [crest, gem] = [startingDesign('crest', 'A'), startingDesign('gem', 'B')];
  editor.setArt(crest);
  await editor.flush();
  editor.setArt(gem);
  await editor.flush();
  expect(store.labels).toEqual(['Created', 'Art', 'Art']);
  editor.set(['name'], 'Other', 'badges.name');
  await editor.flush();
  expect(store.arts.get(store.state.art ?? '')).toEqual(gem);
  await editor.undo();
  await editor.undo();
  await vi.waitFor(() => expect(editor.art).toEqual(crest));
  await editor.redo();
  await vi.waitFor(() => expect(editor.art).toEqual(gem));
  editor.setArt(null);
  await editor.flush();
  expect([editor.art, store.state.art]).toEqual([null, null]);
});
