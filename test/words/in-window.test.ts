import { expect, test } from 'vitest';
import { de } from '../../shared/words/de';
import { en } from '../../shared/words/en';
import { inEnglish } from '../../shared/words/english';
import { IN_WINDOW } from '../../shared/words/in-window';
import { message, type Catalogue } from '../../shared/words/message';
import { speaker } from '../../shared/words/speaker';

const textOf = (key: string): string => {
  const [area = '', name = ''] = key.split('.');
  return (en as unknown as Record<string, Record<string, string>>)[area]?.[name] ?? '';
};
const namesOf = (text: string): string[] => [...text.matchAll(/\{(\w+)/g)].map(([, name = '']) => name);

test('the window names its own control where the command line names its option', () => {
  const words = message('tables.dateDayFirst', { cell: '13.02.2026', example: '2026-02-13' });
  const inWindow = (language: 'en' | 'de', texts: Catalogue): string =>
    speaker(language, texts, language, { instead: IN_WINDOW }).sayMessage(words);
  expect(inEnglish(words)).toContain('--date-format');
  expect(inWindow('en', en)).toContain('choose the order of the file’s dates');
  expect(inWindow('de', de)).toContain('Wählen Sie die Reihenfolge der Daten');
});

test('what is said instead asks for no other values', () => {
  for (const [key, instead] of Object.entries(IN_WINDOW)) {
    expect(namesOf(textOf(key)), key).toEqual(expect.arrayContaining(namesOf(textOf(instead))));
  }
});

test('no text of the window names an option of the command line, but those that say that it is one', () => {
  const named = Object.entries(en).flatMap(([area, texts]) =>
    Object.entries(texts)
      .filter(([name, text]) => /(^|[\s(])--[a-z]|\bevents\.[a-z]/i.test(text) && !(`${area}.${name}` in IN_WINDOW))
      .map(([name]) => `${area}.${name}`),
  );
  expect(named.sort()).toEqual([
    // Stand in a report or are told by the command line, which alone can want a scenario named, or find no runtime.
    'partners.advice',
    'partners.sameTarget',
    'partners.severalHomes',
    'report.noAssumptions',
    'report.printDisplay',
    'report.printRuntime',
    // Names both ways.
    'scenarios.liesOutside',
    // Of the fields of a scenario's file, by their place in it.
    'scenarios.nameSheet',
    'scenarios.noDateFormat',
    'scenarios.noSegmentColumn',
    // Only the command line names profiles.
    'tables.noProfile',
  ]);
});
