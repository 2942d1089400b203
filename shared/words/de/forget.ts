import type { Catalogue } from '../message';

export const forget: Catalogue['forget'] = {
  heading: 'Daten von Kunden',
  lead: 'Laurel bewahrt Kunden-IDs in Anfragen, Live-Aufträgen, Aktivität und Ergebnissen auf. Wer es verlangt, wird hier gelöscht; was gezählt ist, bleibt gezählt, unter einer Nummer, die für niemanden steht.',
  customer: 'Kunde',
  customerHint: 'Nummer, E-Mail-Adresse, Mobilnummer, externe ID oder Kartennummer, wie sie in Ihren Dateien steht',
  customerMissing: 'Erst einen Kunden angeben.',
  noId: '{typed} ist keine Kunden-ID: IDs sind ganze Zahlen ab 1. Es wurde nichts geändert.',
  aWord:
    '„{typed}“ ist ein Wort des Gateways, das in Anfragen aller Kunden steht. Es wurde nichts geändert. Geben Sie eine ID ein oder was einen Kunden kennzeichnet.',
  tooShort:
    '„{typed}“ ist zu kurz, um einen Kunden daran zu erkennen. Es wurde nichts geändert. Geben Sie eine ID ein oder was einen Kunden kennzeichnet.',
  look: 'Nachsehen, wo er steht',
  looking: 'Nachsehen: {what}, {rows, number} Zeilen',
  erasing: 'Löschen: {what}, {rows, number} Zeilen',
  nowhere: '{customer} kommt in diesem Arbeitsbereich nicht vor.',
  nowhereButBackups:
    '{customer} kommt im Arbeitsbereich selbst nicht vor, aber in {count, plural, one {# Sicherung} other {# Sicherungen}}.',
  found: '{customer} steht in:',
  rows: '{rows, plural, one {# Zeile} other {# Zeilen}}',
  records: 'Einschreibungen und Vergaben der lokalen Organisation',
  requests: 'Anfragen an die lokale Organisation und ihr Verzeichnis',
  practice: 'Die Übungsorganisation',
  states: 'Gesicherte Zustände der Übungsorganisation',
  ledger: 'Aktivität: Anfragen an Organisationen und ihre Antworten',
  jobs: 'Zeilen von Live-Aufträgen',
  results: 'Aufbewahrte Simulationen',
  notes: 'Notizen von Laurel: Entwürfe von Aufträgen, Wahlen für Dateien',
  backups: 'Sicherungen',
  also: 'Derselbe Kunde ist auch bekannt als {names}.',
  erase: 'Diesen Kunden löschen …',
  confirmTitle: '{customer} löschen?',
  confirm:
    'Er wird aus allem Genannten für immer entfernt. Rückgängig holt ihn nicht zurück. Einschreibungen und Vergaben bleiben gezählt.',
  confirmButton: 'Löschen',
  done: '{customer} wurde gelöscht. Wo eine Nummer stand, steht jetzt {standIn}.',
  openJob:
    'Ein Live-Auftrag für {badge} in {org} nennt diesen Kunden und ist nicht vorbei: Er könnte ihn noch senden. Nichts wurde gelöscht. Erst abschließen oder abbrechen.',
  openJobs: 'Live-Aufträge, die nicht vorbei sind, nennen diesen Kunden. Erst abschließen oder abbrechen: {jobs}.',
  stopped: 'Angehalten. Was bis dahin gelöscht wurde, bleibt gelöscht; für den Rest noch einmal löschen.',
  lookStopped: 'Angehalten. Nichts wurde geändert.',
  backupsHold:
    'Sicherungen werden nie geändert. {count, plural, one {Eine enthält} other {# enthalten}} diesen Kunden noch, oder vielleicht:',
  backupUntil: '{made}, geht von selbst bis {until}',
  backupKept: '{made}, bleibt, bis sie gelöscht wird',
  copyKept: '{made}: {copy} von vor einem Update, bleibt, bis sie gelöscht wird',
  backupUnknown: '{made}, lässt sich nicht lesen',
  deleteBackups: '{count, plural, one {Diese Sicherung löschen …} other {Diese # Sicherungen löschen …}}',
  deleteBackupsTitle: '{count, plural, one {Die Sicherung löschen?} other {# Sicherungen löschen?}}',
  deleteBackupsConfirm:
    'Der Stand des Arbeitsbereichs von damals ist dann nicht mehr zu haben. Was der Arbeitsbereich jetzt enthält, bleibt.',
  deleteBackupsButton: 'Löschen',
  backupsDeleted: '{count, plural, one {Eine Sicherung wurde gelöscht.} other {# Sicherungen wurden gelöscht.}}',
  elsewhere:
    'Nicht erreicht: Dateien, die anderswohin exportiert oder gespeichert wurden (Prüfpakete, Exporte, Berichte), und was eine Live-Organisation aufbewahrt.',
  retentionHeading: 'Wie lange etwas bleibt',
  retentionLead:
    'Was zu alt wird, geht von selbst. Badges, Szenarien und die Anfragen der lokalen Organisation bleiben.',
  keptActivity: 'Aktivität',
  keptActivityHint: 'Anfragen an Organisationen. Ein Prüfpaket älterer Arbeit ist dann nicht mehr möglich.',
  keptJobs: 'Live-Aufträge, die vorbei sind',
  keptResults: 'Aufbewahrte Simulationen',
  forGood: 'Für immer',
  days: '{days, plural, one {# Tag} other {# Tage}}',
  years: '{years, plural, one {# Jahr} other {# Jahre}}',
  shorterTitle: 'Kürzer aufbewahren?',
  shorter:
    '{rows, plural, one {# Zeile ist älter. Sie geht sofort und für immer.} other {# Zeilen sind älter. Sie gehen sofort und für immer.}}',
  shorterButton: 'Kürzer aufbewahren',
  retentionSaved: 'Gespeichert.',
};
