import type { Catalogue } from '../message';

export const imports: Catalogue['imports'] = {
  unchecked:
    'Die Organisation prüft bei einem Import nichts: keinen Anspruch, keinen Besitzer, keine Einschreibung, keine Grenze und nicht, ob das Badge läuft.',
  nothingElse: 'Es folgen keine Punkte, Gutscheine oder Nachrichten daraus.',
  counts:
    'Was importiert ist, zählt als an seinem Datum erworben: in Grenzen für immer und in den festen Zeitfenstern jenes Tages.',
  undone:
    'Rückgängig macht einen Import nur, wer seine Vergaben einzeln zurücknimmt; abgelaufene lassen sich nicht zurücknehmen.',
  noSuchBadge:
    '{org} hat kein solches Badge und würde jede Zeile ablehnen (1054). Nichts wurde gesendet; rufen Sie ab, um zu sehen, was dort ist.',
  sayWhich: '{name}: {question} Sagen Sie erst, was gilt. Nichts wurde gesendet.',
  noColumns:
    '{name} ist eine Liste von Kunden ohne Daten. Nichts wurde gesendet; ein Import braucht eine Tabelle mit Spalten für Kunden, Datum und Ablauf.',
  open: 'Frühere Vergaben importieren …',
  title: 'Frühere Vergaben in {org} importieren',
  close: 'Schließen, ohne zu importieren',
  intro:
    'Vergaben, die Kunden von früher haben, etwa aus einem anderen Programm, werden so geschrieben, wie die Datei sie nennt: Kunde, Datum und Ablauf. Vor dem Start wird nichts gesendet.',
  file: 'Tabelle der Vergaben',
  fileHint:
    'CSV, Excel oder Parquet mit einer Spalte Kunden-IDs, einer mit dem Datum jeder Vergabe und einer mit ihrem Ablauf.',
  pick: 'Tabelle wählen …',
  sameAward: 'Vergaben, die ein Kunde schon hat',
  leaveOut: 'Auslassen',
  writeAgain: 'Noch einmal schreiben',
  leaveOutHint:
    'Eine Zeile, deren Kunde, Datum und Ablauf schon in einer früheren Zeile oder in der Organisation stehen, wird nicht geschrieben.',
  writeAgainHint: 'Jede Zeile wird geschrieben; ein Kunde kann dieselbe Vergabe also mehrmals haben.',
  answerFirst: 'Beantworten Sie, was zur Tabelle gefragt wird.',
  lookingAtTable: 'Die Tabelle wird durchgesehen.',
  chooseFile: 'Wählen Sie die Tabelle.',
  nothing: 'Es gibt nichts zu importieren.',
  looking: 'Die Zeilen werden durchgesehen …',
  preview: 'Was importiert würde',
  willWrite:
    '{count, plural, =0 {Es ist keine Vergabe zu importieren.} one {# Vergabe von „{badge}“ wird in {org} geschrieben.} other {# Vergaben von „{badge}“ werden in {org} geschrieben.}}',
  spans: 'Daten vom {from} bis zum {to}.',
  repeated:
    '{count, plural, one {# davon steht auch in einer früheren Zeile und wird noch einmal geschrieben.} other {# davon stehen auch in einer früheren Zeile und werden noch einmal geschrieben.}}',
  doubtful:
    '{count, plural, one {# Zeile der Tabelle wird gelesen, obwohl sie auffällt. „Wie sie gelesen wird“ sagt, warum.} other {# Zeilen der Tabelle werden gelesen, obwohl sie auffallen. „Wie sie gelesen wird“ sagt, warum.}}',
  takes:
    '{requests, plural, one {Eine Anfrage schreibt} other {# Anfragen schreiben}}; davor {reads, plural, one {liest eine Anfrage} other {lesen # Anfragen}}, was Kunden schon haben: mindestens {duration}.',
  why: 'Kunden werden gelesen, weil die Organisation einen wiederholten Import nicht von einem neuen unterscheidet: Nur so lässt sich eine verlorene Antwort klären, ohne etwas doppelt zu vergeben.',
  firstOnes: 'Die ersten davon',
  customer: 'Kunde',
  date: 'Datum',
  expiry: 'Ablauf',
  leftOut: 'Ausgelassen',
  again: 'Noch einmal durchsehen',
  start: '{count, plural, one {# Vergabe in {org} importieren} other {# Vergaben in {org} importieren}}',
};
