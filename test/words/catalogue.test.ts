import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { de } from '../../shared/words/de';
import { en } from '../../shared/words/en';
import { inEnglish } from '../../shared/words/english';
import { message, type Catalogue } from '../../shared/words/message';
import { speaker } from '../../shared/words/speaker';
import { repositoryFiles, textOf } from '../architecture/repository-files';
import { SAME_IN_GERMAN } from './same-in-german';

const flat = (catalogue: Catalogue): Map<string, string> =>
  new Map(
    Object.entries(catalogue).flatMap(([area, texts]) =>
      Object.entries(texts as Record<string, string>).map(([key, text]): [string, string] => [`${area}.${key}`, text]),
    ),
  );
const english = flat(en);
const german = flat(de);

const elementsOf = (elements: readonly MessageFormatElement[]): MessageFormatElement[] =>
  elements.flatMap((element) => {
    if (element.type === TYPE.plural || element.type === TYPE.select)
      return [element, ...Object.values(element.options).flatMap(({ value }) => elementsOf(value))];
    if (element.type === TYPE.tag) return [element, ...elementsOf(element.children)];
    return [element];
  });
const parsed = (text: string): MessageFormatElement[] => elementsOf(parse(text));
const namesOf = (text: string): string[] =>
  [
    ...new Set(
      parsed(text).flatMap((element) =>
        element.type === TYPE.literal || element.type === TYPE.pound ? [] : [element.value],
      ),
    ),
  ].sort();

test('German has a text for every key, and no other', () => {
  expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
});

test('a translation asks for the same values and sets the same parts apart', () => {
  const wrong = [...english].filter(([key, text]) => namesOf(text).join() !== namesOf(german.get(key)!).join());
  expect(wrong.map(([key]) => key)).toEqual([]);
});

