import type { Catalogue } from '../message';

export const damaged: Catalogue['damaged'] = {
  reasons: 'Die Gründe sind in einer Form gespeichert, die sich nicht lesen lässt. Sie bleiben, wie sie sind.',
  headersName: '(Kopfzeilen)',
  headers: 'Diese sind in einer Form gespeichert, die sich nicht lesen lässt.',
  codes: 'Die Fehlercodes sind in einer Form gespeichert, die sich nicht lesen lässt, und bleiben, wie sie sind.',
  codesAfter:
    '{sentence} Die Fehlercodes sind in einer Form gespeichert, die sich nicht lesen lässt, und bleiben, wie sie sind.',
  body: '(Dieser Inhalt ist in einer Form gespeichert, die sich nicht lesen lässt.)',
  bodyCut: '{text}\n(die ersten {kept, number} von {length, number} Zeichen)',
  noValue: '{text} ist kein Wert',
  quoteInside: 'ein Anführungszeichen steht mitten in einem Wert',
  afterText: 'auf einen Text folgt etwas',
  noEnd: 'das Ende fehlt',
  rowLength: '{name} hat eine Zeile von anderer Länge',
};
