import type { Catalogue } from '../message';

export const plans: Catalogue['plans'] = {
  save: 'Als Plan speichern …',
  saved:
    '{count, plural, one {Eine Anfrage wurde} other {# Anfragen wurden}} als Plan in {name} gespeichert. Gesendet wurde nichts.',
  fileName: '{name}.plan.json',
  open: 'Plan anwenden …',
  chooseTitle: 'Plan auswählen',
  chooseButton: 'Ansehen',
  files: 'Pläne',
  opening: 'Es wird gelesen, worauf der Plan beruht',
  openingOf: '{done, number} von {total, number}',
  title: 'Plan für {name}',
  from: '<b>{file}</b>, erstellt am {date} mit {by}',
  note: '{count, plural, one {Das ist die eine Anfrage des Plans, die noch zu senden ist, Byte für Byte. Gesendet wurde noch nichts.} other {Das sind die # Anfragen des Plans, die noch zu senden sind, Byte für Byte. Gesendet wurde noch nichts.}}',
  before:
    '{count, plural, one {Eine Anfrage des Plans war schon ausgeführt.} other {# Anfragen des Plans waren schon ausgeführt.}}',
  allDone: '{name} ist so, wie der Plan es will. Es gibt nichts zu senden.',
  hasMoved:
    '{name} hat sich geändert, seit der Plan erstellt wurde; deshalb wird nichts davon gesendet. Erstellen Sie einen neuen Plan.',
  unchecked:
    'IDs von {homes} wurden darin zu denen von {name}, nach Entsprechungen, die diesem Arbeitsbereich niemand genannt hat: Ob sie noch gelten, wird nicht geprüft. Vergleichen Sie die IDs unten mit denen, die {name} jetzt hat, oder übernehmen Sie die Entsprechungen unter „Überführen …“, und öffnen Sie den Plan noch einmal.',
  planGone: 'Dieser Plan ist nicht mehr zur Hand. Gesendet wurde nichts. Öffnen Sie seine Datei noch einmal.',
  notJson: '{file} ist kein Plan: {mistake}. Gesendet wurde nichts.',
  noPlan: '{file} ist kein Plan von Laurel. Gesendet wurde nichts.',
  newer:
    'Ein neueres Laurel hat den Plan {file} erstellt. Gesendet wurde nichts. Aktualisieren Sie Laurel, oder erstellen Sie den Plan mit diesem.',
  edited:
    '{file} ist nicht so, wie Laurel den Plan geschrieben hat: Er wurde bearbeitet oder durch ein Zusammenführen geändert, und seine Prüfsumme stimmt nicht. Gesendet wurde nichts. Erstellen Sie einen neuen Plan.',
  unreadable: '{file} kann nicht gelesen werden: {reason}. Gesendet wurde nichts.',
  otherOrg: 'Der Plan ist für {org} ({address}), und {other} ist unter {here} zu erreichen. Gesendet wurde nichts.',
  nothingSent: 'Gesendet wurde nichts.',
  moved:
    '{org} hat sich geändert, seit der Plan erstellt wurde: {what}. Gesendet wurde nichts. Erstellen Sie einen neuen Plan.',
  movedBadge: '„{name}“ {what}',
  nameTaken: 'war frei, und jetzt heißt ein anderes Badge so',
  badgeGone: 'ist nicht mehr da',
  badgeUnreadable: 'lässt sich nicht mehr lesen',
  fieldsMoved: 'wurde geändert ({fields})',
  claimsMoved: 'hat andere Ansprüche',
  definitionTaken: 'war frei, und jetzt heißt eine Gruppe oder ein eigenes Feld so und weicht ab',
  definitionGone: 'ist nicht mehr da',
  definitionMoved: 'ist jetzt anders festgelegt',
  groupLeftOut:
    '„{name}“ ist in der Gruppe „{group}“, die diese Anfragen nicht anlegen. Es wurde kein Plan gespeichert. Wählen Sie die Gruppe dazu.',
  doneBefore: 'In {org} war es schon so; gesendet wurde nichts.',
  createdTwice:
    '„{name}“ würde zweimal angelegt. Es wurde kein Plan gespeichert. Geben Sie einem der beiden einen anderen Namen, oder lassen Sie es weg.',
  pulledSince:
    '„{name}“ wurde neu abgerufen, seit diese Anfragen ermittelt wurden. Es wurde kein Plan gespeichert. Sehen Sie noch einmal nach.',
  fileUnreadable: 'Die Datei kann nicht gelesen werden: {reason}.',
  fileNoText: 'Die Datei ist weder UTF-8- noch UTF-16-Text.',
  fileNotJson: 'Die Datei ist kein JSON: {mistake}.',
  fileMergeMarkers:
    'In Zeile {line} steht die Marke eines Zusammenführens, das niemand beendet hat. Wählen Sie eine Seite, und entfernen Sie die Marken.',
  fileNoBadge: 'Die Datei lässt sich nicht als Badge lesen.',
  nameShared: 'Mehrere Dateien enthalten ein Badge dieses Namens: {files}. Lassen Sie eine übrig.',
};
