import type { Catalogue } from '../message';

export const lists: Catalogue['lists'] = {
  atMost: 'Nennen Sie höchstens {most, number} {what} auf einmal.',
  farDate: 'Dieses Datum liegt weiter entfernt, als eines liegen kann.',
  atField: '{field}: {reason}',
  badges: 'Badges',
  cells: 'Zellen',
  columns: 'Spalten',
  earnTypes: 'Arten der Vergabe',
  exceptions: 'Ausnahmen',
  faults: 'Störungen',
  fields: 'Felder',
  numbers: 'Zahlen',
  outcomes: 'Ergebnisse',
  owners: 'Inhaber',
  partsOfPath: 'Teile eines Pfads',
  requests: 'Anfragen',
  rows: 'Zeilen',
  simulations: 'Simulationen',
  states: 'Zustände',
  statuses: 'Zustände',
  tags: 'Schlagwörter',
};
