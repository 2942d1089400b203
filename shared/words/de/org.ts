import type { Catalogue } from '../message';

export const org: Catalogue['org'] = {
  lessOften: '{host} bittet, seltener aufgerufen zu werden.',
  redirect:
    '{host} antwortete mit einer Weiterleitung. Laurel folgt ihr nicht, damit die Zugangsdaten nirgends sonst hingehen. Prüfen Sie die Adresse.',
  redirectToPage:
    '{host} antwortete mit einer Weiterleitung zu einer anderen Seite. Laurel folgt ihr nicht, damit die Zugangsdaten nirgends sonst hingehen. Prüfen Sie die Adresse.',
  redirectTo:
    '{host} antwortete mit einer Weiterleitung zu {target}. Laurel folgt ihr nicht, damit die Zugangsdaten nirgends sonst hingehen. Prüfen Sie die Adresse.',
  unauthorized:
    '{host} hat die Zugangsdaten nicht angenommen (401). Geben Sie sie noch einmal ein, oder fragen Sie, wer die Organisation betreibt.',
  forbidden: '{host} lässt dieses Konto das nicht tun (403). Bitten Sie den Betreiber der Organisation um Zugriff.',
  unclear: '{host} antwortete {status}, aber {reason}.',
  unclearSaying: '{host} antwortete {status} und sagte „{said}“.',
  unreadable: 'was ankam, lässt sich nicht lesen: {reason}',
  unlike: 'was ankam, ist keine Antwort eines Badge-Gateways',
  didNotSayWhy: 'sie sagte nicht, warum',
  refused: '{errors}',
  nameNotFound: 'Es gibt keinen Server namens {host}. Prüfen Sie die Adresse oder das Netz dieses Rechners.',
  nothingAnswers:
    '{host} ist da, aber auf diesem Port antwortet nichts. Prüfen Sie Adresse und Port, oder starten Sie die Organisation.',
  unreachable: '{host} ist aus diesem Netz nicht zu erreichen. Prüfen Sie das Netz oder das VPN.',
  proxyInTheWay: 'Der Proxy auf dem Weg zu {host} steht im Weg ({detail}).',
  noWayTo: 'Die Einstellungen des Netzes nennen keinen Weg zu {host} ({detail}).',
  certificate:
    'Dem Zertifikat von {host} kann nicht vertraut werden ({detail}). Nichts wurde gesendet; prüfen Sie die Adresse, oder fragen Sie, wer die Organisation betreibt.',
  timeout: '{host} antwortete nicht rechtzeitig ({detail}).',
  reset: 'Die Verbindung zu {host} ist abgebrochen ({detail}).',
  cut: 'Die Antwort von {host} brach mittendrin ab.',
  tooLarge: 'Die Antwort von {host} ist größer als {size} und wurde nicht gelesen.',
  notAnAnswer: 'Was {host} sandte, ist keine Antwort eines Badge-Gateways ({detail}).',
  unsendable: 'Die Anfrage an {host} lässt sich so nicht senden ({detail}).',
  cancelledOnTheWay: 'Sie wurde unterwegs abgebrochen.',
  failed: '{sentence} {kept}',
  cancelled: 'Abgebrochen. {kept}',
  stoppedBefore: 'Nicht gesendet: Es wurde vorher angehalten.',
  done: 'Erledigt.',
  gotToken: 'Ein Token bekommen.',
  noTokenForKey:
    '{host} gab für diesen Schlüssel und dieses Geheimnis kein Token ({status}). Geben Sie sie noch einmal ein, oder fragen Sie, wer die Organisation betreibt.',
  noTokenNoAnswer: '{host} gab kein Token; die Antwort kam nicht an.',
  noTokenAnswered: '{host} gab kein Token, sondern antwortete {status}.',
  notAToken: '{host} beantwortete die Anmeldung mit etwas, das kein Token ist. Ist es ein Badge-Gateway?',
  credentialsNotKept:
    'Die Zugangsdaten von {name} werden auf diesem Rechner nicht aufbewahrt. Geben Sie sie in den Einstellungen der Verbindung noch einmal ein.',
  answersUnlike: '{host} antwortet, aber nicht wie ein Badge-Gateway. Prüfen Sie die Adresse.',
  isThisTheAddress: '{sentence} Ist das die Adresse eines Badge-Gateways?',
  connected: 'Verbunden: {count, plural, one {Ein Badge ist} other {# Badges sind}} dort.',
  minutes: '{count, plural, one {# Minute} other {# Minuten}}',
  hours: '{count, plural, one {# Stunde} other {# Stunden}}',
  clockAhead:
    'Aber die Uhr dort geht gegenüber diesem Rechner {amount} vor: Daten nahe jetzt können dort anders beurteilt werden. Stellen Sie die Uhr dieses Rechners, oder sagen Sie es dem Betreiber der Organisation.',
  clockBehind:
    'Aber die Uhr dort geht gegenüber diesem Rechner {amount} nach: Daten nahe jetzt können dort anders beurteilt werden. Stellen Sie die Uhr dieses Rechners, oder sagen Sie es dem Betreiber der Organisation.',
  listUnlike: 'die Liste der Badges ist nicht, was die Dokumente beschreiben',
  listRepeats: 'die Liste der Badges wiederholt sich ohne Ende',
  listTooLong: 'die Liste der Badges hat mehr als {most} Einträge',
  badgeUnlike: 'eines der Badges ist nicht, was die Dokumente beschreiben',
  fieldsUnlike: 'die Liste der eigenen Felder ist nicht, was die Dokumente beschreiben',
  groupsUnlike: 'die Liste der Gruppen ist nicht, was die Dokumente beschreiben',
  notAsGateway: '{org} antwortet nicht wie ein Badge-Gateway: {what}.',
  answerUnreadable: 'Die Antwort lässt sich nicht lesen.',
  interrupted: 'Laurel wurde beendet, bevor eine Antwort kam; ob es erledigt wurde, ist nicht bekannt.',
  noWholeAnswer: 'keine vollständige Antwort innerhalb von {seconds} Sekunden',
  noConnection: 'keine Verbindung innerhalb von {seconds} Sekunden',
  nothingArrived: '{seconds} Sekunden lang kam nichts an',
  notUtf8: 'es ist kein UTF-8-Text',
  tooDeep: 'es ist tiefer als {most, number} Ebenen verschachtelt',
  notJson: 'es ist kein JSON',
};
