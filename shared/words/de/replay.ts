import type { Catalogue } from '../message';

export const replay: Catalogue['replay'] = {
  tooLong: 'ist länger als {bytes, number} Bytes',
  fewFields: 'hat {count} Felder, wo {needed} nötig sind',
  noSegment: 'hat kein Segment',
  segmentTooMany: 'gehört zu einem Segment zu viel: Höchstens {most} sind möglich',
  customersTooMany: 'ist von einem Kunden zu viel',
  textsTooMany:
    'Die Kunden sind an Texten zu erkennen, die zusammen mehr als {most, number} Bytes haben, und mehr werden nicht behalten. Geben Sie jedem Kunden eine Zahl, in einer Spalte der Datei.',
  numberedEmails:
    '{count, plural, =0 {Die E-Mail-Adressen} one {# E-Mail-Adresse} other {# verschiedene E-Mail-Adressen}} in der Spalte der Kunden: Für die Simulation bekommt jeder Kunde eine eigene Nummer, von 1 an in der Reihenfolge der Zeilen',
  numberedPhones:
    '{count, plural, =0 {Die Telefonnummern} one {# Telefonnummer} other {# verschiedene Telefonnummern}} in der Spalte der Kunden: Für die Simulation bekommt jeder Kunde eine eigene Nummer, von 1 an in der Reihenfolge der Zeilen',
  numberedTexts:
    '{count, plural, =0 {Die Texte} one {# Text} other {# verschiedene Texte}} in der Spalte der Kunden: Für die Simulation bekommt jeder Kunde eine eigene Nummer, von 1 an in der Reihenfolge der Zeilen',
  noCustomer: 'hat keine Kunden-ID',
  customer: 'die Kunden-ID „{cell}“ {fault}',
  noDate: 'hat kein Datum',
  date: 'das Datum {fault}',
  noAmount: 'hat keinen Betrag',
  amount: 'der Betrag „{cell}“ {fault}',
};
