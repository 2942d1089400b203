/** Art: designing a badge's picture, its three states, and handing them on. */
export const art = {
  noPng: '{file} is no PNG picture. Nothing was kept.',
  pixels:
    '{file} is {width, number} × {height, number} pixels, and may be {most, number} × {most, number}. Save it smaller. Nothing was kept.',
  damagedPng: '{file} is a damaged PNG: it ends early or was changed on the way. Save it anew. Nothing was kept.',
  notSquare: '{file} is {width, number} × {height, number} pixels, and a badge is square.',
  tooLarge: '{file} has {bytes, number} bytes, and an org takes {most, number} at most.',
  noPicture: '{file} is neither a PNG nor an SVG picture. Nothing was kept.',
  svgBroken: '{file} is damaged: it is no whole SVG. Save it anew. Nothing was kept.',
  svgDoctype: '{file} begins with a declaration that could name other files. Save it as plain SVG. Nothing was kept.',
  svgMuch:
    '{file} holds more than a picture of this size needs: more than 5,000 elements, or elements inside elements again and again. Simplify it, or save it as PNG. Nothing was kept.',
  svgEmpty:
    '{file} holds nothing that can be drawn: texts and linked pictures are left out. Turn texts into paths, or save it as PNG. Nothing was kept.',
  svgLarge: '{file} is larger than {most, number} kB. Simplify it, or save it as PNG. Nothing was kept.',
  pngForDesign: '{file} is larger than the {most, number} kB that a layer may have. It can be reduced.',
  reduced: '{file} was reduced, so that it has no more than {most, number} kB. Your file is as it was.',
  leftOut:
    '{file} was taken in without what acts, fetches or needs a font: {what}. Compare it with the original. Your file is as it was.',
  pictureInside: 'A picture inside {file} cannot be used. {reason}',
  pictureEdited:
    'The picture “{name}” inside {file} is not as Laurel wrote it. Nothing was kept. Add it to the design anew.',
  notJson: '{file} is no design: {mistake}. Nothing was kept.',
  newer: 'A newer Laurel made the design {file}. Nothing was kept. Update Laurel.',
  otherFile:
    '{file} is no design: it says “schema”: “{schema}”, and a design says “laurel/badge-art@1”. Nothing was kept.',
  wrongAt: '{file} is no whole design: {path} {what}. Nothing was kept.',
  isMissing: 'is missing, or of another type',
  isTooMuch: 'is more than it may be ({most})',
  isTooLittle: 'is less than it may be ({least})',
  isUnknown: 'is none of the values it may have',
  isExtra: 'is not known',
  fileLarge: '{file} is larger than a design can be. Nothing was kept.',
  folderUnmade: 'The folder {folder} cannot be made: {reason}. Nothing was written.',
  fileUnread: '{file} cannot be read: {reason}. Nothing was kept.',
  missing:
    '{count, plural, one {No font of Laurel has {what}: it is not drawn.} other {No font of Laurel has these characters: {what}. They are not drawn.}}',
  tooHeavy:
    'The picture {file} has {bytes, number} bytes, and an org takes {most, number} at most. Take own pictures out of the design, or export it smaller.',
  thisDesign: 'the design',
  gone: 'That design is no longer kept. Nothing was changed. Open the badge anew.',
  lineWithout: 'No address stands there, and no handle.',
  lineUnknown: 'No badge is called “{name}”, and no picture of Laurel.',
  lineSeveral: '{count, number} badges are called “{name}”. Use the file names of the export.',
  lineStateless: 'Which state it is for does not stand there: UN_EARNED, IN_PROGRESS or EARNED.',
  lineTwice: 'A line above has the same badge and state already.',
  choosePicture: 'Choose a picture for the badge',
  pictureFiles: 'Pictures',
  chooseDesign: 'Choose a design',
  designFiles: 'Designs',
  chooseAddresses: 'Choose a list of addresses',
  addressFiles: 'Lists',
  chooseButton: 'Choose',
  chooseFolder: 'Choose a folder for the pictures',
  chooseFolderButton: 'Put them here',
} as const;
