import type { Catalogue } from '../message';

export const inWindow: Catalogue['inWindow'] = {
  amountFaultAmbiguous: 'lässt sich mit Dezimalpunkt und mit Dezimalkomma lesen: Wählen Sie, was in der Datei gilt',
  dateAmbiguous:
    '„{cell}“ kann Tag-Monat oder Monat-Tag sein: Wählen Sie die Reihenfolge der Daten, oder schreiben Sie {dayFirst} oder {monthFirst}',
  dateDayFirst:
    '„{cell}“ hat den Tag vorn, und von der Spalte hat das niemand gesagt: Wählen Sie die Reihenfolge der Daten, oder schreiben Sie {example}',
  dateMonthFirst:
    '„{cell}“ hat den Monat vorn, und von der Spalte hat das niemand gesagt: Wählen Sie die Reihenfolge der Daten, oder schreiben Sie {example}',
  dateNoZone:
    '„{cell}“ hat keine Zeitzone: Schreiben Sie Z oder einen Abstand wie +05:30 ans Ende, oder wählen Sie die Zeitzone der Daten',
  dateMilliseconds:
    '„{cell}“ sieht nach Millisekunden aus, nicht nach Sekunden: Wählen Sie, wie die Daten geschrieben sind',
  dateCompact: '„{cell}“ sieht nach einem Datum ohne Trennzeichen aus: Wählen Sie, wie die Daten geschrieben sind',
  dateEpochMilliseconds: '„{cell}“ sieht nach Millisekunden seit 1970 aus: Wählen Sie, wie die Daten geschrieben sind',
  dateExcel: '„{cell}“ sieht nach einem Excel-Datum aus ({meant}): Wählen Sie, wie die Daten geschrieben sind',
  dateCountsDays:
    '„{cell}“ ist eine Zahl und kein Zeitpunkt: Als Sekunden gelesen läge sie im Jahr {year}. Die Spalte zählt vielleicht Tage: Wählen Sie, wie die Daten geschrieben sind',
  sayWhich: '{name}: {question} Wählen Sie es oben. Es wurde nichts ausgegeben.',
};
