import { afterEach, expect, test } from 'vitest';
import { revisionLabel, revisionWords } from '../../../renderer/features/badges/revision-labels';
import { locale } from '../../../renderer/lib/locale.svelte';
import { words } from '../../../renderer/lib/say.svelte';

afterEach(async () => {
  locale.chooseLanguage(null);
  await words.follow();
});

test('a revision is kept in English and shown in the language of the window', async () => {
  locale.chooseLanguage('de');
  await words.follow();
  expect(revisionLabel('badges.labelImported', { file: 'a, b.json' })).toBe('Imported from a, b.json');
  expect(
    [
      'Name, Start date',
      'For each customer: limit added, “no limit” removed, Owners',
      'Imported from a, b.json',
      'Created from template Welcome',
      'JSON',
      'Nothing that Laurel knows',
      'Name, Names',
    ].map(revisionWords),
  ).toEqual([
    'Name, Beginn',
    'Für jeden Kunden: Grenze hinzugefügt, „keine Grenze“ entfernt, Besitzer',
    'Importiert aus a, b.json',
    'Angelegt aus Vorlage Welcome',
    'JSON',
    'Nothing that Laurel knows',
    'Name, Names',
  ]);
});

test('in English every label is what is kept', () => {
  for (const kept of ['Benefits: added, Pasted JSON', 'Taken over from Org', 'Added with the sample programme'])
    expect(revisionWords(kept)).toBe(kept);
});
