import type { Catalogue } from '../message';

export const store: Catalogue['store'] = {
  noWorkspace: 'kein Laurel-Arbeitsbereich',
  noOrgFile: 'keine Laurel-Organisationsdatei',
  damaged:
    'Die Datei {file} kann nicht geöffnet werden: {what}. In ihr wurde nichts geändert. Stellen Sie eine ihrer Sicherungen wieder her, in ihrem Fenster oder mit „laurel backup list“ und „laurel backup restore“; wo es keine gibt, legen Sie eine eigene Kopie zurück.',
  damagedContent: 'ihr Inhalt ist beschädigt',
  damagedContentAs: 'ihr Inhalt ist beschädigt ({found})',
  endMissing: 'ihr Ende fehlt',
  pending:
    '{file} ist von einer früheren Version von Laurel und noch nicht auf den neuesten Stand gebracht. In der Datei wurde nichts geändert. Öffnen Sie sie einmal in Laurel, das zuerst eine Sicherung anlegt, und versuchen Sie es dann noch einmal.',
  foreign:
    'Die Datei {file} kann nicht geöffnet werden: Sie ist {kind}. In ihr wurde nichts geändert. Wählen Sie eine andere Datei. Wenn sie eine war und beschädigt ist, stellen Sie eine ihrer Sicherungen wieder her, in ihrem Fenster oder mit „laurel backup list“ und „laurel backup restore“.',
  noFolder: 'Den Ordner von {file} gibt es nicht. Wählen Sie einen anderen Ort.',
  otherProgram: '{file} ist eine Datenbank, aber {kind}. In ihr wurde nichts geändert. Wählen Sie eine andere Datei.',
  unreadable: 'Die Datei {file} kann nicht gelesen werden. Erlauben Sie das Lesen, oder wählen Sie eine andere.',
  linkCircle: '{file} ist ein Verweis, der auf sich selbst zurückführt. Wählen Sie die Datei, die gemeint war.',
  isFolder:
    '{file} kann nicht gelesen werden: Es ist ein Ordner. Wählen Sie eine Datei oder einen Namen, der noch frei ist.',
  noOrdinaryFile:
    '{file} kann nicht gelesen werden: Es ist keine gewöhnliche Datei. Wählen Sie eine Datei oder einen Namen, der noch frei ist.',
  hardLink:
    '{file} hat im Dateisystem einen zweiten Namen (einen Hardlink), unter dem die Datei gleichzeitig geöffnet und dabei zerstört werden könnte. Es wurde nichts geändert. Kopieren Sie die Datei mit allem, was neben ihr liegt, und öffnen Sie die Kopie.',
  replaced:
    '{file} wurde gelöscht, verschoben oder ersetzt, während die Datei geöffnet war. Was seitdem getan wurde, steht nicht in ihr. Legen Sie die Datei dorthin zurück, wo sie war, und starten Sie Laurel neu.',
  newer:
    '{file} wurde zuletzt von einem neueren Laurel geöffnet (Format {found}, dieses Laurel kennt höchstens {known}). Es wurde nichts geändert. Aktualisieren Sie Laurel, oder stellen Sie eine Sicherung von vor der Aktualisierung wieder her, in ihrem Fenster oder mit „laurel backup list“ und „laurel backup restore“.',
  dangling:
    'Die Aktualisierung von {file} wurde angehalten: {count, number} Zeilen von {table} hätten verloren, wozu sie gehören. Die Datei ist, wie sie war. Arbeiten Sie mit der bisherigen Laurel-Version weiter, und melden Sie uns das.',
  notCopied:
    'Vor der Aktualisierung von {file} konnte keine Kopie gesichert werden; deshalb wurde sie nicht begonnen, und es wurde nichts geändert. {wayOut}',
  freeSpaceBeside:
    'Schaffen Sie Platz neben der Datei, oder erlauben Sie das Schreiben in ihrem Ordner, und starten Sie Laurel neu.',

  inUse:
    '{file} wird von einem anderen Programm benutzt, das nicht sagt, welches es ist. Schließen Sie andere Fenster und Befehle von Laurel, und versuchen Sie es noch einmal. Es wurde nichts geändert.',
  beingMoved:
    '{file} wird gerade an einen anderen Ort verschoben. Nichts wurde geändert. Öffnen Sie die Datei dort, sobald das beendet ist.',
  inUseElsewhere:
    '{file} ist in Laurel auf dem Rechner {computer} geöffnet. Schließen Sie die Datei dort, und versuchen Sie es noch einmal. Es wurde nichts geändert.',
  inUseByOrphan:
    '{file} wird noch von einem Hintergrundprozess von Laurel gehalten, dessen Fenster schon geschlossen ist (Prozess {process}). Er endet, sobald erledigt oder zurückgenommen ist, was er gerade tat: Versuchen Sie es gleich noch einmal, oder beenden Sie Prozess {process}. Es wurde nichts geändert.',
  inUseByWindow:
    '{file} ist schon in einem anderen Laurel-Fenster geöffnet (Prozess {process}). Arbeiten Sie dort weiter, oder schließen Sie es, und versuchen Sie es noch einmal. Es wurde nichts geändert.',
  inUseByCommand:
    '{file} ist schon in einem anderen Laurel-Befehl geöffnet (Prozess {process}). Arbeiten Sie dort weiter, oder beenden Sie ihn, und versuchen Sie es noch einmal. Es wurde nichts geändert.',
  inUseByPractice:
    '{file} ist schon in einer anderen Übungsorganisation geöffnet (Prozess {process}). Arbeiten Sie dort weiter, oder halten Sie sie an, und versuchen Sie es noch einmal. Es wurde nichts geändert.',

  failed: '{doing} ist fehlgeschlagen; es wurde nichts geändert. {wayOut}',
  unconfirmed:
    '{doing} war am Ende, als der Datenträger nicht bestätigte, was geschrieben war. Ob es behalten ist, zeigt der nächste Start; wiederholen Sie es nicht vorher. {wayOut}',
  interrupted: '{doing} konnte nicht beendet werden. {wayOut} Was vorher gespeichert war, ist sicher.',
  opening: 'Das Öffnen von {file}',
  issuing: 'Die Ausgabe',
  goingOnWithJob: 'Das Fortsetzen eines Live-Auftrags',
  keepingRequest: 'Das Speichern dieser Anfrage',
  fillingPractice: 'Das Füllen der Übungsorganisation',
  emptyingPractice: 'Das Leeren der Übungsorganisation',
  this: 'Das',

  full: 'Der Datenträger ist voll. Schaffen Sie Platz, und versuchen Sie es noch einmal.',
  readOnly:
    'Die Datei oder ihr Ordner ist schreibgeschützt. Erlauben Sie das Schreiben, oder wählen Sie einen anderen Ort.',
  forbidden:
    'Sie dürfen die Datei oder ihren Ordner nicht beschreiben. Erlauben Sie das Schreiben, oder wählen Sie einen anderen Ort.',
  unreachable:
    'Der Ordner fehlt, ist schreibgeschützt, oder Sie dürfen ihn nicht beschreiben. Wählen Sie einen anderen Ort.',
  diskError:
    'Der Datenträger meldet einen Fehler. Prüfen Sie, ob er noch angeschlossen ist und Platz hat, und versuchen Sie es noch einmal.',
  moved:
    'Die Datei wurde verschoben oder gelöscht, während sie geöffnet war. Legen Sie sie zurück, und starten Sie Laurel neu.',
  busy: 'Ein anderes Programm schreibt gerade in die Datei. Schließen Sie es, und versuchen Sie es noch einmal.',
  lockedByUs: 'Ein anderer Teil von Laurel schreibt gerade in die Datei. Versuchen Sie es gleich noch einmal.',
  beingOpened: 'Ein anderes Programm öffnet die Datei im selben Augenblick. Versuchen Sie es gleich noch einmal.',
  noMemory: 'Der Arbeitsspeicher reicht nicht. Schließen Sie andere Programme, und versuchen Sie es noch einmal.',
  tooLarge:
    'Das ist größer, als die Datei es in einem Stück aufnehmen kann. Verkleinern Sie es, und versuchen Sie es noch einmal.',
  quota: 'Ihr Anteil am Datenträger ist aufgebraucht. Schaffen Sie Platz, und versuchen Sie es noch einmal.',
  noLarger: 'Die Datei darf hier nicht größer werden. Wählen Sie einen anderen Ort, oder heben Sie die Grenze an.',
  protected:
    'Die Datei oder ihr Ordner ist geschützt und für alle schreibgeschützt. Erlauben Sie das Schreiben, oder wählen Sie einen anderen Ort.',
  gone: 'Die Datei oder ihr Ordner ist nicht mehr da. Legen Sie sie zurück, oder wählen Sie einen anderen Ort.',
  pathIsFile: 'Ein Teil des Pfads ist eine Datei, kein Ordner. Wählen Sie einen anderen Ort.',
  folder: 'Das ist ein Ordner, keine Datei. Wählen Sie eine Datei.',
  circle: 'Das ist ein Verweis, der auf sich selbst zurückführt. Wählen Sie die Datei, die gemeint war.',
  nameTooLong: 'Der Name ist zu lang. Wählen Sie einen kürzeren.',
  tooManyOpen: 'Es sind zu viele Dateien geöffnet. Schließen Sie andere Programme, und versuchen Sie es noch einmal.',
  usedByOther: 'Ein anderes Programm benutzt die Datei. Schließen Sie es, und versuchen Sie es noch einmal.',
  putBack:
    'Der Inhalt der Datei ist beschädigt. Stellen Sie eine Sicherung wieder her, im Fenster oder mit „laurel backup list“ und „laurel backup restore“.',

  workspaceMissing:
    '{file} fehlt, aber der Verlauf, der dazugehört, ist da ({org}). Es wurde nichts geändert. Legen Sie den Arbeitsbereich wieder daneben, oder verschieben Sie {org} in einen anderen Ordner, um mit einem leeren Arbeitsbereich zu beginnen.',
  historyMissing:
    '{org} fehlt; darin steht, was in diesem Arbeitsbereich ausgegeben wurde. Es wurde nichts geändert. Legen Sie die Datei wieder neben den Arbeitsbereich. Ist sie endgültig verloren, legen Sie dort eine Textdatei dieses Namens mit den Worten „{asked}“ ab; dann beginnt Laurel eine neue.',
  historyEmpty:
    '{org} ist leer; darin stand, was in diesem Arbeitsbereich ausgegeben wurde. Es wurde nichts geändert. Legen Sie die Datei wieder neben den Arbeitsbereich. Ist sie endgültig verloren, legen Sie dort eine Textdatei dieses Namens mit den Worten „{asked}“ ab; dann beginnt Laurel eine neue.',
  otherHistory:
    '{org} ist ein anderer Verlauf als der, den dieser Arbeitsbereich bisher hatte. Ab jetzt werden dessen Anfragen und Zählungen gezeigt.',
  newHistory: 'Wie gewünscht wurde ein neuer, leerer Verlauf der Ausgaben begonnen.',
  notOpened:
    'Laurel konnte seinen Arbeitsbereich nicht öffnen: {reason}. Es wurde nichts geändert. Näheres steht im Protokollordner.',
  logNotWritten:
    'Laurel kann sein Protokoll {file} nicht schreiben: {reason}. Es wurde nichts geändert. {advice}, und starten Sie Laurel neu.',
  moveAway: 'Räumen Sie weg, was dort liegt',

  broughtUpToDate:
    'Der Arbeitsbereich wurde für diese Version auf den neuesten Stand gebracht. Was er vorher war, steht in der Liste der Sicherungen, in den Einstellungen.',
  oddSetting:
    'Die Einstellung „{name}“ enthält {stored}, was diese Laurel-Version nicht kennt. Sie bleibt, wie sie ist; es gilt der Standardwert.',
  noJson: 'kein JSON',
  jobEnrolment: 'Einschreibung in {badge}, Anfrage {request}',
  jobAward: 'Vergabe von {badge}, Anfrage {request}',
  jobHadFinished: '{job} war gerade fertig, als Laurel endete. Das Ergebnis steht im Verlauf.',
  jobCutShort:
    '{job} wurde abgebrochen: Laurel endete oder konnte nicht mehr schreiben, bevor alles erledigt war. Davon wurde nichts gespeichert; starten Sie es neu, wenn es Ihnen passt.',
  jobNotDone:
    '{job} wurde nicht ausgeführt: {cause} Davon wurde nichts gespeichert; starten Sie es neu, wenn es Ihnen passt.',

  oddFilling:
    'Was „{org}“ selbst in eigene Felder einträgt, kann nicht gelesen werden. Das Gespeicherte bleibt, wie es ist, bis das nächste Abrufen es ersetzt; rufen Sie ab, bevor Sie übertragen.',
  oddClaims:
    'Die Ansprüche {count, plural, one {des Live-Badges {badges}} other {der Live-Badges {badges}}} können nicht gelesen werden und gelten als keine. Das Gespeicherte bleibt, wie es ist, bis das nächste Abrufen es ersetzt; rufen Sie ab, bevor Sie übertragen.',
  oddPasts:
    'Was {count, plural, one {ein Badge} other {# Badges}} beim letzten Abgleich mit einer Organisation gemeinsam hatten, kann nicht gelesen werden. Das Gespeicherte bleibt, wie es ist; wo sich beide Seiten unterscheiden, werden Sie gefragt.',
  oddLiveJob:
    'Warum in einem Live-Auftrag zu „{badge}“ einige Kunden abgelehnt wurden oder was sie vorher hatten, kann nicht gelesen werden. Das Gespeicherte bleibt, wie es ist; sehen Sie sich diese Kunden in der Organisation an, bevor Sie es erneut versuchen.',
  oddRules:
    'Die Regeln {count, plural, one {des Badges {badges} in der Organisationsdatei können nicht gelesen werden; deshalb kann niemand es erhalten} other {der Badges {badges} in der Organisationsdatei können nicht gelesen werden; deshalb kann niemand sie erhalten}}. Das Gespeicherte bleibt, wie es ist, und alle anderen Badges funktionieren. Geben Sie eine Kopie des Badges unter anderem Namen aus, oder legen Sie eine frühere Kopie der Datei zurück.',
  oddTags:
    'Die Tag-Definitionen der Organisationsdatei können nicht gelesen werden und gelten als keine. Das Gespeicherte bleibt, wie es ist, bis sie neu gesetzt werden.',
  andMore: '{names} und {count, number} weitere',
  rulesUnreadable:
    'Die Regeln des Badges {badge} stehen in der Organisationsdatei in einer Form, die nicht gelesen werden kann. Sie bleiben, wie sie sind; alle anderen Badges funktionieren. Geben Sie eine Kopie des Badges unter anderem Namen aus, oder legen Sie eine frühere Kopie der Datei zurück.',
  ofThatTime: 'von damals',

  connectionGone: 'Diese Verbindung gibt es nicht mehr; sie wurde gelöscht. Es wurde nichts gesendet.',
  jobGone: 'Diesen Auftrag gibt es in diesem Arbeitsbereich nicht.',
  resultUnreadable:
    'Dieses aufbewahrte Ergebnis kann nicht gelesen werden: Es wurde beschädigt, oder eine andere Version hat es in anderer Form geschrieben. Es bleibt, wie es ist; lassen Sie sein Szenario noch einmal laufen.',
  resultGone:
    'Dieses Ergebnis wird in diesem Arbeitsbereich nicht mehr aufbewahrt. Lassen Sie sein Szenario noch einmal laufen.',

  ownFile: 'der Arbeitsbereich oder eine Datei, die zu ihm gehört',
  fileBeingRead: 'eine Datei, aus der Laurel liest',
  nothingWritten: 'Es wurde nichts geschrieben.',
};
