import type { Catalogue } from '../message';

export const json: Catalogue['json'] = {
  at: 'Zeile {line}, Spalte {column}: {reason}',
  ends: 'der Text endet, bevor er vollständig ist',
  comma: 'das Komma vor diesem {sign} ist eins zu viel',
  comment: 'hier steht ein Kommentar, und JSON kennt keine',
  doubleQuotes: 'Namen und Texte stehen in doppelten Anführungszeichen',
  noJson: 'das ist kein JSON',
  empty: 'der Text ist leer',
  tooDeep: 'er ist tiefer als {most} Ebenen verschachtelt',
  afterValue: 'nach dem Wert wird ein Komma oder die schließende Klammer erwartet',
  afterElement: 'nach dem Eintrag wird ein Komma oder die schließende Klammer erwartet',
  propertyName: 'hier wird ein Name oder die schließende Klammer erwartet',
  quotedName: 'hier wird ein Name in doppelten Anführungszeichen erwartet',
  colon: 'nach dem Namen wird ein Doppelpunkt erwartet',
  token: 'dieses Zeichen gehört nicht hierher',
  control: 'im Text steht ein Steuerzeichen',
  unterminated: 'der Text wird nicht geschlossen',
  escape: 'dieses Zeichen darf nicht hinter einem Rückstrich stehen',
  afterJson: 'hinter dem Ende des JSON steht noch etwas',
  minus: 'hinter dem Minuszeichen fehlt die Zahl',
};
