import type { Catalogue } from '../message';

export const settings: Catalogue['settings'] = {
  title: 'Einstellungen',
  orgHeading: 'Die Organisation',
  orgLead:
    'Wie dieser Arbeitsbereich die Live-Organisation vertritt. Eine Änderung gilt ab der nächsten Anfrage; was vergeben wurde, bleibt, wie es ist.',
  zone: 'Zeitzone',
  zoneHint:
    'Zeiträume von Tagen, Wochen und Monaten beginnen hier um Mitternacht, und jede Uhrzeit wird in ihr gezeigt. Jetzt ist es {now}.',
  overlaps: 'Vergabe ablehnen, solange eine frühere nicht abgelaufen ist',
  overlapsHint:
    'Die Vergabe an viele antwortet dann 1040 für Kunden, die dieses Badge noch haben. Aus: Nur die Grenzen des Badges entscheiden.',
  pastStart: 'Badges erlauben, die in der Vergangenheit beginnen',
  pastStartHint:
    'Aus: Ein Beginn in der Vergangenheit wird mit 722 abgelehnt, es sei denn, das Badge ist als historisch gekennzeichnet. Das Live-Gateway ist laut Dokumentation streng.',
  savedZone: 'Gespeichert: Zeitzone {zone}.',
  savedOverlapsOn: 'Gespeichert: Überlappende Vergaben werden abgelehnt.',
  savedOverlapsOff: 'Gespeichert: Überlappende Vergaben sind erlaubt.',
  savedPastStartOn: 'Gespeichert: Ein Beginn in der Vergangenheit ist erlaubt.',
  savedPastStartOff: 'Gespeichert: Ein Beginn in der Vergangenheit wird abgelehnt.',
  lookHeading: 'Darstellung',
  language: 'Sprache',
  languageHint: 'Die des Fensters. Zahlen und Daten haben eine eigene Auswahl.',
  locale: 'Zahlen und Daten',
  localeHint: 'Wie sie geschrieben werden und wie Ihre Eingaben gelesen werden: {number}, und 3/4 ist {day}.',
  asSystem: 'Wie das System',
  asSystemNamed: 'Wie das System: {name}',
  dayMonth: 'der 3. April',
  monthDay: 'der 4. März',
  yearMonthDay: 'wird gefragt: 3. April oder 4. März',
  theme: 'Farbschema',
  light: 'Hell',
  dark: 'Dunkel',
  noSuchZone:
    'Es gibt keine Zeitzone {timeZone}. Die Einstellungen sind, wie sie waren. Wählen Sie eine wie Europe/Berlin oder UTC.',
};
