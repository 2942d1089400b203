import type { Catalogue } from '../message';

export const tableFiles: Catalogue['tableFiles'] = {
  none: '{name} kann nicht gelesen werden: Dort ist keine Datei mit Zeilen. Dateien, deren Name mit einem Punkt oder Unterstrich beginnt, zählen nicht.',
  tooMany: 'Unter {folder} liegen mehr als {most} Dateien. Nennen Sie mit einem Muster wie 2025-*.csv weniger davon.',
  leadsOut:
    '{name} ist ein Verweis auf eine Datei außerhalb seines Ordners und wird nicht gelesen. Legen Sie die Datei selbst dorthin.',
  mixed:
    '{name} enthält Dateien verschiedener Art, die keine gemeinsame Tabelle ergeben: {first} und {other}. Nennen Sie mit einem Muster wie *.parquet die einer Art.',
  workbooks: '{name} enthält mehrere Excel-Mappen. Wählen Sie eine davon, oder speichern Sie sie als CSV.',
  headerMissing:
    '{file} hat keine Kopfzeile, andere Dateien der Tabelle haben eine. Geben Sie allen dieselbe Kopfzeile, oder lassen Sie diese mit einem Muster weg.',
  otherColumns:
    '{file} hat keine Spalte von {first}; beide ergeben keine gemeinsame Tabelle. Lassen Sie sie mit einem Muster wie 2025-*.csv weg.',
  otherWidth: '{file} hat eine andere Zahl von Spalten als {first}, und keine der beiden hat eine Kopfzeile.',
  lacks: '{file} fehlt {columns}: Diese Zellen sind dort leer',
  nested: '{column} enthält Listen oder Strukturen, also keine einzelnen Werte: Ihre Zellen gelten als leer',
  unclosed:
    '{file}: {count, plural, one {ein Anführungszeichen wurde} other {# Anführungszeichen wurden}} geöffnet und nie geschlossen und als Zeichen gelesen',
  encrypted: '{name} ist eine verschlüsselte Parquet-Datei. Exportieren Sie die Tabelle unverschlüsselt.',
  brokenParquet:
    '{name} ist eine Parquet-Datei, die nicht gelesen werden kann: Sie ist beschädigt oder wurde nicht zu Ende geschrieben. Exportieren Sie sie noch einmal.',
  groupsTooLarge:
    '{name} ist eine Parquet-Datei, deren Zeilengruppen nicht in den Speicher passen. Exportieren Sie sie mit kleineren Zeilengruppen oder als CSV.',
  noParquetReader:
    'Parquet-Dateien können auf diesem Rechner nicht gelesen werden: {reason}. Exportieren Sie die Tabelle als CSV.',
  diskFull:
    '{name} konnte nicht gelesen werden: Der Datenträger ist voll. Schaffen Sie Platz, und versuchen Sie es noch einmal.',
  noRoom:
    'Das Lesen braucht vorübergehend {needed} GB in {folder}, wo {free} GB frei sind. Schaffen Sie dort Platz, oder nennen Sie mit TMPDIR einen Ordner mit mehr Platz.',
};
