import { expect, test } from 'vitest';
import { readJson } from '../../shared/domain/json';
import { de } from '../../shared/words/de';
import { jsonMistake } from '../../shared/words/json-mistakes';
import { speaker } from '../../shared/words/speaker';

const german = speaker('de', de, 'de-DE');

test.each([
  ['', 'der Text ist leer'],
  ['{"a": 1,}', 'das Komma vor diesem } ist eins zu viel'],
  ['[1 2]', 'nach dem Eintrag wird ein Komma'],
  ['{"a": 1 "b": 2}', 'nach dem Wert wird ein Komma'],
  ['{"a" 1}', 'nach dem Namen wird ein Doppelpunkt'],
  ['{a: 1}', 'hier wird ein Name oder'],
  ["{'a': 1}", 'Namen und Texte stehen in doppelten Anführungszeichen'],
  ['{"a": 1', 'der Text endet, bevor er vollständig ist'],
  ['{"a": // b\n1}', 'hier steht ein Kommentar'],
  ['{"a": "x\ty"}', 'im Text steht ein Steuerzeichen'],
  ['{"a": "\\x"}', 'dieses Zeichen darf nicht hinter einem Rückstrich'],
  ['{"a": tru}', 'dieses Zeichen gehört nicht hierher'],
  ['{} {}', 'hinter dem Ende des JSON steht noch etwas'],
  ['['.repeat(300), 'er ist tiefer als 200 Ebenen'],
])('%s is told in German', (text, words) => {
  const reading = readJson(text);
  expect(reading.ok ? null : german.sayMessage(jsonMistake(reading.mistake))).toContain(words);
});
