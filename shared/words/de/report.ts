import type { Catalogue } from '../message';

export const report: Catalogue['report'] = {
  kicker: 'Was würde geschehen? Eine Vorausschau für ein Badge',
  kickerMany: 'Was würde geschehen? Eine Vorausschau für Badges',
  unnamed: 'Unbenanntes Szenario',
  madeBy: 'Erstellt mit Laurel {version}.',

  answer: 'Die Antwort',
  howToRead:
    'Noch ist nichts geschehen: Kunden und ihre Einkäufe wurden auf einem Rechner nach den Regeln des Badges durchgespielt. Wer mindestens eine Vergabe bekommt, gilt als bedient; wer es versucht und nie eine bekommt, geht leer aus.',
  ofRuns:
    'Weil Zufall mitspielt, wurde {runs, plural, one {# Mal} other {# Mal}} gespielt. Große Zahlen sind der Durchschnitt aller Läufe; in acht von zehn Läufen liegt die Zahl in der Spanne darunter.',
  ofOneRun:
    'Der Zufall wurde einmal durchgespielt. Wie weit ein anderer Lauf abwiche, ist nicht bekannt: Lassen Sie mehrere laufen, bevor Sie entscheiden.',
  capBand:
    'Die Obergrenze ist in {ever, number} von {runs, number} Läufen aufgebraucht, in der Hälfte davon bis zum {day}.',
  capBandAll: 'Die Obergrenze ist in jedem Lauf aufgebraucht, in der Hälfte bis zum {day}.',
  capOnce: 'Die Obergrenze ist am {day} aufgebraucht.',
  nothingKnown: 'Das Ergebnis sagt nichts über dieses Badge.',

  served: 'Bediente Kunden',
  turnedAway: 'Gehen leer aus',
  awards: 'Vergaben',
  cost: 'Erwartete Kosten',
  capUsedUp: 'Obergrenze aufgebraucht',
  capNever: 'nie',
  capInShare: 'in {share} der Läufe',
  ofThoseWhoTry: '{share} derer, die es versuchen',
  spread: '{low} bis {high}',

  assumptions: 'Was angenommen wurde',
  noAssumptions:
    'Die Ergebnisdatei enthält keine Annahmen. Nennen Sie ihr Szenario, dann stehen sie hier: laurel report ERGEBNIS --scenario DATEI.',
  period: 'Zeitraum',
  periodFromTo: '{from} bis {to}, {days, plural, one {# Tag} other {# Tage}}, in der Zeitzone {zone}',
  customers: 'Kunden',
  customersCount:
    '{count, plural, one {# Kunde} other {# Kunden}} in {segments, plural, one {# Segment} other {# Segmenten}}',
  segment: 'Segment',
  size: 'Kunden',
  perWeek: 'Einkäufe je Woche und Kunde',
  differ: 'Wie sich Kunden unterscheiden',
  alike: 'gar nicht',
  littleDiffer: 'ein wenig ({dispersion, number})',
  differClearly: 'deutlich ({dispersion, number})',
  differWidely: 'weit ({dispersion, number})',
  growth: 'Wachstum je Monat',
  noGrowth: 'keines',
  uncertain: 'Jeder Lauf zieht eigene Raten von „{segment}“, so unsicher, wie sie sind.',
  joins:
    'In {segment} kommen in einer durchschnittlichen Woche {perWeek} neue Kunden hinzu, jeder mit einem ersten Ereignis.',
  dropOut:
    'In {segment} bleibt ein durchschnittlicher Kunde nach einem Ereignis mit einer Wahrscheinlichkeit von {share} für immer weg.',
  amount: 'Durchschnittlicher Betrag',
  noAmount: 'nicht betrachtet',
  replayed: 'die wirklichen Einkäufe in {file}, so wieder abgespielt, wie sie waren',
  replayedLater:
    'die wirklichen Einkäufe in {file}, {days, plural, one {# Tag} other {# Tage}} später wieder abgespielt',
  replayedEarlier:
    'die wirklichen Einkäufe in {file}, {days, plural, one {# Tag} other {# Tage}} früher wieder abgespielt',
  replayedCounts:
    '{total, plural, one {# Einkauf} other {# Einkäufe}} im Zeitraum; {skipped, number} außerhalb und {bad, number} unlesbare sind weggelassen',
  calendar: 'Kalender',
  calendarNoOther: 'Keine Feiertage, Saisons oder Kampagnen.',
  calendarReal: 'So, wie eingekauft wurde, mit Feiertagen und Saisons.',
  earns: 'Was „{name}“ einbringt',
  earnsEvery:
    '{every, plural, =1 {Jeder Einkauf ergibt einen Versuch.} one {Je # Einkauf ergibt einen Versuch.} other {Je # Einkäufe ergeben einen Versuch.}}',
  earnsCount:
    '{count, plural, one {# Einkauf} other {# Einkäufe}} innerhalb von {days, plural, one {# Tag} other {# Tagen}} ergeben einen Versuch.',
  earnsAmount:
    'Ausgaben von {amount, number} innerhalb von {days, plural, one {# Tag} other {# Tagen}} ergeben einen Versuch.',
  earnsWeeks:
    '{weeks, plural, one {Der erste Einkauf einer Woche, der zählt, ergibt einen Versuch.} other {Wer in # Wochen hintereinander, Montag bis Sonntag, einen Einkauf hat, der zählt, macht mit dem ersten der letzten davon einen Versuch und beginnt mit der nächsten Woche von vorn.}}',
  earnsFrom: 'Einkäufe unter {amount, number} zählen nicht.',
  earnsChance: 'Von den anderen zählen {share}, nach Zufall.',
  earnsChanceOfAll: 'Von allen Einkäufen zählen {share}, nach Zufall.',
  earnsEveryCounted:
    '{every, plural, =1 {Jeder, der zählt, ergibt einen Versuch.} one {Je # Einkauf, der zählt, ergibt einen Versuch.} other {Je # Einkäufe, die zählen, ergeben einen Versuch.}}',
  enrolment: 'Einschreibung in „{name}“',
  enrolmentWaves:
    '{waves, plural, one {# Welle} other {# Wellen}}, die erste am {day}; {count, plural, one {# Kunde wird} other {# Kunden werden}} eingeschrieben',
  owner: 'In wessen Namen',
  costOf: 'Kosten von „{name}“',
  costWords: '{cost} je Vergabe, {share} davon werden eingelöst',
  noCost: 'nicht gezählt',

  charts: 'In Bildern',
  chartCapAll:
    'So summieren sich die Vergaben: Die Obergrenze von {cap, number} ist in neun von zehn Läufen bis zum {day} aufgebraucht',
  chartCapSome:
    'So summieren sich die Vergaben: Die Obergrenze von {cap, number} ist in {ever, number} von {runs, number} Läufen aufgebraucht, in der Hälfte davon bis zum {day}',
  chartCapOnce: 'So summieren sich die Vergaben: Die Obergrenze von {cap, number} ist am {day} aufgebraucht',
  chartCapLasts:
    'So summieren sich die Vergaben: Die Obergrenze von {cap, number} wird in dem Zeitraum nicht aufgebraucht',
  chartUncappedAll:
    'So summieren sich die Vergaben: Die Obergrenze ist in neun von zehn Läufen bis zum {day} aufgebraucht',
  chartUncapped: 'So summieren sich die Vergaben: {count} bis zum Ende des Zeitraums',
  chartCapNote:
    'Die Linie ist der Durchschnitt aller Läufe. Hinterlegt sind die Tage, an denen die Obergrenze in acht von zehn Läufen aufgebraucht ist.',
  chartCapNoteNone: 'Die Linie ist der Durchschnitt aller Läufe.',
  chartCapNoteOnce: 'Ein Lauf.',
  chartDaily: 'Vergaben je Tag: die meisten, {count}, am {day}',
  chartDailyRefused: 'Vergaben je Tag: die meisten, {count}, am {day}; {share} aller Versuche werden abgelehnt',
  chartDailyNote: 'Linien sind die Mitte aller Läufe, Bänder das, worin acht von zehn Läufen liegen.',
  chartDailyNoteOnce: 'Ein Lauf; jeder Balken zeigt Vergaben und darüber Ablehnungen.',
  chartWeekly: 'Vergaben je Woche: die meisten, {count}, in der Woche vom {day}',
  chartWeeklyNote: 'Jeder Balken zeigt Vergaben und darüber Ablehnungen einer Woche: den Durchschnitt aller Läufe.',
  chartReasons: 'Warum Versuche abgelehnt werden: {share} durch „{reason}“',
  chartPerCustomer: 'Wie oft Kunden es bekommen: {share} der Bedienten einmal',
  chartPerCustomerNote: 'Kunden nach der Zahl ihrer Vergaben; wer keine hat, ist weggelassen.',
  meanOfRuns: 'Durchschnitt aller Läufe.',
  awarded: 'Vergeben',
  refused: 'Abgelehnt',
  soFar: 'Vergaben bisher',
  capLevel: 'Obergrenze {cap, number}',
  usedUp: 'aufgebraucht',
  neverTried: 'Nie versucht',
  countOfCustomers: '{served, number} von {all, number}',
  picture: 'Bild: {title}.',
  numbersOf: 'Die Zahlen',

  sideBySide: 'Nebeneinander',
  sideBySideNote:
    'Alle Fassungen liefen mit demselben Zufall: Was sich unterscheidet, kommt von der Änderung und nicht vom Glück. An der ersten werden die anderen gemessen.',
  sideBySideApart:
    'Ob die Fassungen mit demselben Zufall liefen, ist nicht bekannt: Kleine Unterschiede können Glück sein.',
  sideTitle: '„{name}“: wer in jeder Fassung bedient wird',
  version: 'Fassung',
  changed: 'geändert: {changes}',
  difference: '{signed} gegenüber {first}',
  noDifference: 'gleich',
  peopleBetter:
    'Mit {version} {winners, plural, =0 {bekommt kein Kunde} one {bekommt # Kunde} other {bekommen # Kunden}} mehr von „{name}“ und {losers, plural, =0 {niemand weniger} one {# weniger} other {# weniger}} (erster Lauf).',
  notThere: 'nicht in dieser Fassung',

  loses: 'Wer verliert',
  losesNobody: '„{name}“: Niemand, der es versucht, geht leer aus',
  losesShare: '„{name}“: {share} derer, die es versuchen, gehen leer aus',
  losesMost: '„{name}“: „{segment}“ verlieren am meisten, {share} derer, die es versuchen, gehen leer aus',
  losesNoSegments: 'Das Szenario unterscheidet keine Segmente.',
  triedShare: 'Leer ausgegangen, von denen, die es versuchen',

  risk: 'Kosten und Risiko',
  riskOnce: '„{name}“ kostet voraussichtlich {cost}. Ein einziger Lauf sagt nichts über das Risiko.',
  riskSpread: '„{name}“ kostet voraussichtlich {cost}; in einem von zehn Läufen kostet es {risk} oder mehr',
  riskNone: 'Für „{name}“ sind keine Kosten angegeben.',
  riskNote: 'Vergaben, mal die Kosten einer Vergabe, mal der Anteil, der eingelöst wird.',
  riskLow: 'Niedrig: Einer von zehn Läufen kostet weniger (P10)',
  riskMiddle: 'Mitte: Die Hälfte der Läufe kostet weniger (P50)',
  riskHigh: 'Hoch: Einer von zehn Läufen kostet mehr (P90)',
  riskMean: 'Durchschnitt aller Läufe',

  limits: 'Die Obergrenzen in Worten',
  limitsNone: 'Keine Obergrenzen.',
  lives: 'Es gilt vom {from} bis zum {to}.',
  limitsUnknown: 'Die Ergebnisdatei enthält die Obergrenzen der Badges nicht.',

  data: 'Woher die Zahlen über Kunden kommen',
  dataTyped: 'Sie wurden von Hand eingegeben. Mit vergangenen Einkäufen wurden sie nicht verglichen.',
  dataReplay: 'Es sind die Einkäufe in {file} selbst.',
  dataLearned:
    'Sie wurden aus {file} gelernt: {events, plural, one {# Einkauf} other {# Einkäufe}} von {customers, plural, one {# Kunden} other {# Kunden}}, vom {from} bis zum {to}.',
  dataHeld:
    'Um zu sehen, wie gut das ist, wurde der letzte Teil, ab dem {day}, zurückgehalten und aus dem vorhergesagt, was davor lag: {forecast, number} Einkäufe vorhergesagt, {actual, number} kamen.',
  dataGood: 'Die Vorhersage lag um {error} daneben. Das ist gut.',
  dataFair: 'Die Vorhersage lag um {error} daneben. Lesen Sie die Antwort mit diesem Wissen.',
  dataPoor: 'Die Vorhersage lag um {error} daneben. Das ist viel: Etwas bewegt die Kunden, das das Modell nicht kennt.',
  dataNaive: 'Die Einkäufe von {days, number} Tagen zuvor einfach zu wiederholen, hätte um {error} danebengelegen.',
  dataNaiveBetter: 'Diese einfachere Vorhersage war die bessere.',
  dataNotHeld: 'Es wurde kein Teil zurückgehalten, darum weiß niemand, wie gut vorhergesagt wird.',
  dataUncertain: 'gelernt {value}, in neun von zehn Fällen zwischen {low} und {high}',
  dataEdited: 'seitdem von Hand geändert',
  dataScatter: 'Die Tage streuen {times}-mal so stark, wie das Modell erwartet: Etwas anderes bewegt sie.',
  learnedRate: 'Einkäufe je Woche',
  learnedSpread: 'Wie sich Kunden unterscheiden',

  contradictions: 'Widersprüche',
  contradictionsNone: 'Im Szenario wurde keiner gefunden.',
  contradictionsUnknown: 'Ohne das Szenario kann keiner gesucht werden.',
  placeBadge: 'Badge „{badge}“',
  placeLimit: '{badge}, Grenze „{limit}“',
  placePart: '{badge}, {part}',
  placeField: '{place}, Feld „{field}“',
  placeSegment: 'Segment „{segment}“',
  placeDays: 'Kalender, {days}',
  placeNamed: 'Kalender, „{name}“ ({days})',
  placeCustomers: 'Kunden',
  placeScenario: 'Das Szenario',
  partTrigger: 'was zählt',
  partOwner: 'Besitzer',
  partEnrolment: 'Anmeldung',
  partCost: 'Kosten',
  partStart: 'Beginn',
  partEnd: 'Ende',
  partName: 'Name',
  partActive: 'aktiv',

  again: 'Wie es entstand und wie es wieder entsteht',
  engine: 'Engine',
  seed: 'Startwert',
  runs: 'Läufe',
  events: 'Durchgespielte Einkäufe',
  againWords:
    'Dasselbe Szenario, derselbe Startwert und dieselbe Engine ergeben dieselben Zahlen bis auf die letzte Stelle:',
  againSave: 'Speichern Sie das Szenario aus Laurel (Exportieren, Szenariodatei) unter dem Namen unten, dann:',
  method: 'Wie Laurel rechnet',
  methodWords:
    'Jeder Kunde hat eine eigene Rate, gezogen aus einer Gammaverteilung; seine Einkäufe kommen mit dieser Rate zufällig (ein Poisson-Prozess), an starken Wochentagen mehr und mit Wachstum. Jeder Einkauf, der zählt, wird denselben Regeln unterworfen, die das Gateway der Badges anwendet. Nicht abgebildet: Saisons, Feiertage, Kampagnen, Mundpropaganda und Kunden, die sich des Badges wegen ändern.',
  methodReplay:
    'Jeder Einkauf der Datei wird der Reihe nach denselben Regeln unterworfen, die das Gateway der Badges anwendet. Nicht abgebildet: Kunden, die sich des Badges wegen ändern.',
  methodSection: '„{heading}“',
  methodLink:
    'Das Modell in Formeln, seine Annahmen und die Tabellen, die es prüfen: die Seite „Methods“ in Laurels Dokumentation (auf Englisch), unter {sections}. Sie liegt als docs/methods.md im Ordner des Projekts und im Ordner „resources“ eines installierten Laurel.',

  appendix: 'Die Zahlen hinter den Bildern',
  day: 'Tag',
  week: 'Woche vom',
  reason: 'Grund',
  attempts: 'Abgelehnte Versuche',
  share: 'Anteil',
  awardsEach: 'Vergaben je Kunde',
  low: '{label}, niedrig (P10)',
  middle: '{label}, Mitte (P50)',
  high: '{label}, hoch (P90)',

  logoKind: 'Das Logo {file} ist weder ein PNG- noch ein SVG-Bild. Nichts wurde geschrieben.',
  logoLarge: 'Das Logo {file} ist größer als {most, number} kB. Speichern Sie es kleiner. Nichts wurde geschrieben.',
  logoWide:
    'Das Logo {file} hat {width, number} × {height, number} Bildpunkte und darf 4.000 × 4.000 haben. Nichts wurde geschrieben.',
  logoBroken: 'Das Logo {file} ist kein vollständiges Bild. Nichts wurde geschrieben.',
  logoActs:
    'Das Logo {file} enthält {what}, was ein Bild nicht braucht. Speichern Sie es als einfaches SVG oder als PNG. Nichts wurde geschrieben.',
  logoUnread: 'Das Logo {file} kann nicht gelesen werden: {reason}. Nichts wurde geschrieben.',
  printRuntime:
    'Ein PDF druckt die Electron-Laufzeit, und hier ist keine. npm run setup holt sie. Als HTML wird der Bericht überall geschrieben: --out {name}.',
  printDisplay:
    'Ein PDF druckt die Electron-Laufzeit, die einen Bildschirm braucht, und hier ist keiner, auch nicht der virtuelle Xvfb. Als HTML wird der Bericht überall geschrieben: --out {name}.',
  printFailed:
    'Das PDF konnte nicht gedruckt werden ({reason}). Nichts wurde geschrieben. Als HTML wird der Bericht überall geschrieben.',
  printLate: 'das Drucken dauerte länger als zwei Minuten',

  button: 'Bericht…',
  dialogTitle: 'Bericht',
  dialogHint:
    'Eine Datei für Leute ohne Laurel: die Antwort, was angenommen wurde, Bilder, Kosten und wie sie wieder entsteht.',
  format: 'Datei',
  formatHtml: 'Webseite',
  formatHtmlHint: 'Öffnet sich in jedem Browser, auch ohne Netz',
  formatPdf: 'PDF',
  formatPdfHint: 'Zum Drucken und Anhängen',
  title: 'Titel',
  brandColour: 'Markenfarbe',
  brandColourHint: 'Wie #1a7f50; leer: Laurels Grün',
  logo: 'Logo',
  logoNone: 'Kein Logo',
  logoChoose: 'Ein Bild wählen…',
  logoRemove: 'Das Logo entfernen',
  logoHint: 'PNG oder SVG; es bleibt für den nächsten Bericht',
  versions: 'Fassungen',
  withVersions: '{count, plural, one {Das Ergebnis allein} other {Alle # Fassungen nebeneinander}}',
  write: 'Den Bericht schreiben…',
  writing: 'Der Bericht wird geschrieben',
  written: 'Der Bericht liegt in {name}.',
  open: 'Öffnen',
  chooseLogoTitle: 'Ein Logo wählen',
  chooseLogoButton: 'Wählen',
  pictures: 'Bilder',
  htmlFile: 'Webseite',
  pdfFile: 'PDF',
  copyChart: '„{title}“ als Bild kopieren',
  copied: 'Das Bild ist in der Zwischenablage.',
  notCopied: 'Das Bild konnte nicht in die Zwischenablage gelegt werden.',
  colourWrong: 'Die Markenfarbe wird wie #1a7f50 geschrieben, nicht {given}.',
};