test.each([
  ['en', english],
  ['de', german],
] as const)(
  '%s: every plural has the forms of its language, and says them with a number or more than one word',
  (language, texts) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const wrong: string[] = [];
    for (const [key, text] of texts) {
      for (const element of parsed(text)) {
        if (element.type !== TYPE.plural) continue;
        const missing = forms.filter((form) => !(form in element.options));
        if (missing.length > 0) wrong.push(`${key} lacks ${missing.join(', ')}`);
      }
      // The compiler reads the names of values from the text: a single word in braces would count as one.
      const words = [...text.matchAll(/\b(?:one|other|=\d+|two|few|many|zero)\s*\{([^{}#]*)\}/g)].map(
        ([, branch]) => branch!,
      );
      if (words.some((branch) => branch !== '' && !branch.includes(' '))) wrong.push(`${key} has a branch of one word`);
      if (/\{\s*\w+\s*,\s*select\b/.test(text)) wrong.push(`${key} selects; use a key for each`);
    }
    expect(wrong).toEqual([]);
  },
);

test('no text is still English in German, but those that are the same', () => {
  const same = [...english].filter(
    ([key, text]) => /\p{L}{2,}/u.test(text.replaceAll(/\{[^{}]*\}/g, '')) && german.get(key) === text,
  );
  expect(same.map(([key]) => key).sort()).toEqual([...SAME_IN_GERMAN].sort());
});

test('every key is said somewhere', () => {
  const sources = repositoryFiles()
    .filter(
      (file) =>
        /^(renderer|electron|shared|db)\/.*\.(ts|svelte)$/.test(file) && !/^shared\/words\/(en|de)\//.test(file),
    )
    .map(textOf)
    .join('\n');
  expect([...english.keys()].filter((key) => !sources.includes(`'${key}'`))).toEqual([]);
});

test('says how many by the language and writes numbers by the locale', () => {
  const texts = {
    ...en,
    settings: { ...en.settings, title: '{count, plural, one {# badge} other {# badges}} of {name}' },
  };
  const says = (locale: string, count: number, name = 'Org'): string =>
    speaker('en', texts as unknown as Catalogue, locale).sayMessage({ key: 'settings.title', values: { count, name } });
  expect(says('en-US', 1)).toBe('1 badge of Org');
  expect(says('de-DE', 12_000)).toBe('12.000 badges of Org');
  // Japanese knows no plural, and French takes none for one; the words are English.
  expect(says('ja-JP', 1)).toBe('1 badge of Org');
  expect(says('fr-FR', 0)).toBe('0 badges of Org');
  expect(says('en-US', 2, 'شارة')).toBe('2 badges of \u2068شارة\u2069');
});

test('a value may be called as a part that is set apart is', () => {
  const texts = { ...en, settings: { ...en.settings, title: 'Refused: <b>{code}</b> · <code>{b}</code>' } };
  const { sayRich } = speaker('en', texts as unknown as Catalogue, 'en-US');
  expect((sayRich as (key: string, values: object) => unknown)('settings.title', { code: 723, b: 'x' })).toEqual([
    'Refused: ',
    { tag: 'b', text: '723' },
    ' · ',
    { tag: 'code', text: 'x' },
  ]);
});

test('parts that are set apart come as pieces, and a value is never taken for one', () => {
  const texts = { ...en, settings: { ...en.settings, title: '<b>{name}</b> was saved.' } };
  const { sayRich, sayMessage } = speaker('en', texts as unknown as Catalogue, 'en-US');
  expect((sayRich as (key: string, values: object) => unknown)('settings.title', { name: '<b>x</b>' })).toEqual([
    { tag: 'b', text: '<b>x</b>' },
    ' was saved.',
  ]);
  expect(sayMessage({ key: 'no.such' as never, values: {} })).toBe('no.such');
});

test('a message inside a message is worded in the same language, and English without a window leaves names as they are', () => {
  const words = message('scenarios.theInstant', { reason: message('scenarios.notAnInstant') });
  expect(inEnglish(words)).toBe('the instant is not an ISO-8601 instant');
  expect(speaker('de', de, 'de-DE').sayMessage(words)).toBe('der Zeitpunkt entspricht nicht ISO 8601');
  expect(inEnglish(message('scenarios.usedTwice', { name: 'شارة' }))).toBe('is used twice: شارة');
});

test('a text with names alone says what ICU would say', () => {
  const values = ['Ten visits', 12_345, 0, '', 'it’s {that}', '$& $1', '<b>', 'مرحبا'];
  for (const [language, texts] of [
    ['en', english],
    ['de', german],
  ] as const) {
    const said = speaker(language, language === 'en' ? en : de, 'de-DE', { isolates: false });
    for (const [key, text] of texts) {
      const elements = parsed(text);
      if (elements.some(({ type }) => type !== TYPE.literal && type !== TYPE.argument)) continue;
      const filled = Object.fromEntries(
        namesOf(text).map((name, place) => [name, values[place % values.length] ?? '']),
      );
      const icu = new IntlMessageFormat(text, language, undefined, { ignoreTag: true }).format(filled);
      expect(said.sayMessage({ key, values: filled } as never), key).toBe(icu);
    }
  }
});

/** As Intl writes shares in each language, which stand beside these texts. */
test('a per cent sign stands as its language has it: at the number in English, after a space that does not break in German', () => {
  const odd = [
    ...[...english].filter(([, text]) => /[\d}]\s%/.test(text)),
    ...[...german].filter(([, text]) => /[\d}](?!\u00a0)\s?%/.test(text)),
  ];
  expect(odd.map(([key]) => key)).toEqual([]);
  expect(inEnglish(message('answers.shareTurnedAway', { name: 'A', count: 5, share: 0.803 }))).toContain(
    '80.3% of the 5',
  );
  expect(speaker('de', de, 'de-DE').say('answers.shareTurnedAway', { name: 'A', count: 5, share: 0.8 })).toMatch(
    /^80\u00a0% der 5/,
  );
});
