import type { Catalogue } from '../message';

export const jobs: Catalogue['jobs'] = {
  oddUnreadable:
    'antwortet nicht wie ein Badge-Gateway; was es antwortet, lässt sich nicht lesen. Es wird nichts mehr gesendet, weil niemand weiß, was aus der letzten Anfrage wurde. Fragen Sie, wer die Organisation betreibt, und fahren Sie dann fort.',
  odd: 'antwortet nicht wie ein Badge-Gateway; es antwortet: {said} Es wird nichts mehr gesendet, weil niemand weiß, was aus der letzten Anfrage wurde. Fragen Sie, wer die Organisation betreibt, und fahren Sie dann fort.',
  fruitless:
    'hält eine neue Anfrage nach der anderen für schon erledigt oder übergeht die Kunden und gibt niemandem etwas. Es wird nichts mehr gesendet; {count, number} Kunden der letzten Anfrage haben nichts. Fragen Sie, wer die Organisation betreibt, und fahren Sie dann fort.',
  doubt: '{org} {doubt}',
  goesOn: '{sentence} Der Auftrag geht von selbst weiter, wenn die Organisation antwortet.',
  notSentStopped: 'Nicht gesendet: Der Auftrag hielt vorher an.',
  notSentReading: 'Nicht gesendet: Zuerst werden die Kunden gelesen.',
  cancelled: 'Abgebrochen; was bis dahin nicht gesendet war, wurde nicht gesendet.',
  cannotBeRead: 'was es antwortet, lässt sich nicht lesen',
  doesNotTell:
    '{org} sagt nicht, was Kunde {customer} hat: {said}. Es wird nichts mehr gesendet, weil niemand sagen könnte, ob etwas doppelt vergeben wird. Setzen Sie den Auftrag fort, wenn die Organisation wieder Auskunft gibt.',
  connectionDeleted: 'Die Verbindung dieses Auftrags wurde gelöscht.',
  cutShort:
    'Laurel wurde beendet, während die Kunden gelesen wurden. Nichts wurde gesendet; starten Sie den Auftrag noch einmal.',
  fault:
    'Laurel stieß auf einen eigenen Fehler. Was gesendet und beantwortet wurde, ist noch da; setzen Sie fort. Das Protokoll enthält die Einzelheiten.',
  notWrittenDown:
    'Laurel konnte nicht festhalten, wie der Auftrag läuft. {wayOut} Was gesendet und beantwortet wurde, ist noch da; setzen Sie fort.',
  notAllNoted:
    'Es konnten nicht alle Kunden notiert werden. {why} Nichts wurde gesendet; starten Sie den Auftrag noch einmal.',
  ownFault: 'Laurel stieß auf einen eigenen Fehler; das Protokoll enthält die Einzelheiten.',
  itsConnectionDeleted: 'Die Verbindung wurde gelöscht.',
  cancelledUnread: 'Abgebrochen. Nichts wurde gesendet.',
  customersUnreadable:
    'Die Kunden ließen sich nicht lesen: Die Datei wurde verschoben oder gelöscht, oder Sie dürfen sie nicht lesen. Nichts wurde gesendet.',
  rivalEnrols:
    'Ein anderer Auftrag schreibt dort Kunden in {badge} ein und ist noch nicht zu Ende: Nach einer Störung könnte niemand sagen, welche Einträge von wem sind. Nichts wurde gesendet; lassen Sie ihn enden, oder brechen Sie ihn zuerst ab.',
  rivalAwards:
    'Ein anderer Auftrag vergibt dort {badge} und ist noch nicht zu Ende: Nach einer Störung könnte niemand sagen, welche Einträge von wem sind. Nichts wurde gesendet; lassen Sie ihn enden, oder brechen Sie ihn zuerst ab.',
  rivalTakesBack:
    'Ein anderer Auftrag nimmt dort {badge} zurück und ist noch nicht zu Ende. Nichts wurde gesendet; lassen Sie ihn enden, oder brechen Sie ihn zuerst ab.',
  rivalImports:
    'Ein anderer Auftrag importiert dort Vergaben von {badge} und ist noch nicht zu Ende: Nach einer Störung könnte niemand sagen, welche Einträge von wem sind. Nichts wurde gesendet; lassen Sie ihn enden, oder brechen Sie ihn zuerst ab.',
  importMoved:
    'Was importiert würde, ist nicht mehr das, was Ihnen gezeigt wurde. Nichts wurde gesendet; sehen Sie es noch einmal durch, und starten Sie neu.',
  awardsDamaged:
    'Es lässt sich nicht mehr lesen, was dieser Auftrag importiert: Der Arbeitsbereich ist dort beschädigt. Nichts wird mehr gesendet; was geschrieben ist, bleibt notiert. Brechen Sie den Auftrag ab, und starten Sie einen anderen: Er lässt aus, was Kunden bis dahin haben.',
  takeBackMoved:
    'Was zurückgenommen würde, ist nicht mehr das, was Ihnen gezeigt wurde. Nichts wurde gesendet; sehen Sie es noch einmal durch, und starten Sie neu.',
  recordsDamaged:
    'Es lässt sich nicht mehr lesen, was dieser Auftrag zurücknimmt: Der Arbeitsbereich ist dort beschädigt. Nichts wird mehr gesendet; was widerrufen ist, bleibt notiert. Brechen Sie den Auftrag ab, und starten Sie einen anderen.',
  liveReading: 'Die Kunden werden gelesen; noch ist nichts gesendet.',
  nothingSent: 'Nichts wurde gesendet.',
  noSuchBadge: '{org} hat kein solches Badge. Nichts wurde gesendet; rufen Sie ab, um zu sehen, was dort ist.',
  madeUp:
    'Diese Simulation hat ihre Kunden erfunden, und {org} hat unter diesen Nummern andere Leute. Nichts wurde gesendet; spielen Sie eine Datei mit echten Kunden nach, oder gehen Sie zu einer Übungsorganisation.',
  unknownState:
    'Dieser Auftrag steht auf „{state}“, was diese Version von Laurel nicht kennt. Für ihn wird nichts gesendet.',
  fileUnreadable: '{name} lässt sich nicht lesen: {reason}. Nichts wurde gesendet.',
  fileAmbiguous: '{name}: {question} Wählen Sie es aus, wenn Sie den Auftrag neu starten. Nichts wurde gesendet.',
  tooManyCustomers:
    'Ein Auftrag kann bis zu {most, number} Kunden nennen, und es sind mehr. Nichts wurde gesendet. Teilen Sie sie auf mehrere Aufträge auf.',
  customersUnreadableBecause: 'Die Kunden ließen sich nicht lesen: {reason}. Nichts wurde gesendet.',
  requestGone: 'Diese Anfrage steht nicht im Verlauf dieses Arbeitsbereichs. Nichts wurde gesendet.',
  resultGone: 'Dieses Simulationsergebnis wird in diesem Arbeitsbereich nicht aufbewahrt. Nichts wurde gesendet.',
  orgLocked: 'Angehalten, weil die Organisation gesperrt wurde.',
  notIn: '{rule} {state} Nichts wurde geändert.',
  onlyPausedResumes: 'Nur ein angehaltener Auftrag lässt sich fortsetzen.',
  onlyEndedRetries: 'Abgelehnte Kunden können erneut versucht werden, sobald der Auftrag fertig oder angehalten ist.',
  refusedWhole:
    '{org} hat alle einer Anfrage aus demselben Grund abgelehnt: {reason}. Es wird nichts mehr gesendet, bis Sie entscheiden: Beheben Sie die Ursache und versuchen Sie die abgelehnten noch einmal, machen Sie mit den übrigen weiter, oder brechen Sie den Auftrag ab.',
  noneToRetry:
    '{org} würde sie alle aus demselben Grund wieder ablehnen. Es wurde nichts geändert; starten Sie einen anderen Auftrag, sobald etwas daran anders ist.',
  missedShut:
    'Er sollte um {time} starten, und Laurel lief da nicht. Nichts wurde gesendet, weil ein später Start falsch sein kann: Setzen Sie ihn jetzt fort, wählen Sie eine andere Zeit, oder brechen Sie ihn ab.',
  missedAsleep:
    'Er sollte um {time} starten, und dafür ist es zu spät: dieser Rechner schlief, seine Uhr wurde gestellt, oder die Kunden wurden noch gelesen. Nichts wurde gesendet, weil ein später Start falsch sein kann: Setzen Sie ihn jetzt fort, wählen Sie eine andere Zeit, oder brechen Sie ihn ab.',
  refusedAtStart:
    'Er sollte von selbst starten, und {org} würde jetzt jede Zeile ablehnen: {finding} Nichts wurde gesendet. Beheben Sie das und setzen Sie ihn fort, oder brechen Sie ihn ab.',
  timeIsOver: 'Diese Zeit ist vorbei. Nichts wurde gesendet; wählen Sie eine, die noch kommt, oder starten Sie jetzt.',
  onlyPausedWaits: 'Nur ein Auftrag, der wartet oder angehalten ist, kann zum Warten gestellt werden.',
  onlyWaitingBegins: 'Nur ein Auftrag, der wartet, kann gestartet werden.',
  onlyWaitingMoves: 'Nur ein Auftrag, der auf seine Reihe wartet, hat einen Platz unter anderen.',
  onlyUnsentTakenOut:
    'Nur ein Auftrag, der wartet, von dem nichts gesendet wurde und dessen Formular aufbewahrt ist, kann ins Formular zurück.',
  takenOut: 'Herausgenommen und zurück im Formular. Nichts wurde gesendet.',
  isQueued: 'Dieser wartet auf seine Reihe oder seine Zeit.',
  isRunning: 'Dieser läuft.',
  isPaused: 'Dieser ist angehalten.',
  isWaiting: 'Dieser wartet auf die Organisation.',
  isDone: 'Dieser ist fertig.',
  isCancelled: 'Dieser ist abgebrochen.',
  otherNotOver: 'Ein anderer Auftrag über {name} ist nicht zu Ende; lassen Sie ihn zuerst enden.',
};
