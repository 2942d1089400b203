import type { Catalogue } from '../message';

export const updates: Catalogue['updates'] = {
  heading: 'Aktualisierungen',
  lead: 'Laurel sucht nur nach neuen Versionen, wenn Sie das wollen. Nichts von Ihrer Arbeit wird gesendet.',
  none: 'Dieses Laurel kennt keine Adresse für Aktualisierungen. Neue Versionen kommen auf dem Weg, auf dem Sie diese bekommen haben.',
  managedOff:
    'Wer diesen Computer betreut, hat Aktualisierungen abgeschaltet ({file}). Laurel sucht keine und installiert keine.',
  managedUnread:
    'In {file} steht eine Einstellung für diesen Computer, die sich nicht lesen lässt. Bis dahin sind Aktualisierungen abgeschaltet: Fragen Sie, wer diesen Computer betreut.',
  automatic: 'Einmal am Tag nach Aktualisierungen suchen',
  automaticHint: 'Eine gefundene Version wird gezeigt. Heruntergeladen wird sie erst, wenn Sie es sagen.',
  running: 'Sie haben Version {version}.',
  lastCheck: 'Zuletzt gesucht',
  never: 'Bisher wurde nicht gesucht.',
  checkNow: 'Jetzt suchen',
  checking: 'Es wird nach einer neuen Version gesucht …',
  download: 'Herunterladen und beim Beenden installieren',
  downloadHint: 'Version {version}, {size} MB. Ihr Arbeitsbereich wird gesichert, bevor die neue Version ihn öffnet.',
  notInstallable:
    'Version {version} ist da. Dieses Laurel wurde nicht mit einem Paket installiert, das sich erneuern kann: Holen Sie sie auf dem Weg, auf dem Sie diese bekommen haben.',
  downloading: 'Wird heruntergeladen: {done} von {total} MB',
  waiting: 'Version {version} ist bereit. Sie wird installiert, wenn Sie Laurel beenden.',
  ask: 'Soll Laurel einmal am Tag nach neuen Versionen suchen? Es fragt nur nach der Liste der Versionen; nichts von Ihrer Arbeit wird gesendet.',
  askYes: 'Ja, einmal am Tag',
  askNo: 'Nein',
  bannerOffered: 'Version {version} von Laurel ist da.',
  show: 'Zeigen',
  command: 'Nach Aktualisierungen suchen',
  keywords: 'Version neu Upgrade Update',
  newest: 'Sie haben die neueste Version, {version}.',
  offered: 'Version {version} ist da.',
  downloaded: 'Version {version} wurde heruntergeladen.',
  installed: 'Laurel wurde auf Version {version} aktualisiert.',
  notInstalled:
    'Version {waiting} wurde heruntergeladen, aber dies ist noch Version {version}: Sie wurde nicht installiert. Suchen Sie noch einmal, oder installieren Sie sie von Hand.',
  notForHere: 'Version {version} ist da, aber noch nicht für diesen Computer.',
  wrongSignature:
    'Was {host} über neue Versionen sagt, ist nicht von den Herstellern von Laurel unterschrieben. Es wurde nichts heruntergeladen. Kommt das wieder, sagen Sie es ihnen.',
  unsigned:
    'Bei {host} liegt keine Unterschrift neben dem, was dort über neue Versionen steht. Es wurde nicht geglaubt und nichts heruntergeladen.',
  unreadable:
    'Was {host} über neue Versionen sagt, lässt sich nicht lesen. Es wurde nichts heruntergeladen; versuchen Sie es morgen wieder.',
  elsewhere:
    'Was {host} über neue Versionen sagt, zeigt an eine andere Stelle. Es wurde abgelehnt und nichts heruntergeladen.',
  older:
    'Die neueste genannte Version ist {offered}, älter als Ihre {version}. Sie wurde abgelehnt: Über eine neuere wird nie eine ältere installiert.',
  unreachable:
    '{host} ist nicht zu erreichen ({detail}). Es wurde nichts heruntergeladen; versuchen Sie es später wieder.',
  cut: 'Was {host} gesendet hat, brach mittendrin ab. Es wurde verworfen; versuchen Sie es später wieder.',
  redirected: '{host} verweist an eine andere Stelle. Laurel folgt nicht, und es wurde nichts heruntergeladen.',
  notThere: 'Bei {host} steht nichts über Versionen für diesen Computer (404). Versuchen Sie es morgen wieder.',
  badStatus: '{host} antwortete {status}. Es wurde nichts heruntergeladen; versuchen Sie es später wieder.',
  wrongHash:
    'Was {host} gesendet hat, ist nicht die unterschriebene Version: Die Prüfsumme ist eine andere. Es wurde verworfen und nichts installiert. Versuchen Sie es später wieder.',
  otherSize:
    '{host} hat eine andere Zahl von Bytes gesendet als angegeben. Es wurde verworfen; versuchen Sie es später wieder.',
  notWritten:
    'Die Aktualisierung konnte nicht auf diesen Computer geschrieben werden ({reason}). Schaffen Sie Platz und laden Sie sie noch einmal herunter.',
  noPackage:
    'Für diesen Computer hat diese Version kein Paket. Holen Sie sie auf dem Weg, auf dem Sie diese bekommen haben.',
  stopped: 'Das Herunterladen wurde angehalten. Es wurde nichts installiert.',
  notPrepared:
    'Die Aktualisierung wurde nicht heruntergeladen ({reason}). Es wurde nichts installiert; versuchen Sie es später wieder.',
  noEngine:
    'Aktualisierungen werden nach den Netzwerk-Einstellungen des offenen Arbeitsbereichs geholt, und es ist keiner offen. Es wurde nichts angefragt; versuchen Sie es, wenn einer offen ist.',
  feedUnusable: 'Die Adresse für Aktualisierungen ist unbrauchbar.',
  openedBy: '{said} Zuletzt hat es Laurel {version} geöffnet.',
  failed: 'Die Suche nach Aktualisierungen ist gescheitert. Es wurde nichts geändert; versuchen Sie es später wieder.',
};
