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
  isNoBadges: '{name} ist {what}. Badges kommen aus JSON, Excel oder CSV.',
  isNoBadge: 'Das ist kein Objekt und damit kein Badge.',
  nothingInIt: 'Es steht kein Badge darin.',
  noColumns:
    'Die Spalten einer Tabelle von Badges fehlen. Exportieren Sie ein Badge als Excel oder als Vorlage für viele, um sie zu sehen.',
  badRow: 'Die Zeile ist länger als ein Megabyte, oder ein Anführungszeichen darin wird nicht geschlossen.',
  tooMany: 'Das sind mehr als {most, number} Badges. Importieren Sie sie in Teilen.',
  severalOfName: 'Mehrere Badges heißen hier so.',
  printedNote:
    '{count, plural, one {Ein Badge stammt} other {# Badges stammen}} aus einer Antwort des Gateways: Kennungen, Zahlen und Ansprüche der Org werden nicht übernommen.',
  leftOutNote:
    '{count, plural, one {Eines kommt aus einer Listenantwort, die nichts über seine} other {# kommen aus einer Listenantwort, die nichts über ihre}} Limits, Schlagwörter und Vorteile sagt. Lesen Sie ein Badge über seine Kennung, um sie zu haben.',
  templateNote:
    'Das ist die Vorlage für viele. Sie hat keine Spalten für den Ablauf einer Einschreibung, Bilder, eigene Felder, Kassen, feste Fenster und das Datum oder die Dauer eines Ablaufs: Neuen Badges fehlen sie.',
  templateOpen:
    'Diese Datei hat die Kopfzeile der Vorlage des Herstellers, mit der viele Badges angelegt werden, eine Zeile je Badge. Die öffentliche Seite zeigt die Kopfzeile und eine Zeile und sagt nichts über die Zellen; was folgt, ist aus jener Zeile gelesen.',
  templateLimits:
    'Limits des Badges: Das k-te BADGE_ROLLING_WINDOW gehört zu rolltype k, rollvalue k und max earn limit k. Das Limit insgesamt steht in „maxEarnLimit for badge“ und in „badge max earn limit4“, weil nicht gesagt ist, welches zählt. „earnType“ steht zweimal in der Kopfzeile und sagt zweimal dasselbe.',
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
    '{count, plural, one {Ein Limit jedes Kunden steht} other {# Limits jedes Kunden stehen}} nicht darin: Wer das Badge daraus anlegt, legt es ohne an.',
  lostBadgeLimits:
    '{count, plural, one {Ein Limit aller Kunden zusammen steht} other {# Limits aller Kunden zusammen stehen}} nicht darin: Wer das Badge daraus anlegt, legt es ohne an.',
  leftNoObject: 'Sein Text ist kein JSON-Objekt; exportieren Sie es als eigene Datei.',
  leftTooLong: 'Eines seiner Felder ist länger, als eine Zelle in Excel sein darf; exportieren Sie es als JSON.',
  leftUnreadable:
    'Es hat Fehler, mit denen sich die Vorlage nicht füllen lässt; beheben Sie sie zuerst, oder exportieren Sie es als JSON.',
  leftOne: '„{name}“ steht nicht darin. {reason}',
  otherEnding: '{name} muss auf {ending} enden. Geschrieben wurde nichts.',
};
