import type { Catalogue } from '../message';

/** Der Ordner des Arbeitsbereichs. */
export const folder: Catalogue['folder'] = {
  tooMany: 'Darin liegen mehr als {most, number} Dateien von Badges. Wählen Sie nur den Ordner der Badges.',
  noText: 'sie ist weder UTF-8- noch UTF-16-Text',
  stillWritten: 'sie wird gerade geschrieben',
  artInTheWay:
    'die Datei einer anderen Gestaltung liegt dort, wohin die dieses Badges käme. Benennen Sie jene um, oder entfernen Sie sie.',
  label: 'Aus dem Ordner: {file}',
  noLongerDiffers: 'Entwurf und Datei unterscheiden sich dort nicht mehr. Sehen Sie noch einmal nach.',
  leaveFirst: 'Dieser Arbeitsbereich arbeitet mit einem anderen Ordner. Beenden Sie das zuerst.',
  unread: '{folder} lässt sich nicht verwenden: {reason}.',
  wholeDrive: 'das ist ein ganzes Laufwerk. Wählen Sie einen Ordner darauf',
  notTrashed: '{name} bleibt hier: {reason}',
  key: 'Feld „{key}“',
  design: 'Eine Gestaltung',
  art: 'Gestaltung',
};
