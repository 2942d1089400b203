import type { Catalogue } from '../message';

export const takeBack: Catalogue['takeBack'] = {
  notOfJob:
    'Dieser Auftrag hat in {org} nichts vergeben. Nichts wurde gesendet; wählen Sie einen, der dort eingeschrieben oder vergeben hat.',
  notOver:
    'Dieser Auftrag ist noch nicht zu Ende und kann noch mehr vergeben. Nichts wurde gesendet; lassen Sie ihn enden, oder brechen Sie ihn zuerst ab.',
  noRecordColumn:
    '{name} hat keine Spalte mit Nummern von Vergaben oder Einschreibungen, oder mehrere, die es sein könnten. Nichts wurde gesendet; eine Tabelle, wie Laurel die Zeilen eines Auftrags exportiert, hat eine namens „id“.',
  cannotTell: '{org} sagt nicht vollständig, was Kunde {customer} hat. Nichts wurde gesendet.',
  tooManyToRead:
    'Kunden werden einzeln gelesen, höchstens {most, number}, und es sind mehr. Nichts wurde gesendet; teilen Sie die Datei, oder nennen Sie die Nummern.',
  expiredStay:
    'Eine abgelaufene Vergabe lässt sich nicht mehr widerrufen; die Organisation lehnt das ab, und die Zeile sagt es.',
  benefitsStay:
    'Punkte, Gutscheine und Nachrichten, die eine Vergabe ausgelöst hat, werden damit nicht zurückgenommen.',
  oneByOne: 'Die Organisation widerruft Vergaben einzeln: Jede ist eine eigene Anfrage.',
  awardsStay:
    'Vergaben, die unter einer Einschreibung gemacht wurden, bleiben; nehmen Sie sie mit einem eigenen Auftrag zurück.',
  mayEnrolAgain: 'Wer ausgetragen ist, kann wieder eingeschrieben werden.',
  takenBack: 'Zurückgenommen: {sentence}',
  beingTakenBack: 'Wird zurückgenommen: {sentence}',
  showTakeBack: 'Rücknahme zeigen',
  showTaken: 'Den Auftrag zeigen, der es vergeben hat',
  open: 'Zurücknehmen …',
  fromFile: 'Aus einer Datei zurücknehmen …',
  titleJob: 'Zurücknehmen, was „{badge}“ in {org} vergeben hat',
  titleFile: 'In {org} nach einer Datei zurücknehmen',
  close: 'Schließen, ohne zurückzunehmen',
  intro:
    'Jede Vergabe und jede Einschreibung wird unter ihrer eigenen Nummer widerrufen, sodass niemand verliert, was er auf anderem Weg erhalten hat. Vor dem Start wird nichts gesendet.',
  whom: 'Nur Kunden, deren Nummer enthält',
  whomHint: 'Leer: alle, denen der Auftrag etwas gegeben hat.',
  what: 'Was zurückgenommen wird',
  awards: 'Vergaben',
  enrolments: 'Einschreibungen',
  chooseBadge: 'Wählen Sie das Badge.',
  chooseFile: 'Wählen Sie die Datei.',
  file: 'Datei',
  names: 'Die Datei nennt',
  namesRecords: 'Kunden und Nummern',
  namesCustomers: 'Kunden: alles, was sie haben',
  customersHint:
    'Eine Liste von Kunden-IDs. Jeder Kunde wird erst in der Organisation gelesen; was er dann von dem Badge hat, wird zurückgenommen, wer immer es vergeben hat.',
  fileHint:
    'Eine Tabelle mit einer Spalte Kunden-IDs und einer mit Nummern von Vergaben oder Einschreibungen, wie Laurel die Zeilen eines Auftrags exportiert.',
  pick: 'Datei wählen …',
  looking: 'Die Zeilen werden durchgesehen …',
  lookedAt: '{count, plural, one {# Zeile durchgesehen} other {# Zeilen durchgesehen}}',
  preview: 'Was zurückgenommen würde',
  willRevokeAwards:
    '{count, plural, =0 {Es ist keine Vergabe zu widerrufen.} one {# Vergabe von „{badge}“ wird in {org} widerrufen.} other {# Vergaben von „{badge}“ werden in {org} widerrufen.}}',
  willRevokeEnrolments:
    '{count, plural, =0 {Es ist keine Einschreibung zu widerrufen.} one {# Einschreibung in „{badge}“ wird in {org} widerrufen.} other {# Einschreibungen in „{badge}“ werden in {org} widerrufen.}}',
  takes: '{requests, plural, one {Eine Anfrage} other {# Anfragen}}, mindestens {duration}.',
  firstOnes: 'Die ersten davon',
  leftOut: 'Ausgelassen',
  leftOutCount: '{count, plural, one {# Zeile:} other {# Zeilen:}}',
  again: 'Noch einmal durchsehen',
  startAwards: '{count, plural, one {# Vergabe in {org} widerrufen} other {# Vergaben in {org} widerrufen}}',
  startEnrolments:
    '{count, plural, one {# Einschreibung in {org} widerrufen} other {# Einschreibungen in {org} widerrufen}}',
  nothing: 'Es ist nichts zurückzunehmen.',
};
