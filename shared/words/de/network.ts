import type { Catalogue } from '../message';

export const network: Catalogue['network'] = {
  heading: 'Netzwerk',
  lead: 'Wie Laurel Live-Organisationen erreicht. Nichts verlässt diesen Rechner auf einem anderen Weg als dem hier gewählten. Organisationen auf diesem Rechner brauchen kein Netzwerk.',
  mode: 'Proxy',
  modeSystem: 'Wie das System',
  modeSystemHint: 'Was das Betriebssystem verwendet, auch sein Skript. Dieser Rechner selbst wird direkt erreicht.',
  modePac: 'Skript (PAC)',
  modePacHint:
    'Ein Skript Ihres Unternehmens nennt den Proxy für jede Adresse. Ohne Adresse (WPAD) wird keines gesucht.',
  modeManual: 'Ein Proxy',
  modeManualHint: 'Alles geht über ihn, außer den Ausnahmen.',
  modeNone: 'Keiner',
  modeNoneHint: 'Organisationen werden direkt erreicht, was auch das System sagt.',
  pacAddress: 'Adresse des Skripts',
  pacAddressHint: 'Es wird direkt geholt, ohne Proxy.',
  pacFileNamed: 'Das Skript ist die Datei {name}.',
  choosePac: 'Datei auswählen …',
  forgetPac: 'Stattdessen von einer Adresse holen',
  proxy: 'Adresse des Proxys',
  proxyHint:
    'Host und Port, etwa proxy.example.com:8080. Mit https:// davor wird auch mit dem Proxy TLS gesprochen; mit socks5:// oder socks4:// ist es ein SOCKS-Proxy.',
  bypass: 'Ausnahmen',
  bypassHint:
    'Werden direkt erreicht: Namen (mit allem darunter), Adressen, Netze wie 10.0.0.0/8 oder 192.168.*, durch Kommas getrennt. Solange localhost hier steht, werden Organisationen auf diesem Rechner direkt erreicht.',
  exceptionUnreadable:
    'Die Ausnahme {entry} bedeutet nichts. Schreiben Sie einen Namen wie example.com, eine Adresse oder ein Netz wie 10.0.0.0/8 oder 192.168.*, ohne https://. Nichts wurde gespeichert.',
  proxyUser: 'Benutzer',
  proxyPassword: 'Passwort',
  proxyLoginHint: 'Lassen Sie beides leer, wenn der Proxy niemanden nach seinem Namen fragt.',
  proxyAccountUnchanged: '{account}, unverändert',
  unchanged: 'Unverändert',
  forgetLogin: 'Benutzer und Passwort vergessen',
  loginBoth: 'Geben Sie Benutzer und Passwort des Proxys ein, oder keines von beiden.',
  secretKeychain: 'Das Passwort liegt im Schlüsselbund dieses Systems.',
  secretAcceptedRisk: 'Das Passwort liegt ohne echten Schlüsselbund auf der Festplatte, wie Sie es akzeptiert haben.',
  secretSession: 'Das Passwort wird behalten, bis Laurel beendet wird; dann muss es neu eingegeben werden.',
  secretMissing: 'Das Passwort muss neu eingegeben werden, bevor etwas über den Proxy gehen kann.',
  noKeychain:
    'Dieses System bietet keinen Schlüsselbund, dem Laurel vertrauen könnte; Geheimnisse werden daher nur behalten, bis Laurel beendet wird.',
  keepOnDisk: 'Trotzdem auf der Festplatte behalten',
  keepOnDiskHint: 'Wer die Dateien dieses Benutzers lesen kann, könnte sie dann lesen.',
  save: 'Netzwerkeinstellungen speichern',
  saved: 'Gespeichert: Netzwerk.',

  certificatesHeading: 'Zertifikate',
  systemCertificates: 'Den Zertifikaten vertrauen, denen das System vertraut',
  systemCertificatesHint: 'Zertifikaten öffentlicher Stellen wird in jedem Fall vertraut.',
  authorities: 'Zertifikate Ihres Unternehmens',
  authoritiesHint:
    'Ihnen wird neben den anderen vertraut. Eine Datei der Stelle, die für Ihr Unternehmen signiert, PEM oder DER.',
  addAuthority: 'Zertifikat hinzufügen …',
  removeAuthority: '{name} entfernen',
  authorityLine: '{subject}, gültig bis {until}',
  clientHeading: 'Client-Zertifikat',
  clientHint: 'Weist Sie gegenüber einem Gateway aus, das danach fragt. PFX, oder PEM mit privatem Schlüssel.',
  clientLine: '{subject}, ausgestellt von {issuer}, gültig bis {until}',
  chooseClient: 'Zertifikat auswählen …',
  clientKey: 'Privaten Schlüssel auswählen …',
  clientKeyChosen: 'Privater Schlüssel: {name}',
  clientFile: 'Zertifikat: {name}',
  passphrase: 'Passphrase',
  passphraseHint: 'Die des privaten Schlüssels; leer, wenn er keine hat.',
  useClient: 'Dieses Zertifikat verwenden',
  removeClient: 'Client-Zertifikat entfernen',
  clientKept: 'Zertifikat und Schlüssel liegen im Schlüsselbund dieses Systems.',
  clientAcceptedRisk:
    'Zertifikat und Schlüssel liegen ohne echten Schlüsselbund auf der Festplatte, wie Sie es akzeptiert haben.',
  clientSession:
    'Zertifikat und Schlüssel werden behalten, bis Laurel beendet wird; dann müssen sie neu ausgewählt werden.',
  clientSecretMissing: 'Das Zertifikat muss neu ausgewählt werden, bevor etwas gesendet wird.',
  savedCertificates: 'Gespeichert: Zertifikate.',

  testHeading: 'Den Weg prüfen',
  testAddress: 'Adresse eines Gateways',
  testAddressHint: 'Zugangsdaten einer Organisation werden nicht gesendet.',
  test: 'Verbindung testen',
  testAddressMissing: 'Geben Sie die Adresse eines Gateways ein.',
  saveFirst: 'Speichern Sie zuerst die Netzwerkeinstellungen.',

  chooseCertificate: 'Zertifikat auswählen',
  choosePacTitle: 'Proxy-Skript auswählen',
  chooseButton: 'Auswählen',
  certificateFiles: 'Zertifikate und Schlüssel',
  pacFiles: 'Proxy-Skripte',

  proxyUnreadable:
    'Der Proxy in {from} ist nicht zu verstehen. Schreiben Sie Host und Port, etwa proxy.example.com:8080. Nichts wurde gesendet.',
  proxyMissing:
    'In den Einstellungen ist ein Proxy gewählt, aber keiner genannt. Nennen Sie ihn, oder wählen Sie einen anderen Weg. Nichts wurde gesendet.',
  proxySecretMissing:
    'Benutzer und Passwort des Proxys liegen nicht auf diesem Rechner. Geben Sie sie unter Einstellungen, Netzwerk neu ein. Nichts wurde gesendet.',
  pacMissing:
    'In den Einstellungen ist ein Skript gewählt, aber keines genannt. Nennen Sie es, oder wählen Sie einen anderen Weg. Nichts wurde gesendet.',
  pacAddressUnreadable: 'Die Adresse des Proxy-Skripts, {address}, ist keine Webadresse. Nichts wurde gesendet.',
  pacUnreachable:
    'Das Proxy-Skript {name} konnte nicht geholt werden ({detail}). Nichts wurde gesendet, auch nicht direkt. Prüfen Sie seine Adresse unter Einstellungen, Netzwerk.',
  pacNoScript:
    'Das Proxy-Skript {name} ist nicht zu verwenden ({detail}). Nichts wurde gesendet. Fragen Sie, wer das Netzwerk betreut.',
  pacFailed:
    'Das Proxy-Skript ist an dieser Adresse gescheitert ({detail}). Nichts wurde gesendet. Fragen Sie, wer das Netzwerk betreut.',
  pacNoAnswer: 'Das Proxy-Skript hat „{answer}“ geantwortet; das nennt keinen Proxy. Nichts wurde gesendet.',
  noWay: 'Es gibt keinen Weg zum Gateway. Nichts wurde gesendet.',
  certificatesUnusable:
    'Ein Zertifikat unter Einstellungen, Netzwerk ist nicht zu verwenden ({detail}). Nichts wurde gesendet. Entfernen Sie es, und wählen Sie es neu aus.',
  clientMissing:
    'Das Client-Zertifikat liegt nicht auf diesem Rechner. Wählen Sie es unter Einstellungen, Netzwerk neu aus, oder entfernen Sie es. Nichts wurde gesendet.',

  proxyName:
    'Es gibt keinen Proxy namens {proxy}. Prüfen Sie seinen Namen unter Einstellungen, Netzwerk. Nichts wurde gesendet.',
  proxyRefused:
    'Am Proxy {proxy} antwortet nichts. Prüfen Sie seinen Port, oder fragen Sie, wer ihn betreut. Nichts wurde gesendet.',
  proxyBroken: 'Der Proxy {proxy} war nicht zu erreichen ({detail}). Nichts wurde gesendet.',
  notAProxy:
    'Was an {proxy} antwortet, ist kein HTTP-Proxy. Prüfen Sie den Port, und ob er https:// verlangt. Nichts wurde gesendet.',
  proxyTls: 'Kein TLS mit dem Proxy: {said}',
  proxyWantsCredentials:
    'Der Proxy {proxy} will wissen, wer ihn ruft (407). Geben Sie unter Einstellungen, Netzwerk Benutzer und Passwort ein. Nichts wurde gesendet.',
  proxyCredentials:
    'Der Proxy {proxy} hat Benutzer und Passwort nicht angenommen (407). Geben Sie sie unter Einstellungen, Netzwerk neu ein. Nichts wurde gesendet.',
  proxyScheme:
    'Der Proxy {proxy} will durch {schemes} wissen, wer ihn ruft; das spricht Laurel nicht. Fragen Sie, wer ihn betreut, nach einem Proxy mit Benutzer und Passwort (Basic) oder ohne. Nichts wurde gesendet.',
  socksWantsCredentials:
    'Der SOCKS-Proxy {proxy} will wissen, wer ihn ruft. Geben Sie unter Einstellungen, Netzwerk Benutzer und Passwort ein. Nichts wurde gesendet.',
  socksCredentials:
    'Der SOCKS-Proxy {proxy} hat Benutzer und Passwort nicht angenommen. Geben Sie sie unter Einstellungen, Netzwerk neu ein. Nichts wurde gesendet.',
  notASocksProxy:
    'Was an {proxy} antwortet, ist kein SOCKS-Proxy dieser Version. Prüfen Sie den Port, und ob es ein HTTP-Proxy ist. Nichts wurde gesendet.',
  proxyRefuses:
    'Der Proxy {proxy} lässt Laurel nicht zu {target} durch ({status}). Fragen Sie, wer ihn betreut. Nichts wurde gesendet.',
  proxyCannotReach:
    'Der Proxy {proxy} konnte {target} nicht erreichen ({status}). Prüfen Sie die Adresse der Organisation. Nichts wurde gesendet.',

  gatewayRefused: '{host} ist da, aber an diesem Port antwortet nichts. Prüfen Sie Adresse und Port.',
  gatewayUnreachable:
    '{host} ist aus diesem Netzwerk nicht zu erreichen ({detail}). Prüfen Sie Netzwerk, VPN oder Proxy.',

  selfSigned:
    'Das Zertifikat von {host} ist selbst signiert: Niemand bürgt dafür. Ist es das Ihres Unternehmens, fügen Sie es unter Einstellungen, Netzwerk hinzu. Nichts wurde gesendet.',
  unknownIssuer:
    'Das Zertifikat von {host} ist von einer Stelle signiert, die dieser Rechner nicht kennt. Ist es die Ihres Unternehmens, fügen Sie ihr Zertifikat unter Einstellungen, Netzwerk hinzu. Nichts wurde gesendet.',
  unknownIssuerNamed:
    'Das Zertifikat von {host} ist von {issuer} signiert; diese Stelle kennt dieser Rechner nicht. Ist es die Ihres Unternehmens, fügen Sie ihr Zertifikat unter Einstellungen, Netzwerk hinzu. Nichts wurde gesendet.',
  wrongHost:
    'Das Zertifikat, das für {host} gezeigt wurde, ist das eines anderen Servers. Prüfen Sie die Adresse. Nichts wurde gesendet.',
  wrongHostNamed:
    'Das Zertifikat, das für {host} gezeigt wurde, gilt für einen anderen Server: {names}. Prüfen Sie die Adresse. Nichts wurde gesendet.',
  expired: 'Das Zertifikat von {host} ist abgelaufen. Sagen Sie es dem Betreiber. Nichts wurde gesendet.',
  expiredNamed:
    'Das Zertifikat von {host}, ausgestellt von {issuer}, ist am {until} abgelaufen. Sagen Sie es dem Betreiber. Nichts wurde gesendet.',
  notYet: 'Das Zertifikat von {host} gilt noch nicht. Prüfen Sie die Uhr dieses Rechners. Nichts wurde gesendet.',
  plainPort:
    '{host} spricht an diesem Port kein TLS. Prüfen Sie den Port, oder schreiben Sie http:// für eine Organisation auf diesem Rechner.',
  tlsPort: '{host} spricht an diesem Port TLS. Schreiben Sie https:// vor die Adresse.',
  tlsCut: '{host} hat die Verbindung beendet, während TLS aufgebaut wurde. Nichts wurde gesendet.',
  tlsBroken: 'Kein TLS mit {host} ({detail}). Nichts wurde gesendet.',
  clientWanted:
    '{host} verlangt ein Client-Zertifikat. Wählen Sie es unter Einstellungen, Netzwerk aus. Nichts wurde ausgeführt.',
  clientRefused:
    '{host} hat das Client-Zertifikat nicht angenommen. Fragen Sie den Betreiber, welches er annimmt. Nichts wurde ausgeführt.',
  gatewayCut:
    '{host} nimmt Verbindungen an, hat aber abgebrochen, statt zu antworten ({detail}). Ist es ein Badge-Gateway?',

  wayDirect: 'Der Weg steht: {host} antwortet, direkt erreicht.',
  wayByProxy: 'Der Weg steht: {host} antwortet über den Proxy {proxy}.',
  wayDirectTls: 'Der Weg steht: {host} antwortet, direkt erreicht; sein Zertifikat ist von {issuer} ausgestellt.',
  wayByProxyTls:
    'Der Weg steht: {host} antwortet über den Proxy {proxy}; sein Zertifikat ist von {issuer} ausgestellt.',

  addressUnreadable:
    'Die Adresse ist keine Webadresse. Schreiben Sie sie wie https://eu.api.example.com. Nichts wurde gesendet.',
  noWorkspace: 'Es gibt keinen Arbeitsbereich {file}. Nichts wurde angelegt oder gesendet.',
  settingsUnreadable:
    'Die Netzwerkeinstellungen von {file} sind nicht zu lesen. Nichts wurde gesendet; speichern Sie sie im Fenster neu.',
  noCertificates: '{name} enthält kein Zertifikat. Wählen Sie eine PEM- oder DER-Datei. Nichts wurde geändert.',
  fileUnreadable: '{name} konnte nicht gelesen werden: {reason}. Wählen Sie sie neu aus. Nichts wurde geändert.',
  fileTooLarge: '{name} ist zu groß für ein Zertifikat oder ein Skript. Nichts wurde geändert.',
  authorityExpired: '{name} enthält ein Zertifikat, das nicht mehr gilt: {subject}. Nichts wurde geändert.',
  keyMissing:
    '{name} enthält ein Zertifikat ohne seinen privaten Schlüssel. Wählen Sie auch den Schlüssel aus, oder eine PFX-Datei. Nichts wurde geändert.',
  keyUnfit: 'Der private Schlüssel gehört nicht zum Zertifikat in {name}. Nichts wurde geändert.',
  passphraseWrong: '{name} war mit dieser Passphrase nicht zu öffnen. Nichts wurde geändert.',
  clientUnusable: '{name} ist als Client-Zertifikat nicht zu verwenden ({detail}). Nichts wurde geändert.',
  proxyLoginInAddress:
    'Zugangsdaten gehören nicht in die Adresse des Proxys: Geben Sie sie darunter ein. Nichts wurde gespeichert.',
  variableUnread: 'Die Datei, die {name} nennt, war nicht als Zertifikate zu lesen und wird nicht verwendet.',
};
