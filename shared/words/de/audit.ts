import type { Catalogue } from '../message';

/** Prüfpakete von Live-Aufträgen und Übertragungen. */
export const audit: Catalogue['audit'] = {
  packPushName: 'Prüfpaket Übertragung an {org}.zip',
  packPushNote:
    'Wer, wann, welcher Plan, die Badges, wie sie waren, und jede Anfrage mit ihrer Antwort. laurel verify findet ein geändertes Byte.',
  noPush: 'Eine solche Übertragung gibt es in diesem Arbeitsbereich nicht. Es wurde kein Prüfpaket geschrieben.',
  pushGivenUp:
    'Die Anfragen dieser Übertragung sind nicht mehr da: Wie lange Aktivität bleibt, steht in den Einstellungen. Es wurde kein Prüfpaket geschrieben.',
  pack: 'Prüfpaket …',
  packName: 'Prüfpaket {badge} in {org}.zip',
  packNote:
    'Wer, wann, welche Datei, das Badge, wie es war, jede Anfrage mit ihrer Antwort und jeder Kunde mit der Anfrage, die ihn bedient hat. laurel verify findet jedes geänderte Byte.',
  settingsHeading: 'Prüfpakete',
  settingsLead:
    'Die Pakete von Live-Aufträgen und Übertragungen nennen, wer sie gestartet hat: Ihr Konto auf diesem Computer und diesen Namen.',
  name: 'Ihr Name',
  nameHint:
    'Zum Beispiel „Ada Beispiel, Treueprogramm“. Er gilt für Aufträge und Übertragungen, die ab jetzt gestartet werden.',
  nameSave: 'Speichern',
  nameSaved: 'Aufträge und Übertragungen, die ab jetzt gestartet werden, nennen {name}.',
  nameEmpty: 'Aufträge und Übertragungen, die ab jetzt gestartet werden, nennen nur Ihr Konto.',
  packed: 'Das Prüfpaket steht in {name}.',
  notPacked: 'Das Prüfpaket konnte nicht geschrieben werden: {reason}. Nichts ist davon zurückgeblieben.',
  stopped: 'Abgebrochen. Das Prüfpaket wurde nicht bis zum Ende geprüft.',
  reading:
    'Die Kunden dieses Auftrags werden noch gelesen. Warten Sie, bis seine erste Anfrage gesendet ist, und packen Sie ihn dann.',
  tooLarge:
    'Ein Zip kann dieses Prüfpaket nicht fassen. Es wurde keine Datei geschrieben. Packen Sie es in einen Ordner; das tut laurel audit auf der Befehlszeile.',
  changed: 'ihre Bytes sind nicht die, die das Verzeichnis nennt',
  missing: 'sie fehlt',
  unexpected: 'sie ist zu viel: das Verzeichnis nennt sie nicht',
  link: 'sie ist keine eigene Datei, sondern ein Verweis, ein Ordner oder ein Gerät',
  noManifest:
    'sie lässt sich nicht als Verzeichnis eines Prüfpakets lesen, oder ist nicht so, wie Laurel sie geschrieben hat',
  noArchive: 'das Archiv ist beschädigt oder keines, das Laurel geschrieben hat',
  archiveBytes: 'die Bytes des Archivs um seine Dateien herum sind nicht die, die Laurel geschrieben hat',
  tooLong: 'sie ist länger als jedes Verzeichnis eines Prüfpakets',
  unreadable: 'sie kann nicht gelesen werden ({reason})',
};
