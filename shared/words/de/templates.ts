import type { Catalogue } from '../message';

export const templates: Catalogue['templates'] = {
  keepThis: 'Als Vorlage behalten …',
  keywords: 'vorlage wiederverwenden muster speichern kopieren teilen',
  keepTitle: 'Als Vorlage behalten',
  about:
    'Seine Grenzen, Daten, Schlagwörter und Gestaltung werden ein Anfang für neue Badges in diesem Arbeitsbereich. Ansprüche und Vergaben gehören nicht dazu.',
  aboutFolder:
    'Seine Grenzen, Daten, Schlagwörter und Gestaltung werden ein Anfang für neue Badges, als Datei im Ordner des Arbeitsbereichs für alle, die ihn teilen. Ansprüche und Vergaben gehören nicht dazu.',
  name: 'Name der Vorlage',
  keep: 'Behalten',
  replace: 'Die dieses Namens ersetzen',
  enterName: 'Geben Sie zuerst einen Namen ein.',
  taken: 'Es gibt schon eine Vorlage „{name}“.',
  tooMany: 'Es gibt schon {most, number} Vorlagen. Löschen Sie zuerst eine.',
  gone: 'Diese Vorlage ist nicht mehr da.',
  kept: 'Die Vorlage „{name}“ ist gespeichert.',
  removed: 'Die Vorlage „{name}“ wurde gelöscht. Badges, die daraus entstanden, bleiben.',
  yours: 'Ihre Vorlagen',
  ready: 'Vorlagen, die Laurel mitbringt',
  inFolder: 'Im Ordner des Arbeitsbereichs',
  remove: 'Die Vorlage „{name}“ löschen',
  removeText: 'Badges, die daraus entstanden, bleiben.',
  removeFileText:
    'Ihre Datei verschwindet aus dem Ordner des Arbeitsbereichs, für alle, die ihn teilen. Badges, die daraus entstanden, bleiben.',
  datesMove: 'Ein Badge aus einer davon beginnt in der Zukunft: Seine Daten werden um ganze Wochen verschoben.',
  notRead: '{file} liegt im Ordner der Vorlagen und lässt sich nicht verwenden: {reason}.',
  notLoaded: 'Ihre Vorlagen ließen sich nicht lesen: {reason}',
  draftUnreadable:
    'Der Text dieses Badges ist noch kein JSON-Objekt. Bringen Sie ihn zuerst in Ordnung; dann lässt er sich als Vorlage behalten.',
  noTemplate: 'sie ist keine Vorlage',
  newer: 'eine neuere Version von Laurel hat sie geschrieben',
  tooLarge: 'die Vorlagen davor haben schon 200 MB',
  incomplete: 'ihr Name oder ihr Badge fehlt',
  notWritten: 'Die Vorlage wurde nicht in den Ordner des Arbeitsbereichs geschrieben: {reason}.',
  notDeleted: 'Die Vorlage wurde nicht gelöscht: {reason}.',
};
