import type { Catalogue } from '../message';

export const tables: Catalogue['tables'] = {
  itsHeading: 'ihre Überschrift ist „{heading}“',
  itsHeadingTwice: 'ihre Überschrift ist „{heading}“, die zweimal über denselben Werten steht',
  onlyColumn: 'es ist die einzige',
  onlyNumbers: 'nur in dieser Spalte stehen ganze Zahlen',
  onlyOwnNumbers: 'nur in dieser Spalte stehen ganze Zahlen, die nichts anderes sind',
  onlyDates: 'nur in dieser Spalte stehen Daten',
  severalNumbers: 'In mehreren Spalten stehen ganze Zahlen, und keine Überschrift sagt, welche die Kunden sind',
  onlyEmails: 'sie ist die einzige mit E-Mail-Adressen',
  onlyPhones: 'sie ist die einzige mit Telefonnummern',
  onlyTexts: 'sie ist die einzige mit Kennungen aus Buchstaben und Ziffern',
  otherNumbers:
    'Die ganzen Zahlen stehen unter Überschriften von etwas anderem, und keine Überschrift sagt, welche Spalte die Kunden enthält',
  severalTexts:
    'Mehrere Spalten enthalten Texte, an denen Kunden zu erkennen sein können, und keine Überschrift sagt, welche zählt',
  noNumbers: 'In keiner Spalte stehen ganze Zahlen, und keine Überschrift sagt, in welcher die Kunden stehen',
  severalDates: 'In mehreren Spalten stehen Daten, und keine Überschrift sagt, welche zählt',
  chosenByYou: 'Sie haben sie gewählt',
  cannotBeRead: '{name} kann nicht gelesen werden: {reason}.',
  damagedPacking:
    'die komprimierten Daten sind beschädigt oder enden zu früh; kopieren oder exportieren Sie die Datei noch einmal',
  pastedText: 'Der eingefügte Text',
  isNoTable: '{name} {what}.',
  isEmpty: '{name} ist leer: Keine Zeile enthält etwas.',
  noSuchColumn: '{name} hat keine Spalte „{wanted}“; die Spalten sind {columns}.',
  columnTwice: '{name} hat mehr als eine Spalte „{wanted}“: Nennen Sie die gemeinte, „{first}“ bis „{last}“.',
  whichColumn: '{why}: {columns}.',
  andMore: '{names} und {more, number} weitere',
  noDateFormat: '„{format}“ ist keine Schreibweise von Daten, die hier bekannt ist.',
  noProfile:
    'In diesem Arbeitsbereich gibt es kein Profil „{name}“. Speichern Sie eines mit laurel inspect DATEI … --save-profile NAME.',
  noHeaderToRemember:
    '{name} hat keine Kopfzeile, an der Dateien dieser Art wiedererkannt werden: Es wurde nichts gespeichert.',
  noZone: 'Es gibt keine Zeitzone „{zone}“: Nennen Sie eine wie Europe/Berlin oder UTC.',
  eitherDecimal: 'Die Beträge lassen sich mit Dezimalpunkt und mit Dezimalkomma lesen.',
  whichExpiry: 'Welche Spalte sagt, wann eine Vergabe abläuft? {why}: {columns}.',
  noEventDates: 'Keine Spalte mit dem Datum der Vergaben ist zu finden',
  noExpiries: 'Keine Spalte mit einem Ablauf ist zu finden',
  expiryIs: 'Der Ablauf {fault}',
  eitherOrder: 'Die Daten können Tag-Monat oder Monat-Tag sein: Kein Tag über 12 sagt, was gilt.',
  mayCountDays: 'Die Daten sind Zahlen von {from} bis {to}, also keine Zeitpunkte. Sie zählen vielleicht Tage.',
  datesWithoutZone: 'Die Daten nennen keine Zeitzone.',
  unclosedQuote:
    'Ein Anführungszeichen wird nie geschlossen: Es wird als Zeichen gelesen, damit keine Zeile verloren geht',
  manyLines:
    'Eine Zelle in Anführungszeichen reicht über viele Zeilen: Das Zeichen steht vielleicht versehentlich da und verschluckt die Zeilen dazwischen',
  rowTooLong: 'Die Zeile ist länger als 1.048.576 Bytes, die längste, die gelesen wird',
  cleanedZeros: 'Nullen vor der Kunden-ID wurden weggelassen',
  cleanedDecimals: 'Nachkommastellen aus Nullen hinter der Kunden-ID wurden weggelassen, wie in 90001.0',
  cleanedApostrophe: 'Ein Apostroph vor der Kunden-ID wurde weggelassen',
  cleanedInvisible: 'Unsichtbare Leerzeichen um die Kunden-ID wurden weggelassen',
  cleanedFormula: 'Die Kunden-ID wurde aus einer Formel genommen, wie in ="100"',
  numberAmongTexts: 'Die Kunden-ID ist eine Zahl unter Texten: Sie wird als Text genommen, wie sie dasteht',
  clockTwice:
    'Die Uhr der Zeitzone zeigt diese Zeit zweimal, weil sie an dem Tag zurückgestellt wird: Genommen wird die frühere. Ein Versatz hinter der Zeit sagt, welche es ist',
  clockNever:
    'Die Uhr der Zeitzone zeigt diese Zeit nie, weil sie an dem Tag vorgestellt wird: Gelesen wird eine Stunde später. Vielleicht ist es eine andere Zeitzone',
  textsTooMany: 'Mehr als {most, number} verschiedene Texte in der Spalte der Kunden',
  emailsAreNotSent:
    'Die Kunden sind an E-Mail-Adressen zu erkennen: Einschreiben und Vergeben nennen viele Kunden in einer Anfrage, und dort nimmt ein Gateway nur ihre ganzen Zahlen an. Ergänzen Sie eine Spalte mit den Zahlen, um eine solche Liste zu senden',
  phonesAreNotSent:
    'Die Kunden sind an Telefonnummern zu erkennen: Einschreiben und Vergeben nennen viele Kunden in einer Anfrage, und dort nimmt ein Gateway nur ihre ganzen Zahlen an. Ergänzen Sie eine Spalte mit den Zahlen, um eine solche Liste zu senden',
  textsAreNotSent:
    'Die Kunden sind an Texten zu erkennen: Einschreiben und Vergeben nennen viele Kunden in einer Anfrage, und dort nimmt ein Gateway nur ihre ganzen Zahlen an. Ergänzen Sie eine Spalte mit den Zahlen, um eine solche Liste zu senden',
  repeatedRows:
    '{count, plural, one {# Zeile hat} other {# Zeilen haben}} den Kunden und die Zeit der Zeile davor. Jede Zeile zählt als ein Ereignis: Wo es Posten eines Kaufs sind, fassen Sie diese vorher zusammen',
  customerMissing: 'Die Kunden-ID fehlt',
  customerIs: 'Die Kunden-ID „{cell}“ {fault}',
  dateIs: 'Das Datum {fault}',
  amountMissing: 'Der Betrag fehlt',
  amountIs: 'Der Betrag „{cell}“ {fault}',
  cleanedAmount: 'Währungszeichen oder Tausendertrennzeichen wurden im Betrag weggelassen',
  cancelled: 'Abgebrochen. Die Datei wurde nur angesehen.',
  cutByCommas: 'durch Kommas getrennt',
  cutBySemicolons: 'durch Semikolons getrennt',
  cutByTabs: 'durch Tabulatoren getrennt',
  cutByBars: 'durch senkrechte Striche getrennt',
  cutBy: 'durch „{delimiter}“ getrennt',
  oneColumn: 'eine Spalte',
  workbook:
    'Excel-Arbeitsmappe, Blatt „{sheet}“, {rows, plural, one {# Zeile} other {# Zeilen}}, {columns, plural, one {# Spalte} other {# Spalten}}',
  openDocument:
    'OpenDocument-Tabelle, Blatt „{sheet}“, {rows, plural, one {# Zeile} other {# Zeilen}}, {columns, plural, one {# Spalte} other {# Spalten}}',
  parquet:
    'Parquet, {files, plural, =1 {} one {# Datei, } other {# Dateien, }}{rows, plural, one {# Zeile} other {# Zeilen}}, {columns, plural, one {# Spalte} other {# Spalten}}',
  text: 'Texttabelle ({encoding}, {cut}), {files, plural, =1 {} one {# Datei, } other {# Dateien, }}{rows, plural, one {# Zeile} other {# Zeilen}}, {columns, plural, one {# Spalte} other {# Spalten}}',
  textPacked:
    'Texttabelle ({encoding}, {cut}, gepackt mit {packing}), {files, plural, =1 {} one {# Datei, } other {# Dateien, }}{rows, plural, one {# Zeile} other {# Zeilen}}, {columns, plural, one {# Spalte} other {# Spalten}}',
  kindParquetEncrypted: 'ist eine verschlüsselte Parquet-Datei. Exportieren Sie die Tabelle unverschlüsselt',
  kindExcelLocked:
    'ist eine Arbeitsmappe mit Kennwort. Öffnen Sie sie in Excel, entfernen Sie das Kennwort und speichern Sie sie neu',
  kindWord:
    'ist ein Word-Dokument. Kopieren Sie seine Tabelle in eine Tabellenkalkulation und speichern Sie sie als CSV',
  kindZip: 'ist ein ZIP-Archiv. Entpacken Sie es und wählen Sie die Tabelle darin',
  kindPdf: 'ist ein PDF-Dokument ohne lesbare Tabelle. Lassen Sie sich die Daten als CSV oder Excel geben',
  kindHtml:
    'ist eine Webseite, oft die Anmeldeseite einer abgelaufenen Sitzung. Melden Sie sich an und exportieren Sie die Datei noch einmal',
  kindJson: 'ist JSON und keine Tabelle. Exportieren Sie sie als CSV oder Excel',
  kindXml: 'ist XML und keine Tabelle. Exportieren Sie sie als CSV oder Excel',
  kindImage: 'ist ein Bild und keine Tabelle',
  kindDatabase: 'ist eine Datenbankdatei und keine Tabelle. Exportieren Sie die Tabelle als CSV',
  kindBinary: 'ist weder Text noch Arbeitsmappe. Exportieren Sie die Liste als CSV',
  kindEmpty: 'ist leer',
  customerFaultEmpty: 'fehlt',
  customerFaultZero: 'ist 0',
  customerFaultNegative: 'ist negativ',
  customerFaultDecimal: 'hat Nachkommastellen',
  customerFaultGrouped: 'hat Tausendertrennzeichen, die auch ein Dezimalzeichen sein können: Exportieren Sie sie ohne',
  customerFaultScientific:
    'steht in wissenschaftlicher Schreibweise: Excel hat diese Zahl gekürzt, und ihre letzten Ziffern sind verloren; formatieren Sie die Spalte als Text und exportieren Sie noch einmal',
  customerFaultTooLarge: 'ist größer als 9.007.199.254.740.991, die größte Zahl, die genau bleibt',
  customerFaultOtherDigits: 'ist nicht in den Ziffern 0 bis 9 geschrieben: Exportieren Sie sie in westlichen Ziffern',
  customerFaultTextId:
    'ist ein Text, und Kunden haben hier ganze Zahlen: Geben Sie jedem eine eigene Zahl, in einer Spalte der Datei',
  customerFaultFormula: 'ist eine Formel und nicht ihr Wert: Exportieren Sie die Werte',
  customerFaultStandIn: 'steht für eine fehlende: Alle Kunden ohne Nummer wären ein Kunde',
  customerFaultNotANumber: 'ist keine ganze Zahl',
  amountFaultEmpty: 'fehlt',
  amountFaultNotANumber: 'ist keine Zahl',
  amountFaultBrackets: 'steht in Klammern: Schreiben Sie einen negativen Betrag mit Minuszeichen',
  amountFaultCurrencies:
    'nennt eine Währung, und die Spalte enthält mehrere: Rechnen Sie alle in eine um und lassen Sie das Zeichen weg',
  amountFaultOtherDecimal: 'hat ein anderes Dezimalzeichen als der Rest der Spalte',
  amountFaultAmbiguous:
    'lässt sich mit Dezimalpunkt und mit Dezimalkomma lesen: Sagen Sie, was gilt (--decimal . oder --decimal ,)',
  amountFaultTooLarge: 'ist zu groß',
  workbookTooLarge: '{name} ist größer als ein Gibibyte. Speichern Sie das Blatt als CSV.',
  workbookDamaged:
    '{name} ist eine Excel-Arbeitsmappe, die sich nicht lesen lässt: Sie ist beschädigt oder mit einem Kennwort gesperrt. Öffnen Sie sie in Excel und speichern Sie sie neu.',
  workbookTooLargeToHold:
    '{name} ist größer als 64 MiB, zu groß für eine Arbeitsmappe dieses Formats. Speichern Sie sie als .xlsx oder CSV.',
  otherWorkbookDamaged:
    '{name} ist eine Arbeitsmappe, die sich nicht lesen lässt: Sie ist beschädigt, mit einem Kennwort geschützt oder älter als Excel 97. Öffnen Sie sie in einer Tabellenkalkulation und speichern Sie sie als .xlsx oder CSV.',
  hiddenIsNotTold:
    'Was in einer Arbeitsmappe dieses Formats ausgeblendet ist, wird hier nicht gesagt: Ausgeblendete Blätter, Zeilen und Spalten werden wie die anderen gelesen. Speichern Sie als .xlsx, um es zu erfahren',
  sheetIsHidden: 'Das Blatt {sheet} ist in der Arbeitsmappe ausgeblendet',
  hiddenRows:
    '{count, plural, one {# Zeile ist im Blatt ausgeblendet und wird wie die anderen gelesen} other {# Zeilen sind im Blatt ausgeblendet und werden wie die anderen gelesen}}',
  hiddenColumns:
    '{count, plural, one {# Spalte ist im Blatt ausgeblendet und wird wie die anderen gelesen} other {# Spalten sind im Blatt ausgeblendet und werden wie die anderen gelesen}}',
  hiddenSheets:
    '{count, plural, one {# ausgeblendetes Blatt wird nur gelesen, wenn es genannt wird: {sheets}} other {# ausgeblendete Blätter werden nur gelesen, wenn sie genannt werden: {sheets}}}',
  onlyHiddenSheets: 'Alle Blätter mit Zeilen sind in der Arbeitsmappe ausgeblendet: {sheets}.',
  noSuchSheet: '{name} hat kein Blatt „{sheet}“; die Blätter sind {sheets}.',
  sheetsEmpty: '{name} ist eine Arbeitsmappe, deren Blätter leer sind.',
  whichSheet: 'Die Arbeitsmappe hat mehrere Blätter mit Zeilen: {sheets}.',
  dateMissing: 'fehlt',
  dateImpossible: '„{cell}“ gibt es nicht: {why}',
  dateUnread: '„{cell}“ lässt sich nicht als Datum lesen: Schreiben Sie 2026-03-01T09:30:00Z',
  dateZoneLetters:
    '„{cell}“ nennt die Zeitzone mit Buchstaben, {zone}, die mehrere Zonen haben: Schreiben Sie an ihrer Stelle einen Versatz wie +01:00',
  dateAmbiguous:
    '„{cell}“ kann Tag-Monat oder Monat-Tag sein: Sagen Sie, was gilt (--date-format oder events.dateFormat: day-month-year oder month-day-year), oder schreiben Sie {dayFirst} oder {monthFirst}',
  dateDayFirst:
    '„{cell}“ hat den Tag vorn, und von der Spalte hat das niemand gesagt (--date-format oder events.dateFormat: day-month-year): Sagen Sie es, oder schreiben Sie {example}',
  dateMonthFirst:
    '„{cell}“ hat den Monat vorn, und von der Spalte hat das niemand gesagt (--date-format oder events.dateFormat: month-day-year): Sagen Sie es, oder schreiben Sie {example}',
  dateOtherOrder: '„{cell}“ hat den Tag, wo im Rest der Spalte der Monat steht',
  dateNoTime: 'hat die Uhrzeit „{time}“, die es nicht gibt',
  dateNoZone:
    '„{cell}“ hat keine Zeitzone: Schreiben Sie Z oder einen Abstand wie +05:30 ans Ende, oder nennen Sie die Zone der Spalte (--zone, events.zone)',
  dateMilliseconds:
    '„{cell}“ sieht nach Millisekunden aus, nicht nach Sekunden (--date-format milliseconds, events.dateFormat)',
  dateReason: '„{cell}“ {reason}',
  dateCompact: '„{cell}“ sieht nach einem Datum ohne Trennzeichen aus (--date-format compact, events.dateFormat)',
  dateEpochMilliseconds:
    '„{cell}“ sieht nach Millisekunden seit 1970 aus (--date-format milliseconds, events.dateFormat)',
  dateExcel: '„{cell}“ sieht nach einem Excel-Datum aus: {meant} (--date-format excel, events.dateFormat)',
  dateCountsDays:
    '„{cell}“ ist eine Zahl und kein Zeitpunkt: Als Sekunden gelesen läge sie im Jahr {year}. Die Spalte zählt vielleicht Tage (--date-format day-number@DATE OF DAY 1, events.dateFormat)',
  dateNumber: '„{cell}“ ist eine Zahl und kein Zeitpunkt',
  noMonth: 'es gibt keinen Monat {month}',
  noDay: 'der Monat {month} des Jahres {year} hat keinen Tag {day}',
  noHour: '{hour} Uhr {half}m gibt es nicht',
  noTime: 'die Uhrzeit {time} gibt es nicht',
  everyCell: 'in jeder Zelle steht eine',
  noColumn: 'Die Tabelle hat keine Spalte',
  sayWhich: '{name}: {question} Sagen Sie, was gilt (auf der Befehlszeile {option}). Nichts wurde ausgegeben.',
  theText: 'Der Text',
  headingStandsOften: 'Die Überschrift „{heading}“ steht {times, number}-mal da',
  severalHeadings: 'Mehrere Überschriften können die Kunden meinen',
  headingTwice: 'Die Überschrift „{heading}“ steht zweimal da',
};
