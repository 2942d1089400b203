import type { Catalogue } from '../message';

/** Badges, die als Dateien gehen und kommen. */
export const transfer: Catalogue['transfer'] = {
  pasted: 'Das Eingefügte',
  place: '{source}, Badge {place, number}',
  line: '{source}, Zeile {line, number}',
  cancelled: 'Abgebrochen.',
  stoppedEarly: 'Der Rest konnte nicht geschrieben werden. Was gekommen war, ist hier, und Rückgängig nimmt es zurück.',
  movedMeanwhile:
    'Die Dateien oder die Badges, die hier sind, haben sich seit dem Ansehen geändert. Importiert wurde nichts; sehen Sie noch einmal nach.',
  isNoBadges: '{name} {what}. Badges kommen aus JSON, Excel oder CSV.',
  isNoBadge: 'Das ist kein Objekt und damit kein Badge.',
  isOtherFile: 'Das ist eine Datei von Laurel von anderer Art ({schema}) und kein Badge.',
  nothingInIt: 'Es steht kein Badge darin.',
  noColumns:
    'Die Spalten einer Tabelle von Badges fehlen. Exportieren Sie ein Badge als Excel oder als Vorlage für viele, um sie zu sehen.',
  badRow: 'Die Zeile ist länger als ein Megabyte, oder ein Anführungszeichen darin wird nicht geschlossen.',
  tooMany: 'Das sind mehr als {most, number} Badges. Importieren Sie sie in Teilen.',
  severalOfName: 'Mehrere Badges heißen hier so.',
  mistakesNote: '{from} hat Fehler im JSON: Es ist ein Entwurf, wie es dasteht, und der Editor zeigt, wo sie stehen.',
  severalComing:
    'Ein anderes Badge dieses Namens kommt mit, und nur eines kann kommen. Benennen Sie dieses um und importieren Sie es noch einmal.',
  printedNote:
    '{count, plural, one {Ein Badge stammt} other {# Badges stammen}} aus einer Antwort des Gateways: Kennungen, Zahlen und Ansprüche der Org werden nicht übernommen.',
  leftOutNote:
    '{count, plural, one {Eines kommt aus einer Listenantwort, die nichts über seine} other {# kommen aus einer Listenantwort, die nichts über ihre}} Grenzen, Schlagwörter und Vorteile sagt. Lesen Sie ein Badge über seine Kennung, um sie zu haben.',
  templateNote:
    'Das ist die Vorlage für viele. Sie hat keine Spalten für den Ablauf einer Einschreibung, Bilder, eigene Felder, Kassen, feste Fenster und das Datum oder die Dauer eines Ablaufs: Neuen Badges fehlen sie.',
  templateOpen:
    'Diese Datei hat die Kopfzeile der Vorlage des Herstellers, mit der viele Badges angelegt werden, eine Zeile je Badge. Die öffentliche Seite zeigt die Kopfzeile und eine Zeile und sagt nichts über die Zellen; was folgt, ist aus jener Zeile gelesen.',
  templateLimits:
    'Grenzen des Badges: Das k-te BADGE_ROLLING_WINDOW gehört zu rolltype k, rollvalue k und max earn limit k. Die Grenze insgesamt steht in „maxEarnLimit for badge“ und in „badge max earn limit4“, weil nicht gesagt ist, welche zählt. „earnType“ steht zweimal in der Kopfzeile und sagt zweimal dasselbe.',
  templateDates: 'Daten sind Sekunden seit 1970. Eigentümer stehen in einer Zelle, durch Kommas getrennt.',
  templateApostrophe:
    'Eine Zelle, die eine Tabellenkalkulation für eine Formel hielte, beginnt mit einem Apostroph. Nehmen Sie es weg, bevor die Datei in die Org geht.',
  lostClaims: 'Ansprüche stehen nicht darin.',
  lostArt: 'Der Entwurf des Bildes steht nicht darin; sichern Sie ihn als eigene Datei.',
  lostMigration: 'Dass es mit dem Migrations-Header gesendet wird, steht nicht darin.',
  lostCharacters:
    'Zeichen in „{column}“, die wirken, statt gezeigt zu werden, oder ein Apostroph am Anfang sind nicht, wie sie waren.',
  lostFraction: 'Der Bruchteil einer Sekunde in „{column}“ steht nicht darin.',
  lostEmptyTag: 'Ein leeres Schlagwort oder der Unterschied zwischen einem leeren Wert und keinem steht nicht darin.',
  lostEmptyGroup: 'Eine leere Gruppenkennung steht nicht darin.',
  lostTags:
    '{count, plural, one {Ein Schlagwort steht} other {# Schlagwörter stehen}} nicht darin: Die Vorlage hat drei.',
  lostIssuedExpiry: 'Wann eine Einschreibung endet, steht nicht darin.',
  lostExpiryDate: 'Das Datum, an dem eine Vergabe endet, steht nicht darin.',
  lostExpiryPeriod: 'Wie lange eine Vergabe dauert, steht nicht darin.',
  lostImages: 'Bilder stehen nicht darin.',
  lostTill: 'Die Kasse steht nicht darin.',
  lostBenefitTill: 'Die Kasse eines Vorteils steht nicht darin.',
  lostBenefits:
    '{count, plural, one {Ein Vorteil steht} other {# Vorteile stehen}} nicht darin: Die Vorlage hat drei, zwei davon Gutscheine und einen für Punkte.',
  lostCustomFields: 'Eigene Felder stehen nicht darin.',
  lostCustomerLimits:
    '{count, plural, one {Eine Grenze jedes Kunden steht} other {# Grenzen jedes Kunden stehen}} nicht darin: Wer das Badge daraus anlegt, legt es ohne an.',
  lostBadgeLimits:
    '{count, plural, one {Eine Grenze aller Kunden zusammen steht} other {# Grenzen aller Kunden zusammen stehen}} nicht darin: Wer das Badge daraus anlegt, legt es ohne an.',
  leftNoObject: 'Sein Text ist kein JSON-Objekt; exportieren Sie es als eigene Datei.',
  leftTooLong: 'Eines seiner Felder ist länger, als eine Zelle in Excel sein darf; exportieren Sie es als JSON.',
  leftUnreadable:
    'Es hat Fehler, mit denen sich die Vorlage nicht füllen lässt; beheben Sie sie zuerst, oder exportieren Sie es als JSON.',
  leftOne: '„{name}“ steht nicht darin. {reason}',
  otherEnding: '{name} muss auf {ending} enden. Geschrieben wurde nichts.',
  exportOpen: 'Badges exportieren …',
  exportCount: '{count, plural, one {# Badge exportieren …} other {# Badges exportieren …}}',
  exportKeywords: 'sichern Dateien json Liste excel csv Vorlage herunterladen',
  exportTitle: '{count, plural, one {# Badge exportieren} other {# Badges exportieren}}',
  exportHint:
    'Ansprüche und Bilder bleiben hier; alles andere, was ein Badge sagt, geht mit, soweit das Format es fasst.',
  format: 'Format',
  formatFiles: 'Je eine Datei',
  formatFilesHint: 'name.badge.json, wie Git und andere Programme sie mögen.',
  formatList: 'Eine JSON-Liste',
  formatListHint: 'Alle in einer Datei, wie sie geschrieben wurden.',
  formatWorkbook: 'Excel',
  formatWorkbookHint: 'Je eine Zeile und eine Spalte für jedes Feld. Kommt ohne Verlust zurück.',
  formatTemplate: 'Vorlage für viele (CSV)',
  formatTemplateHint: 'Die Kopfzeile des Herstellers. Wofür sie keine Spalte hat, wird mit Namen gesagt.',
  choosePlace: 'Ort wählen …',
  chooseFolder: 'Ein Ordner für Badge-Dateien',
  exporting: '{done, number} von {total, number} geschrieben',
  exported: '{count, plural, one {# Badge ist} other {# Badges sind}} in {name}.',
  notesBeside: 'Was die Vorlage nicht sagen kann, steht in {name}.',
  lossOf: '{what} ({count, plural, one {# Badge} other {# Badges}}: {names})',
  andMore: '{names} und {count, number} weitere',
  moreLines: '… und {count, number} weitere.',
  fileName: 'badges',
  noBadges: 'Es gibt noch kein Badge.',
  dropHere: 'Dateien fallen lassen, um Badges zu importieren: JSON, Excel oder CSV',
  importTitle: 'Badges importieren',
  importHint: 'Geschrieben wird nichts, bevor Sie bestätigen, und einmal Rückgängig nimmt alles zurück.',
  reading: '{done, number} Badges gelesen',
  comparing: '{done, number} von {total, number} verglichen',
  importing: '{done, number} von {total, number} importiert',
  countNew: '{count, plural, one {# neues Badge} other {# neue Badges}}',
  countSame: '{count, plural, one {# ist schon hier und sagt dasselbe} other {# sind schon hier und sagen dasselbe}}',
  countDiffers: '{count, plural, one {# ist hier und unterscheidet sich} other {# sind hier und unterscheiden sich}}',
  countUnread: '{count, plural, one {# ließ sich nicht lesen} other {# ließen sich nicht lesen}}',
  differingTitle: 'Badges, die sich unterscheiden',
  leave: 'So lassen',
  change: 'Ändern',
  differsIn: '{name}: {fields}',
  differsUnread: '{name}: Sein Text ist ein anderer',
  unreadOne: '{from}: {reason}',
  importGo: '{count, plural, one {# Badge importieren} other {# Badges importieren}}',
  nothingToImport: 'Es gibt nichts zu importieren.',
  readFirst: 'Die Dateien werden gelesen.',
  importStopped:
    '{reason} {count, plural, one {# Badge war gekommen und bleibt} other {# Badges waren gekommen und bleiben}}; Rückgängig nimmt es zurück.',
};
