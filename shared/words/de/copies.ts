import type { Catalogue } from '../message';

export const copies: Catalogue['copies'] = {
  limits: 'Grenzen verstellen oder ergänzen',
  limitsOf: 'Grenzen von „{badge}“',
  unlimited: 'Keine Grenzen.',
  limitsUnread: 'Grenzen mit einem Fehler, durch den sie nicht gelesen werden können.',
  unreadable:
    'Das Badge hier oder das in der Bibliothek hat einen Fehler, durch den es nicht gelesen werden kann. Beheben Sie den zuerst.',
  differsHere: 'Hier verstellt: {fields, plural, one {# Feld ist} other {# Felder sind}} anders als in der Bibliothek.',
  changedThere:
    'Das Badge in der Bibliothek wurde seit dem Kopieren geändert: {fields, plural, one {# Feld ist} other {# Felder sind}} hier anders.',
  sameName:
    'Die Bibliothek hat ein Badge dieses Namens, das anders ist: {fields, plural, one {# Feld} other {# Felder}}.',
  notCompared: 'Ob es ist wie in der Bibliothek, lässt sich nicht sagen, solange eines der beiden einen Fehler hat.',
  update: 'Aus der Bibliothek aktualisieren',
  takeBack: 'Wie in der Bibliothek',
  keep: 'Behalten',
  use: 'Ins Badge übernehmen',
  useTooltip:
    'Bringt, was hier anders ist, als einen Schritt in den Entwurf der Bibliothek; er lässt sich rückgängig machen',
  showDifference: 'Unterschied zeigen',
  hideDifference: 'Unterschied verbergen',
  differences: 'Unterschiede von „{name}“ zur Bibliothek',
  inLibrary: 'Bibliothek',
  here: 'Hier',
  refused: 'Bleibt in der Bibliothek, wie es ist. {org} würde es ablehnen: {said} ({code}). {advice}',
  nothingToUse: 'Eine Live-Organisation würde alles davon ablehnen, es gibt also nichts ins Badge zu übernehmen.',
  openBadge: '„{name}“ unter Badges öffnen',
  used: '{name}: {fields} in den Entwurf der Bibliothek übernommen.',
  usedWithProblems:
    '{name}: {fields} in den Entwurf der Bibliothek übernommen, der jetzt {problems, plural, one {# Problem} other {# Probleme}} hat.',
  usedButLeft:
    '{name}: {fields} in den Entwurf der Bibliothek übernommen. Dort gelassen, wie es war, weil {org} es ablehnen würde: {left}.',
  fields: '{first}, {rest}',
  updated: '„{name}“ steht hier wie in der Bibliothek.',
  customersKept: 'mit den Kunden des Szenarios davor',
  customersLastRun: 'mit den Kunden des letzten Laufs',
  customersExample: 'mit 10.000 Kunden als Beispiel',
  exampleCustomers:
    'Ein Beispiel, weil noch niemand gesagt hat, wer die Kunden sind: Beschreiben Sie sie hier, oder ziehen Sie die Transaktionen des letzten Jahres herein.',
};
