import { expect, test } from 'vitest';
import { readDamaged, readKeptBody, readLedgerSentence } from '../../shared/words/kept-damaged';
import { readJobNote } from '../../shared/words/kept-org-answers';
import { inEnglish } from '../../shared/words/english';
import { message, type Message } from '../../shared/words/message';
import { speakerOf } from '../../shared/words/spoken';

const german = await speakerOf('de');

const inGerman = (words: Message, read: (text: string) => Message | null): string => {
  const found = read(inEnglish(words));
  return found === null ? 'not read back' : german.sayMessage(found).replaceAll(/[\u2066-\u2069]/g, '');
};

test('what stands for things that cannot be read is said in the window’s language', () => {
  expect(inGerman(message('damaged.reasons'), readDamaged)).toMatch(/^Die Gründe/);
  expect(inGerman(message('damaged.headersName'), readDamaged)).toBe('(Kopfzeilen)');
  expect(inGerman(message('damaged.body'), readKeptBody)).toMatch(/^\(Dieser Inhalt/);
  const sentence = message('org.cut', { host: 'badges.example' });
  expect(inGerman(message('damaged.codesAfter', { sentence }), readLedgerSentence)).toMatch(
    /badges\.example .*Fehlercodes/,
  );
});

test('of a body that was cut the kept part stays as it came, whatever it holds', () => {
  const text = '{"a": "it’s {x}\n(the first 2 of 3 characters)"';
  expect(inGerman(message('damaged.bodyCut', { text, kept: 65_536, length: 1_000_000 }), readKeptBody)).toBe(
    `${text}\n(die ersten 65.536 von 1.000.000 Zeichen)`,
  );
});

test('why a job’s customers could not be read is said in the window’s language', () => {
  const reason = message('system.noPermission');
  const notes = [
    message('jobs.fileUnreadable', { name: 'members.csv', reason }),
    message('jobs.tooManyCustomers', { most: 10_000_000 }),
    message('jobs.unknownState', { state: 'asleep' }),
    message('tableFiles.brokenParquet', { name: 'sales.parquet' }),
  ].map((note) => inGerman(note, readJobNote));
  expect(notes[0]).toContain(german.sayMessage(reason));
  expect(notes[1]).toMatch(/^Ein Auftrag kann bis zu 10\.000\.000/);
  expect(notes[2]).toContain('„asleep“');
  expect(notes[3]).toMatch(/^sales\.parquet ist eine Parquet-Datei/);
});
