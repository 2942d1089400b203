import { expect, test } from 'vitest';
import { searchCommands } from '../../../renderer/shell/command-search';
import type { Command } from '../../../renderer/shell/commands.svelte';

const command = (title: string, rest: Partial<Command> = {}): Command => ({
  id: title,
  title,
  group: 'badge',
  run: () => undefined,
  ...rest,
});
const all = [
  command('Duplicate', { keywords: 'copy' }),
  command('New badge', { keywords: 'create template' }),
  command('New badge from JSON'),
  command('Go to Badges', { group: 'go' }),
  command('Show all commands', { hidden: true }),
];
const found = (search: string): string[] => searchCommands(all, search).map(({ title }) => title);

test('without a search everything is there, in its order, but what is hidden', () => {
  expect(found('  ')).toEqual(['Duplicate', 'New badge', 'New badge from JSON', 'Go to Badges']);
});

test('every word must fit, title beginnings come first', () => {
  expect(found('badge new')).toEqual(['New badge', 'New badge from JSON']);
  expect(found('badge')).toEqual(['New badge', 'New badge from JSON', 'Go to Badges', 'Duplicate']);
  expect(found('copy')).toEqual(['Duplicate']);
  expect(found('copy json')).toEqual([]);
});
