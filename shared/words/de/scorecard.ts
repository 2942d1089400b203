import type { Catalogue } from '../message';

/** Eine Vorhersage neben dem, was wirklich kam. */
export const scorecard: Catalogue['scorecard'] = {
  hint: 'Nach dem Start: was wirklich kam, Woche für Woche über die Bänder dieser Vorhersage gelegt. Das Szenario läuft dafür noch einmal.',
  awardsFile: 'Vergaben, die es gab',
  awardsHint: 'Eine Tabelle der Vergaben dieses Badges: Kunde und Datum',
  salesFile: 'Käufe seit dem Start',
  salesHint: 'Kann fehlen. Damit werden auch Häufigkeit und Beträge neben das Szenario gehalten',
  controlFile: 'Käufe der ausgeschlossenen Kunden',
  controlHint: 'Eine eigene Tabelle, wie die andere',
  chooseFile: 'Auswählen …',
  removeFile: '{name} weglassen',
  howRead: 'Wie sie gelesen wird',
  looking: 'wird angesehen',
  knownUntil: 'Alle Vergaben sind bekannt bis',
  knownUntilHint: 'Leer: der Tag der letzten Zeile',
  untilWrong: 'Schreiben Sie einen Tag wie 2026-12-24.',
  noAwards: 'Wählen Sie zuerst die Vergaben, die es gab, oder die Organisation, die sie zählt.',
  noControl: 'Wählen Sie zuerst die Käufe der ausgeschlossenen Kunden.',
  noSegmentNamed: 'Sagen Sie, welche Gruppe der Datei ausgeschlossen war.',
  noControlSize: 'Sagen Sie, wie viele Kunden ausgeschlossen waren.',
  keptOut: 'Kontrollgruppe',
  keptNone: 'Keine',
  keptSegment: 'Eine Gruppe der Datei',
  keptFile: 'Eine eigene Datei',
  segmentName: 'Ausgeschlossene Gruppe',
  controlSize: 'Ausgeschlossene Kunden',
  sizeHint: 'Alle, auch die, die nie kamen',
  size: 'Kunden, die es bekommen konnten',
  sizeReachedHint: 'Auch die, die nie kamen, ohne die ausgeschlossenen',
  sizeOfScenario:
    'Auch die, die nie kamen, ohne die ausgeschlossenen: Das Szenario hat {all, number} Kunden; sind die ausgeschlossenen darunter, ziehen Sie sie ab',
  noSizeSaid: 'Sagen Sie, wie viele Kunden das Badge bekommen konnten.',
  compare: 'Vergleichen',
  comparing: 'Wird über die Vorhersage gelegt',
  forecast: 'Vorhersage, P50',
  came: 'Was kam',
  why: 'Was es erklären würde',
  uplift: 'Wirkung',
  leftOut: '{name}: {skipped, number} Zeilen außerhalb des Zeitraums und {badRows, number} unlesbare blieben weg.',
  allOutside:
    '{count, plural, one {Die einzige lesbare Zeile von {file} liegt nicht} other {Keine der {count, number} lesbaren Zeilen von {file} liegt}} im Zeitraum des Szenarios, {from} bis {to}: Der Vorhersage lässt sich nichts gegenüberstellen.{badRows, plural, =0 {} one { # weitere Zeile ist nicht lesbar.} other { # weitere Zeilen sind nicht lesbar.}} War es die richtige Datei?',
  noRow:
    '{file} hat eine Kopfzeile und keine weitere: Der Vorhersage lässt sich nichts gegenüberstellen. War es die richtige Datei, und wurde alles exportiert?',
  allUnreadable:
    '{count, plural, one {Die einzige Zeile von {file} ist nicht lesbar} other {Keine der {count, number} Zeilen von {file} ist lesbar}}; der Vorhersage lässt sich nichts gegenüberstellen. Zeile {line, number}: {reason}',
  noneOfThem:
    'Keine Vergabe der Datei gehört zu einem Badge, das beurteilt wird: Der Vorhersage lässt sich nichts gegenüberstellen.',
  learnAgain: 'Aus den Käufen neu lernen',
  learnNext: 'Die Käufe stehen unter Kunden: Drücken Sie Lernen.',
  learnNextFrom: 'Die Käufe stehen unter Kunden, gelernt wird ab {day}: Drücken Sie Lernen.',
  saveCsv: 'Wochen als CSV',
  saveExcel: 'Wochen als Excel',
  chartTotal: 'Vergaben bisher und die Vorhersage',
  chartWeeks: 'Vergaben jeder Woche und die Vorhersage',
  chartNote: 'Das Band reicht von P10 bis P90 aus {runs, number} Läufen.',
  title: 'Soll und Ist',
  noSize:
    'Wie viele Kunden das Badge bekommen konnten, ist nicht bekannt: Wer nie kam, steht in keiner Datei. Zählen Sie diese mit und die ausgeschlossenen nicht.',
  noSizeOf:
    'Wie viele Kunden das Badge bekommen konnten, ist nicht bekannt: Wer nie kam, steht in keiner Datei. Das Szenario hat {all, number} Kunden: Es sind diese, wenn die ausgeschlossenen nicht darunter sind, und {less, number}, wenn sie es sind.',
  tooFew: '{seen, number} Kunden der Datei haben etwas gekauft, und {size, number} sollen alle sein.',
  noSegment: 'Die Datei hat keine Gruppe „{segment}“. Sie hat {names}.',
  noGroups:
    'Eine ausgeschlossene Gruppe zeigt sich an ihren Käufen: Wählen Sie auch die der anderen, und sagen Sie, wie viele Kunden ausgeschlossen waren.',
  beforeStart: 'Alle Vergaben sind bis zu einem Tag bekannt, der vor dem Beginn des Szenarios liegt.',
  tooEarly: 'Noch nicht einmal die erste Woche ist vorbei: Es lässt sich noch nichts sagen.',
  placeIn:
    'Im Band: {actual, number} Vergaben bis {day}; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  placeBelow:
    'Unter dem Band seit der Woche vom {since}: {actual, number} Vergaben bis {day}; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  placeAbove:
    'Über dem Band seit der Woche vom {since}: {actual, number} Vergaben bis {day}; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  weeksOut:
    '{out, number} von {count, plural, one {# Woche} other {# Wochen}} {out, plural, one {liegt außerhalb} other {liegen außerhalb}} des eigenen Bandes; bei einer richtigen Vorhersage {expected, plural, =0 {wäre es kaum eine} one {wäre es etwa eine} other {wären es etwa #}}, denn ein Band reicht von P10 bis P90.',
  rateMore:
    'Die Kunden kaufen {percent, number}\u00a0% öfter, als das Szenario sagt: {actual, number} Käufe, wo {expected, number} erwartet wurden.',
  rateLess:
    'Die Kunden kaufen {percent, number}\u00a0% seltener, als das Szenario sagt: {actual, number} Käufe, wo {expected, number} erwartet wurden.',
  amountsMore:
    'Ein Kauf ist {percent, number}\u00a0% mehr wert, als das Szenario sagt: im Mittel {actual, number}, wo {expected, number} erwartet wurde.',
  amountsLess:
    'Ein Kauf ist {percent, number}\u00a0% weniger wert, als das Szenario sagt: im Mittel {actual, number}, wo {expected, number} erwartet wurde.',
  seasonMore:
    '{month} liegt {percent, number}\u00a0% über dem, was die Höhe aller Wochen erwarten lässt: eine Saison, ein Feiertag oder eine Kampagne, die das Szenario nicht hat.',
  seasonLess:
    '{month} liegt {percent, number}\u00a0% unter dem, was die Höhe aller Wochen erwarten lässt: eine Saison, eine Schließung oder ein Feiertag, den das Szenario nicht hat.',
  sinceMore:
    'Bis dahin waren die Wochen wie vorhergesagt; seit der Woche vom {since} liegen sie gleichmäßig {percent, number}\u00a0% darüber: Dort hat sich etwas geändert. Eine Saison oder Kampagne geht vorbei; bleibt es, dann lernen Sie ab dort neu.',
  sinceLess:
    'Bis dahin waren die Wochen wie vorhergesagt; seit der Woche vom {since} liegen sie gleichmäßig {percent, number}\u00a0% darunter: Dort hat sich etwas geändert. Eine Saison oder Schließung geht vorbei; bleibt es, dann lernen Sie ab dort neu.',
  evenMore:
    'Es liegt in allen Wochen gleichmäßig {percent, number}\u00a0% darüber: also keine Saison, sondern wie oft Kunden kaufen oder für wie viel. Eine Datei ihrer Käufe sagt, was davon.',
  evenLess:
    'Es liegt in allen Wochen gleichmäßig {percent, number}\u00a0% darunter: also keine Saison, sondern wie oft Kunden kaufen oder für wie viel. Eine Datei ihrer Käufe sagt, was davon.',
  unclearMore:
    'Es liegt {percent, number}\u00a0% darüber, nicht in allen Wochen gleich, und kein Monat sticht heraus: Es kann mehreres zusammengekommen sein. Die Wochen unten zeigen, wann; eine Datei der Käufe sagt mehr.',
  unclearLess:
    'Es liegt {percent, number}\u00a0% darunter, nicht in allen Wochen gleich, und kein Monat sticht heraus: Es kann mehreres zusammengekommen sein. Die Wochen unten zeigen, wann; eine Datei der Käufe sagt mehr.',
  otherCause:
    'Die Käufe kamen wie erwartet, die Vergaben nicht: Sehen Sie nach, was zählt, und nach Einschreibung und Grenzen.',
  upliftMore:
    'Kunden, die das Badge bekommen konnten, kauften {percent, number}\u00a0% öfter als die ausgeschlossenen ({low, number} bis {high, number}\u00a0%, in 90 von 100 Fällen): {reached, number} gegen {control, number} Käufe je Kunde.',
  upliftLess:
    'Kunden, die das Badge bekommen konnten, kauften {percent, number}\u00a0% seltener als die ausgeschlossenen ({low, number} bis {high, number}\u00a0%, in 90 von 100 Fällen): {reached, number} gegen {control, number} Käufe je Kunde.',
  upliftAmountsMore:
    'In Geld gaben sie {percent, number}\u00a0% mehr aus ({low, number} bis {high, number}\u00a0%, in 90 von 100 Fällen): {reached, number} gegen {control, number} je Kunde, Rückgaben abgezogen.',
  upliftAmountsLess:
    'In Geld gaben sie {percent, number}\u00a0% weniger aus ({low, number} bis {high, number}\u00a0%, in 90 von 100 Fällen): {reached, number} gegen {control, number} je Kunde, Rückgaben abgezogen.',
  upliftAmountsNone: 'In Geld lässt sich keine Wirkung nennen: Eine der Gruppen hat insgesamt nichts ausgegeben.',
  upliftChance: 'Der Zufall allein kann diesen Unterschied erklären.',
  upliftNone:
    'Eine Wirkung lässt sich nicht nennen: Eine der Gruppen hat nichts gekauft oder hat weniger als zwei Kunden.',
  upliftNoDays: 'Eine Wirkung lässt sich nicht nennen: Die Käufe der beiden Gruppen haben keinen Tag gemeinsam.',
  compared:
    'Gezählt sind Käufe vom {from} bis {to}, über {reached, number} Kunden, die das Badge bekommen konnten, und {control, number} ausgeschlossene.',
  scenarioHas:
    'Die Vorhersage der Vergaben ist von den {scenario, number} Kunden des Szenarios, und {reached, number} konnten das Badge bekommen: Geben Sie dem Szenario so viele, um die Vergaben zu beurteilen.',
  controlEnds:
    'Die ausgeschlossenen Kunden haben nach dem {day} keinen Kauf, wo noch etwa {expected, number} zu erwarten wären: Spätere scheinen nicht in der Datei zu stehen, deshalb zählen spätere Tage für keine der Gruppen.',
  controlBegins:
    'Die ausgeschlossenen Kunden haben vor dem {day} keinen Kauf, wo etwa {expected, number} zu erwarten wären: Frühere scheinen nicht in der Datei zu stehen, deshalb zählen frühere Tage für keine der Gruppen.',
  reachedEnds:
    'Die Kunden, die das Badge bekommen konnten, haben nach dem {day} keinen Kauf, wo noch etwa {expected, number} zu erwarten wären: Spätere scheinen nicht in der Datei zu stehen, deshalb zählen spätere Tage für keine der Gruppen.',
  reachedBegins:
    'Die Kunden, die das Badge bekommen konnten, haben vor dem {day} keinen Kauf, wo etwa {expected, number} zu erwarten wären: Frühere scheinen nicht in der Datei zu stehen, deshalb zählen frühere Tage für keine der Gruppen.',
  badgeColumn: 'Badges in der Datei',
  badgeColumnHint: 'Eine Datei mehrerer Badges sagt in einer Spalte, von welchem jede Vergabe ist',
  badgeColumnNone: 'Nur dieses Badge',
  badgeColumnIs: 'Spalte „{name}“',
  noColumn: '{file} hat keine Spalte „{column}“.',
  unmatched:
    'In der Datei und von keinem Badge des Szenarios: {names}. Vergaben werden am Schlüssel eines Badges erkannt, an seinem Namen oder an seiner ID in der gefragten Organisation.',
  unmatchedOne: '„{value}“ ({awards, number})',
  unmatchedMore: '{count, plural, one {# weiterer} other {# weitere}}',
  valueIs: '„{value}“ ist',
  valueIsNone: 'Keiner davon',
  org: 'Zahlen einer Organisation',
  orgHint:
    'Sie wird nach ihrem Badge desselben Namens gefragt, und was sie vorher sagte, zählt mit. Geändert wird dort nichts',
  orgNone: 'Keine',
  orgTitle: 'Nach den Zahlen von {org}',
  orgIn:
    'Nach der Zahl von {org} im Band: {actual, number} Vergaben, als gefragt wurde; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  orgBelow:
    'Nach der Zahl von {org} unter dem Band: {actual, number} Vergaben, als gefragt wurde; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  orgAbove:
    'Nach der Zahl von {org} über dem Band: {actual, number} Vergaben, als gefragt wurde; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  orgHasNone: '{org} hat kein Badge dieses Namens.',
  orgNotCounted: '{org} sagt nicht, wie viele Vergaben dieses Badges es gibt.',
  orgBeganBefore:
    'Der Badge begann in {org} vor der Vorhersage: Die Zahl von {awards, number} enthält Vergaben, von denen die Vorhersage nichts weiß, und wird nicht beurteilt.',
  orgReadAfter:
    'Die Vorhersage ist vorbei, und das Badge läuft in {org} weiter: Die Zahl von {awards, number} enthält spätere Vergaben und wird nicht beurteilt.',
  orgTooEarly: 'Die Vorhersage beginnt später, als {org} gefragt wurde: Es lässt sich noch nichts sagen.',
  orgCycles:
    '{out, number} von {count, plural, one {# Zyklus} other {# Zyklen}} seiner Fenster {out, plural, one {liegt außerhalb} other {liegen außerhalb}} des eigenen Bandes; bei einer richtigen Vorhersage {expected, plural, =0 {wäre es kaum einer} one {wäre es etwa einer} other {wären es etwa #}}.',
  orgFileSame: 'Die Datei der Vergaben stimmt damit überein.',
  orgFileDiffers:
    'Die Datei der Vergaben und {org} widersprechen sich: Bis dahin stehen {file, number} Vergaben in der Datei, und {org} zählt {awards, number}. Sehen Sie nach, ob die Datei vollständig und nur von diesem Badge ist.',
  orgLaterIn:
    'Seit dem letzten Tag der Datei kamen in {org} {actual, number} dazu; vorhergesagt {low, number} bis {high, number}.',
  orgLaterOut:
    'Seit dem letzten Tag der Datei kamen in {org} {actual, number} dazu, und das liegt außerhalb des Bandes von {low, number} bis {high, number}: Entweder hat sich seitdem etwas geändert, oder die Datei ist nicht vollständig.',
  orgCyclesDiffer:
    'In {count, plural, one {# Zyklus} other {# Zyklen}} widersprechen sich Datei und Organisation, zuerst vom {from} bis {to}: {file, number} in der Datei, {awards, number} in {org}. Ihre Zyklen lassen zurückgenommene Vergaben aus.',
  orgChart: 'Vergaben jedes Zyklus, wie {org} sie zählt, und die Vorhersage',
  orgCycle: 'Zyklus vom',
  orgSince: 'Draußen seit der Zählung vom {since}; nach der vom {before} lag es noch im Band.',
  orgSinceFirst: 'Draußen bei jeder Zählung, zuerst am {since}.',
  orgHistoryIn:
    'Nach dem, was {org} vom {from} bis {day} gezählt hat, im Band: {actual, number} Vergaben; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  orgHistoryBelow:
    'Nach dem, was {org} vom {from} bis {day} gezählt hat, unter dem Band: {actual, number} Vergaben; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  orgHistoryAbove:
    'Nach dem, was {org} vom {from} bis {day} gezählt hat, über dem Band: {actual, number} Vergaben; vorhergesagt {low, number} bis {high, number}, Mitte {middle, number}.',
  orgSpans:
    '{out, number} von {count, plural, one {# Abschnitt} other {# Abschnitten}} von einer Zählung zur nächsten {out, plural, one {liegt außerhalb} other {liegen außerhalb}} des eigenen Bandes; bei einer richtigen Vorhersage {expected, plural, =0 {wäre es kaum einer} one {wäre es etwa einer} other {wären es etwa #}}.',
  orgSpanMore:
    'Vom {from} bis zum {to} kamen {percent, number}\u00a0% mehr, als die Höhe aller Zahlen erwarten lässt: eine Saison, ein Feiertag oder eine Kampagne, die das Szenario nicht hat.',
  orgSpanLess:
    'Vom {from} bis zum {to} kamen {percent, number}\u00a0% weniger, als die Höhe aller Zahlen erwarten lässt: eine Saison, eine Schließung oder ein Feiertag, den das Szenario nicht hat.',
  orgSinceMore:
    'Bis zur Zahl vom {since} kam alles wie vorhergesagt, und seitdem gleichmäßig {percent, number}\u00a0% mehr: Dort hat sich etwas geändert. Eine Saison oder Kampagne geht vorbei; bleibt es, dann lernen Sie ab dort neu.',
  orgSinceLess:
    'Bis zur Zahl vom {since} kam alles wie vorhergesagt, und seitdem gleichmäßig {percent, number}\u00a0% weniger: Dort hat sich etwas geändert. Eine Saison oder Schließung geht vorbei; bleibt es, dann lernen Sie ab dort neu.',
  orgEvenMore:
    'Die Zahlen liegen von einer zur nächsten gleichmäßig {percent, number}\u00a0% darüber: also keine Saison, sondern wie oft Kunden kaufen oder für wie viel. Eine Datei ihrer Käufe sagt, was davon.',
  orgEvenLess:
    'Die Zahlen liegen von einer zur nächsten gleichmäßig {percent, number}\u00a0% darunter: also keine Saison, sondern wie oft Kunden kaufen oder für wie viel. Eine Datei ihrer Käufe sagt, was davon.',
  orgUnclearMore:
    'Die Zahlen liegen {percent, number}\u00a0% darüber, nicht gleichmäßig, und keine sticht heraus: Es kann mehreres zusammengekommen sein. Eine Datei der Vergaben und eine der Käufe sagen mehr.',
  orgUnclearLess:
    'Die Zahlen liegen {percent, number}\u00a0% darunter, nicht gleichmäßig, und keine sticht heraus: Es kann mehreres zusammengekommen sein. Eine Datei der Vergaben und eine der Käufe sagen mehr.',
  orgFell:
    '{org} zählte am {from} {before, number} Vergaben und am {to} {after, number}. Eine Zahl aller Vergaben, die es je gab, kann nicht fallen, denn zurückgenommene bleiben darin: Die Organisation wurde zurückgesetzt oder zählt jetzt anders. Was sie vorher sagte, wird nicht verwendet.',
  orgNamesake:
    '{org} hatte ein anderes Badge dieses Namens, mit {awards, number} Vergaben am {day}. Es wurde neu angelegt, und das frühere bleibt außer Betracht.',
  orgReadings: 'Vergaben nach jeder Zählung von {org} und die Vorhersage',
  orgCounted: 'Gezählt',
  orgDay: 'Tag',
  orgCountOf: 'Zählung vom',
  orgCountSaid: 'Gezählte Vergaben',
  orgSpanCame: 'Vergaben seit der Zählung davor',
  saveCountsCsv: 'Zählungen als CSV',
  saveCountsExcel: 'Zählungen als Excel',
  week: 'Woche vom',
  until: 'Bis',
  actual: 'Vergaben der Woche',
  place: 'Lage',
  totalActual: 'Vergaben bisher',
  in: 'im Band',
  below: 'darunter',
  above: 'darüber',
};
