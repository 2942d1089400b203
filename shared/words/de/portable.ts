import type { Catalogue } from '../message';

export const portable: Catalogue['portable'] = {
  heading: 'Alles als einfache Dateien',
  lead: 'Der ganze Arbeitsbereich in einem Archiv oder in einem Ordner: Badges, Ansprüche, Szenarien und Ergebnisse als JSON, Anfragen mit jedem Ausgang und das Protokoll der Übertragungen als CSV. Ohne Zugangsdaten. Es lässt sich in einen leeren Arbeitsbereich einlesen.',
  export: 'Alles exportieren …',
  exportFolder: 'In einen Ordner exportieren …',
  exportFolderTitle: 'Wählen, wo der Ordner des Exports liegen soll',
  exportFolderButton: 'Hierher exportieren',
  exporting: 'Export: {done, number} von {total, number} Zeilen',
  exported: 'Exportiert: {files, plural, one {# Datei} other {# Dateien}} in {name}.',
  import: 'Importieren …',
  importFolder: 'Aus einem Ordner importieren …',
  importing: 'Import: {done, number} von {total, number} Zeilen',
  importTitle: 'Einen Export von Laurel wählen',
  importButton: 'Importieren',
  importFiles: 'Exporte',
  imported: 'Der Export wurde eingelesen. Der Zustand davor steht in der Liste der Sicherungen.',
  importCancelled: 'Abgebrochen. Es wurde nichts importiert.',
  notEmpty:
    'In diesem Arbeitsbereich ist schon etwas, das ein Import ersetzen würde. Es wurde nichts importiert. Importieren Sie in einen leeren Arbeitsbereich.',
  folderTaken:
    '{name} gibt es schon, und der Ordner ist nicht leer. Es wurde nichts geschrieben. Nennen Sie einen neuen Ordner.',
  tooLargeForZip:
    'So viel fasst ein ZIP-Archiv nicht. Es wurde keine Datei geschrieben. Exportieren Sie stattdessen in einen Ordner.',
  notExported: 'Der Arbeitsbereich konnte nicht exportiert werden: {reason}. Es blieb nichts zurück.',
  notImported: 'Der Export konnte nicht eingelesen werden: {reason}. Der Arbeitsbereich ist, wie er war.',
  noExport: 'Das ist kein Export von Laurel, oder sein Verzeichnis ist beschädigt. Es wurde nichts importiert.',
  noZip: 'Das ist kein ZIP-Archiv von Laurel, oder sein Ende fehlt. Es wurde nichts importiert.',
  newer:
    'Laurel {version} hat diesen Export geschrieben, und dieses hier ist älter. Es wurde nichts importiert. Aktualisieren Sie Laurel zuerst.',
  missing: '{name} fehlt im Export. Es wurde nichts importiert. Nehmen Sie den ganzen Export.',
  changed:
    '{name} wurde seit dem Export geändert. Es wurde nichts importiert. Nehmen Sie den Export, wie er war; einzelne Badges und Szenarien lassen sich als Dateien öffnen.',
  unreadable: 'Der Export lässt sich nicht lesen: {what}. Es wurde nichts importiert.',
};
