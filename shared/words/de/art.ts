import type { Catalogue } from '../message';

export const art: Catalogue['art'] = {
  noPng: '{file} ist kein PNG-Bild. Es wurde nichts übernommen.',
  pixels:
    '{file} hat {width, number} × {height, number} Pixel und darf {most, number} × {most, number} haben. Speichern Sie es kleiner. Es wurde nichts übernommen.',
  damagedPng:
    '{file} ist ein beschädigtes PNG: Es endet zu früh oder wurde unterwegs verändert. Speichern Sie es neu. Es wurde nichts übernommen.',
  notSquare: '{file} hat {width, number} × {height, number} Pixel, und ein Badge ist quadratisch.',
  tooLarge: '{file} hat {bytes, number} Bytes, und eine Organisation nimmt höchstens {most, number}.',
  noPicture: '{file} ist weder ein PNG- noch ein SVG-Bild. Es wurde nichts übernommen.',
  svgBroken: '{file} ist beschädigt: Es ist kein vollständiges SVG. Speichern Sie es neu. Es wurde nichts übernommen.',
  svgDoctype:
    '{file} beginnt mit einer Deklaration, die andere Dateien nennen könnte. Speichern Sie es als einfaches SVG. Es wurde nichts übernommen.',
  svgMuch:
    '{file} enthält mehr, als ein Bild dieser Größe braucht: mehr als 5.000 Elemente oder immer wieder Elemente in Elementen. Vereinfachen Sie es, oder speichern Sie es als PNG. Es wurde nichts übernommen.',
  svgEmpty:
    '{file} enthält nichts, was sich zeichnen lässt: Texte und verknüpfte Bilder werden weggelassen. Wandeln Sie Texte in Pfade um, oder speichern Sie es als PNG. Es wurde nichts übernommen.',
  svgLarge:
    '{file} ist größer als {most, number} kB. Vereinfachen Sie es, oder speichern Sie es als PNG. Es wurde nichts übernommen.',
  pngForDesign: '{file} ist größer als die {most, number} kB, die eine Ebene haben darf. Es lässt sich verkleinern.',
  reduced: '{file} wurde verkleinert, sodass es höchstens {most, number} kB hat. Ihre Datei ist, wie sie war.',
  leftOut:
    '{file} wurde ohne das übernommen, was handelt, nachlädt oder eine Schrift braucht: {what}. Vergleichen Sie es mit dem Original. Ihre Datei ist, wie sie war.',
  pictureInside: 'Ein Bild in {file} ist nicht zu gebrauchen. {reason}',
  pictureEdited:
    'Das Bild „{name}“ in {file} ist nicht, wie Laurel es schrieb. Es wurde nichts übernommen. Fügen Sie es dem Entwurf neu hinzu.',
  notJson: '{file} ist keine Gestaltung: {mistake}. Es wurde nichts übernommen.',
  newer: 'Ein neueres Laurel hat die Gestaltung {file} gemacht. Es wurde nichts übernommen. Aktualisieren Sie Laurel.',
  otherFile:
    '{file} ist keine Gestaltung: Darin steht „schema“: „{schema}“, und in einer Gestaltung steht „laurel/badge-art@1“. Es wurde nichts übernommen.',
  wrongAt: '{file} ist keine vollständige Gestaltung: {path} {what}. Es wurde nichts übernommen.',
  isMissing: 'fehlt oder ist von anderer Art',
  isTooMuch: 'ist mehr, als es sein darf ({most})',
  isTooLittle: 'ist weniger, als es sein darf ({least})',
  isUnknown: 'ist keiner der möglichen Werte',
  isExtra: 'ist nicht bekannt',
  fileLarge: '{file} ist größer, als eine Gestaltung sein kann. Es wurde nichts übernommen.',
  folderUnmade: 'Der Ordner {folder} lässt sich nicht anlegen: {reason}. Es wurde nichts geschrieben.',
  fileUnread: '{file} lässt sich nicht lesen: {reason}. Es wurde nichts übernommen.',
  missing:
    '{count, plural, one {Keine Schrift von Laurel hat {what}: Es wird nicht gezeichnet.} other {Keine Schrift von Laurel hat diese Zeichen: {what}. Sie werden nicht gezeichnet.}}',
  tooHeavy:
    'Das Bild {file} hat {bytes, number} Bytes, und eine Organisation nimmt höchstens {most, number}. Nehmen Sie eigene Bilder aus der Gestaltung, oder exportieren Sie es kleiner.',
  thisDesign: 'der Gestaltung',
  gone: 'Diese Gestaltung wird nicht mehr aufbewahrt. Es wurde nichts geändert. Öffnen Sie das Badge neu.',
  lineWithout: 'Dort steht weder eine Adresse noch ein Handle.',
  lineUnknown: 'Kein Badge heißt „{name}“ und kein Bild von Laurel.',
  lineSeveral: '{count, number} Badges heißen „{name}“. Verwenden Sie die Dateinamen des Exports.',
  lineStateless: 'Dort steht nicht, für welchen Zustand es ist: UN_EARNED, IN_PROGRESS oder EARNED.',
  lineTwice: 'Eine Zeile darüber hat dasselbe Badge und denselben Zustand schon.',
  choosePicture: 'Bild für das Badge auswählen',
  pictureFiles: 'Bilder',
  chooseDesign: 'Gestaltung auswählen',
  designFiles: 'Gestaltungen',
  chooseAddresses: 'Liste der Adressen auswählen',
  addressFiles: 'Listen',
  chooseButton: 'Auswählen',
  chooseFolder: 'Ordner für die Bilder auswählen',
  chooseFolderButton: 'Hier ablegen',
};
