import type { Catalogue } from '../message';

/** Aufzeichnungen einer Organisation, und wie getreu die Übungsorganisation wie sie antwortet. */
export const fidelity: Catalogue['fidelity'] = {
  noJson: '{name} ist kein JSON: {reason}. Es wurde nichts getan.',
  noRecording: '{name} ist keine Aufzeichnung: {reason}. Es wurde nichts getan.',
  unknownFile:
    '{name} enthält keine Aufrufe, die Laurel lesen kann. Laurel liest eigene Aufzeichnungen, HTTP-Archive (HAR), Läufe von newman und Bruno sowie Postman-Sammlungen mit gespeicherten Beispielen. Es wurde nichts getan.',
  noTimes:
    'In dieser Datei steht nirgends, wann ihre Aufrufe stattfanden, und die Regeln hängen von der Uhr ab. Zeichnen Sie mit einem Programm auf, das Zeiten oder den Date-Header der Antworten behält.',
  noCalls: 'Es ist kein Aufruf des Badge-Gateways darin.',
  setting: '{option}={value}',
  other: '{text}',
  stopped: 'Abgebrochen. Nichts wurde behalten.',

  replacedHeaders:
    '{count, plural, one {# Header mit Zugangsdaten wurde weggelassen} other {# Header mit Zugangsdaten wurden weggelassen}}',
  replacedSecrets: '{count, plural, one {# Geheimnis wurde ersetzt} other {# Geheimnisse wurden ersetzt}}',
  replacedCustomers: '{count, plural, one {# Kunde bekam eine andere Nummer} other {# Kunden bekamen andere Nummern}}',
  replacedEmails: '{count, plural, one {# E-Mail-Adresse wurde ersetzt} other {# E-Mail-Adressen wurden ersetzt}}',
  replacedIdentifiers:
    '{count, plural, one {# Mobilnummer, Karte oder andere Kennung wurde ersetzt} other {# Mobilnummern, Karten oder andere Kennungen wurden ersetzt}}',
  replacedPeople:
    '{count, plural, one {# Name oder Anschrift wurde ersetzt} other {# Namen oder Anschriften wurden ersetzt}}',
  leftOutElsewhere:
    '{count, plural, one {# Aufruf ging woandershin und wurde weggelassen} other {# Aufrufe gingen woandershin und wurden weggelassen}}',
  leftOutToken:
    '{count, plural, one {# Aufruf für ein Token wurde weggelassen} other {# Aufrufe für Tokens wurden weggelassen}}',
  leftOutPractice:
    '{count, plural, one {# Aufruf an die Übungsorganisation selbst wurde weggelassen} other {# Aufrufe an die Übungsorganisation selbst wurden weggelassen}}',
  leftOutNoRequest:
    '{count, plural, one {# Eintrag ist keine Anfrage und wurde weggelassen} other {# Einträge sind keine Anfragen und wurden weggelassen}}',

  reasonNoAnswer: 'es kam keine Antwort, also weiß niemand, ob er ausgeführt wurde',
  reasonOutage: 'der Server versagte, was keine Regel erklärt',
  reasonTooMany: 'das Gateway nahm eine Weile keine weiteren Aufrufe an',
  reasonNotAdmitted: 'der Aufrufer wurde nicht eingelassen',
  reasonOnTheWay: 'er wurde abgewiesen oder umgeleitet, bevor die Regeln ihn sahen',
  reasonNoEndpoint: 'die Übungsorganisation hat keinen solchen Endpunkt',
  reasonBodyMissing: 'was gesendet wurde, steht nicht in der Aufzeichnung',
  reasonAnswerMissing: 'was zurückkam, steht nicht in der Aufzeichnung',
  reasonNoJson: 'was zurückkam, ist kein JSON',
  reasonBadgeUnknown: 'das Badge gab es vor der Aufzeichnung, und sie zeigt es nirgends',
  reasonBadgePartly: 'das Badge gab es vor der Aufzeichnung, und sie zeigt nur einen Teil seiner Regeln',
  reasonHistory: 'was Kunden vor der Aufzeichnung von dem Badge hatten, ist nicht bekannt',
  reasonLostBefore:
    'ein früherer Aufruf, der das Badge geändert haben kann, hat keine Antwort, fehlt in der Aufzeichnung oder konnte nicht nachgespielt werden',
  reasonPeople:
    'nur die Organisation weiß, wer hinter einer E-Mail-Adresse, einer Mobilnummer, einer Karte oder einer externen Kennung steht',
  reasonRequestId: 'die Anfrage-ID kann vor der Aufzeichnung verwendet worden sein',
  reasonOtherBadges: 'es kann Badges geben, die die Aufzeichnung nicht zeigt',
  reasonCatalogue: 'Gruppen, eigene Felder oder Tag-Definitionen aus der Zeit vor der Aufzeichnung sind nicht bekannt',
  reasonAtOnce: 'ein anderer Aufruf änderte dasselbe Badge zur selben Zeit',

  title: 'Wie getreu die Übungsorganisation antwortet',
  kicker: 'Treuebericht',
  allSame:
    '{calls, plural, one {Die Übungsorganisation gibt die eine Antwort der Aufzeichnung} other {Die Übungsorganisation gibt alle # Antworten der Aufzeichnung}}.',
  someSame:
    'Keine Antwort weicht ab. {same, plural, one {# Antwort ist gleich} other {# Antworten sind gleich}}, {undecidable, plural, one {# lässt sich nicht entscheiden} other {# lassen sich nicht entscheiden}}.',
  differ:
    '{different, plural, one {# Antwort weicht} other {# Antworten weichen}} von denen der Übungsorganisation ab; {same, plural, one {# ist gleich} other {# sind gleich}}, {undecidable, plural, one {# lässt sich nicht entscheiden} other {# lassen sich nicht entscheiden}}.',
  explained: 'Alles wird erklärt durch {switches}.',
  explainedEither: 'Alles wird gleich gut erklärt durch {sets}. Diese Aufzeichnung lässt das nicht unterscheiden.',
  notExplained: 'Keine Einstellung der Schalter erklärt es.',
  closest:
    'Am nächsten kommt {switches}: {different, plural, one {# Antwort weicht} other {# Antworten weichen}} noch ab.',
  bounded: 'Nicht jede Einstellung wurde probiert: Die Aufzeichnung ist lang.',
  orBetween: '{one}; oder {other}',
  andBetween: '{one} und {other}',
  endpoints: 'Nach Endpunkt',
  columnEndpoint: 'Endpunkt',
  columnSame: 'Gleich',
  columnDifferent: 'Abweichend',
  columnUndecidable: 'Nicht entscheidbar',
  columnWhy: 'Was, oder warum',
  otherCalls: 'andere Aufrufe',
  example: 'Aufruf {call}, {path}: aufgezeichnet {recorded}, Übungsorganisation {practice}',
  isAbsent: 'nichts',
  count: '{count, number}',
  reasonCount: '{count, number}: {reason}',
  rules: 'Nach Regel',
  columnRule: 'Was die Dokumente offen lassen',
  columnValue: 'Einstellung',
  columnState: 'Was die Aufzeichnung sagt',
  stateHolds: 'gilt: Eine andere Einstellung würde Aufruf {call} anders beantworten',
  stateTurned: 'verstellt: {used} würde Aufruf {call} anders beantworten',
  stateTurnedAlone: 'verstellt, vorher {used}',
  stateEither: 'dies oder {values}: Die Aufzeichnung lässt es nicht unterscheiden',
  stateOpen: 'offen: Die Aufzeichnung sagt es nicht',
  differences: 'Abweichende Aufrufe',
  columnCall: 'Aufruf',
  columnPlace: 'Stelle',
  columnRecorded: 'Aufgezeichnet',
  columnPractice: 'Übungsorganisation',
  about: 'Über diesen Bericht',
  aboutText:
    'Die Aufrufe der Aufzeichnung wurden mit ihrer Uhr gegen eine Übungsorganisation gespielt, die in dem Zustand war, in dem die Aufzeichnung begann, soweit er bekannt ist. Antworten werden nach ihrer Bedeutung verglichen: IDs, die das Gateway vergibt, werden einander zugeordnet, Zeiten dürfen {seconds, number} s auseinander liegen, und Schlüssel kommen in beliebiger Reihenfolge; Status, Codes, Anzahlen und Schalter werden genau verglichen.',
  recordedBy: 'Aufgezeichnet von {program}, {calls, plural, one {# Aufruf} other {# Aufrufe}}.',
  zoneTold:
    'Gespielt in der Zeitzone {zone} oder einer, die dieselbe Zeit hat: Die Zeitangaben der Antworten sagen es.',
  zoneGiven: 'Gespielt in der Zeitzone {zone}.',
  switchesUsed: 'Gespielt mit {switches}.',
  moreDifferent:
    '{count, plural, one {# weiterer abweichender Aufruf steht} other {# weitere abweichende Aufrufe stehen}} im JSON von laurel replay.',

  chooseTitle: 'Eine Aufzeichnung wählen',
  chooseButton: 'Wählen',
  files: 'Aufzeichnungen und Archive',
  unreadable: '{name} kann nicht gelesen werden: {reason}. Es wurde nichts getan.',
  gone: 'Diese Aufzeichnung ist nicht mehr da. Lesen Sie sie noch einmal.',
  noConnection: 'Diese Verbindung gibt es nicht mehr.',
  action: 'Treue prüfen …',
  dialogTitle: 'Wie getreu antwortet die Übungsorganisation?',
  dialogLead:
    'Eine Aufzeichnung Ihrer Organisation wird gegen eine Übungsorganisation im Arbeitsspeicher gespielt. Jede Antwort wird nach ihrer Bedeutung verglichen, und die Schalter, die eine Abweichung erklären, werden genannt. Gesendet wird nichts.',
  chooseFile: 'Datei wählen …',
  chooseHint:
    'Ein Archiv eines Browsers oder Proxys (HAR), ein Lauf von newman oder Bruno, eine Postman-Sammlung oder eine Aufzeichnung. Die Datei kann auch hierher gezogen werden.',
  dropHint: 'Loslassen, um sie zu lesen',
  ofOrg: 'Was Laurel an {name} gesendet hat',
  orFromOrg: 'Oder nehmen, was Laurel selbst gesendet hat',
  readingFile: 'Wird gelesen; Geheimnisse und Kunden werden ersetzt …',
  callsRead: '{calls, plural, one {# Aufruf} other {# Aufrufe}} aus {name}',
  kept: 'Geheimnisse und Kunden',
  nothingReplaced: 'Nichts musste ersetzt werden.',
  lookThrough:
    'Namen und Texte von Badges bleiben, wie sie sind. Sehen Sie eine Aufzeichnung durch, bevor Sie sie weitergeben.',
  play: 'Vergleichen',
  playing: '{done, number} von {total, number} Aufrufen wurden gespielt …',
  trying: 'Schalter werden probiert: {done, number} …',
  saveRecording: 'Aufzeichnung speichern …',
  saveReport: 'Bericht speichern …',
  recordingName: '{name}.recording.json',
  reportName: 'Treue von {name}.html',
  saved: '{name} wurde gespeichert.',
  another: 'Andere Aufzeichnung',
  turnPractice: 'Übungsorganisation so einstellen',
  turned: 'Die Übungsorganisation hat jetzt {switches}.',

  probeOdd: 'Aufruf {call} wurde so beantwortet, wie keine Lesart der Regeln es erklärt ({status})',
  probeLost: 'Antworten gingen immer wieder verloren',
  probeMidnight: 'es ist in {zone} zu nah an Mitternacht, um Kalendertage von Stunden zu unterscheiden',
  probeImports:
    'importierte Vergaben behalten hier ihre Zeit nicht (Aufruf {call}), und ohne sie müssten zwei Tage vergehen',
  probeNoCarrier: 'kein bekannter Eigentümertyp vergibt ohne Anspruch',
  probeStopped:
    'Abgebrochen. Badges, die dabei entstanden, heißen Laurel probe … und stehen unter Aktivität oder in der Liste der Badges.',
  purpose: 'Befragen',
};
