import type { Catalogue } from '../message';

export const connections: Catalogue['connections'] = {
  badAddress: '{why} Schreiben Sie sie wie https://eu.api.example.com. Nichts wurde gespeichert oder gesendet.',
  noWebAddress: 'Die Adresse der Organisation ist keine Webadresse.',
  noHttps: 'Die Adresse der Organisation muss mit https:// beginnen.',
  credentialsInAddress: 'Zugangsdaten gehören nicht in die Adresse: Geben Sie sie unten ein.',
  httpElsewhere:
    'Nur eine Organisation auf diesem Rechner darf mit http angesprochen werden: Anderswo sähe jeder auf dem Weg das Kennwort.',
  pathInAddress: 'Die Adresse der Organisation endet nach Host und Port; Laurel fügt den Rest an.',
  nameTaken: 'Eine andere Verbindung heißt {name}. Nichts wurde gespeichert; wählen Sie einen anderen Namen.',
  guardedAsTest:
    '{name} ist eine Produktivorganisation, und als Testorganisation würde ohne Schutz in sie geschrieben. Nichts wurde gespeichert; um es trotzdem zu tun, geben Sie den Namen genau ein: {name}.',
  guardedAsPractice:
    '{name} ist eine Produktivorganisation, und als Übungsorganisation würde ohne Schutz in sie geschrieben. Nichts wurde gespeichert; um es trotzdem zu tun, geben Sie den Namen genau ein: {name}.',
  credentialsMissing: 'Geben Sie die Zugangsdaten der Organisation ein. Nichts wurde gespeichert.',
  addressInUse:
    'Ein Live-Auftrag über {name} ist nicht zu Ende, also bleibt die Adresse. Nichts wurde gespeichert; brechen Sie zuerst den Auftrag ab.',
  inUse: 'Ein Live-Auftrag über {name} ist nicht zu Ende. Nichts wurde gelöscht; brechen Sie zuerst den Auftrag ab.',
  addressFirst: 'Geben Sie zuerst die Adresse der Organisation ein.',
  nameMissing: 'Geben Sie der Verbindung einen Namen. Nichts wurde gespeichert.',
  noZone:
    'Es gibt keine Zeitzone namens {timeZone}. Nichts wurde gespeichert; wählen Sie eine wie Europe/Berlin oder UTC.',
  locked:
    '{name} ist eine Produktivorganisation und nur zum Lesen, bis Sie sie entsperren. Nichts wurde gesendet. Entsperren Sie sie zuerst, indem Sie den Namen eingeben.',
  typeName: 'Um fortzufahren, geben Sie den Namen der Organisation genau ein: {name}. Nichts wurde gesendet.',
};
