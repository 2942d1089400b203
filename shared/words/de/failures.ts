import type { Catalogue } from '../message';

export const failures: Catalogue['failures'] = {
  withAdvice: '{title}. {advice}',
  withReasons: '{title}: {reasons}.',

  invalidInput: 'Das konnte nicht übernommen werden',
  invalidInputAdvice: 'Prüfen Sie die Eingabe und versuchen Sie es erneut.',
  notFound: 'Das ist nicht mehr da',
  notFoundAdvice: 'Es wurde inzwischen vielleicht gelöscht. Gehen Sie zurück zur Liste.',
  conflict: 'Das wurde anderswo geändert',
  conflictAdvice: 'Die neueste Fassung ist gespeichert. Laden Sie sie und ändern Sie noch einmal.',
  offline: 'Keine Verbindung',
  offlineAdvice: 'Prüfen Sie das Netzwerk und versuchen Sie es erneut. Nichts ging verloren.',
  unauthorized: 'Die Organisation hat die Anmeldung nicht angenommen',
  unauthorizedAdvice: 'Prüfen Sie die Zugangsdaten in den Einstellungen.',
  rejected: 'Die Regeln lehnen das ab',
  rejectedAdvice: 'Jeder Grund ist mit seinem Code genannt.',
  cancelled: 'Abgebrochen',
  cancelledAdvice: 'Was fertig war, bleibt; der Rest wurde nicht angefasst.',
  databaseNewer: 'Dieser Arbeitsbereich stammt von einem neueren Laurel',
  databaseNewerAdvice:
    'Aktualisieren Sie Laurel oder öffnen Sie einen anderen Arbeitsbereich. Die Datei wurde nicht angefasst.',
  database: 'Die Datei des Arbeitsbereichs konnte nicht verwendet werden',
  databaseAdvice: 'Prüfen Sie freien Platz und Rechte des Ordners und versuchen Sie es erneut.',
  backendLost: 'Der Hintergrundprozess von Laurel ist stehen geblieben',
  backendLostAdvice: 'Er wird neu gestartet. Was gespeichert war, ist sicher.',
  internal: 'In Laurel ist etwas schiefgegangen',
  internalAdvice: 'Was gespeichert war, ist sicher. Einzelheiten stehen in der Protokolldatei.',

  asSaid: '{text}',
  cancelledNow: 'Dies wurde abgebrochen.',
  ownFault:
    'Laurel ist hier auf einen eigenen Fehler gestoßen. Was vorher gespeichert war, ist sicher. Versuchen Sie es noch einmal; geschieht es wieder, starten Sie Laurel neu und schicken Sie uns die Protokolldatei.',
  noCall: 'Das Fenster hat etwas gesendet, das kein Aufruf ist. Es wurde nichts getan.',
  noMethod: 'Eine Methode „{name}“ gibt es nicht. Es wurde nichts getan.',
  unfit: '{reason}. Es wurde nichts getan.',
  unfitInput: 'Es passt nicht',
  notSendable: 'Das kann nicht gesendet werden: {reason}. Es wurde nichts getan.',
  lostTwice:
    'Der Hintergrundprozess von Laurel ist zweimal stehen geblieben. Alles Gespeicherte ist sicher. Starten Sie ihn neu; hilft das nicht, steht im Protokollordner, was geschehen ist.',
  couldNotStart: 'Laurel konnte nicht starten',
  couldNotStartBecause: '{reason}\n\nEs wurde nichts geändert.',
  windowStopped: 'Das Fenster von Laurel ist zweimal stehen geblieben',
  windowStoppedSafe: 'Alles Gespeicherte ist sicher; sonst wurde nichts geändert.',
  openWindowAgain: 'Fenster wieder öffnen',
  windowStopsAgain: 'Geschieht es noch einmal, beenden Sie Laurel und starten Sie es neu.',
  cancelledBeforeBegin: 'Das wurde abgebrochen, bevor es begann.',
  backendStopped:
    'Der Hintergrundprozess von Laurel ist stehen geblieben, bevor er antworten konnte. Alles vorher Gespeicherte ist sicher, und Begonnenes wurde ganz zurückgenommen. Versuchen Sie es erneut.',
};
