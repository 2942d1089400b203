import type { Catalogue } from '../message';

export const learning: Catalogue['learning'] = {
  noRows:
    '{file} hat keine Zeile mit einem lesbaren Datum, es gibt also nichts, woraus zu lernen wäre. Es wurde nichts geschrieben.',
  farApart:
    'Die Zeilen von {file} liegen {years, number} Jahre auseinander, vom {first} bis zum {last}: Eines der Daten ist sicher falsch. Verbessern Sie es, oder lernen Sie aus einem Teil dieser Zeit. Es wurde nichts geschrieben.',
  gap: '{file} hat an {days, number} Tagen zwischen dem {before} und dem {after} keine Zeile: Was auf einer Seite davon liegt, ist meist ein falsches Datum. Verbessern Sie es, oder lernen Sie aus einem Teil dieser Zeit. Es wurde nichts geschrieben.',
  notRunnable: 'Was gelernt wurde, lässt sich nicht simulieren; es wurde nichts geschrieben: {reasons}',
  tooFewInAll:
    '{file} hat im Zeitraum {seen, plural, one {# Kunden} other {# Kunden}}, und es sollen insgesamt nur {population, number} sein. Es wurde nichts geschrieben.',
  sizeUntold:
    'In {file} kam kaum ein Kunde zweimal; wie viele es insgesamt sind, lässt sich daraus nicht sagen. Sagen Sie, wie viele Kunden es gibt, oder nennen Sie eine andere Spalte der Kunden: So sieht es aus, wenn eine Bestellnummer für den Kunden gehalten wird. Es wurde nichts geschrieben.',
  sizeUntoldOfSegment:
    'Im Segment „{segment}“ von {file} kam kaum ein Kunde zweimal; wie viele es insgesamt sind, lässt sich daraus nicht sagen. Lernen Sie alle Kunden zusammen und sagen Sie, wie viele es gibt, oder nennen Sie eine andere Spalte der Kunden: So sieht es aus, wenn eine Bestellnummer für den Kunden gehalten wird. Es wurde nichts geschrieben.',
  emptyPeriod: 'Der Zeitraum, aus dem gelernt werden soll, endet, bevor er beginnt. Es wurde nichts geschrieben.',
  noColumns:
    '{file} braucht eine Spalte mit Kunden und eine mit Daten: laurel inspect zeigt, wofür jede Spalte gehalten wird. Es wurde nichts geschrieben.',
  noSegments:
    '{file} hat keine Spalte mit Segmenten. Nennen Sie sie, oder lassen Sie Gruppen bilden. Es wurde nichts geschrieben.',
  tooLittle:
    '{file} hat im Zeitraum weniger als zwei Kunden mit einem Ereignis: Daraus lässt sich nichts lernen. Es wurde nichts geschrieben.',
  cancelled: 'Abgebrochen. Es wurde nichts gelernt.',
  title: 'Oder daraus lernen',
  lead: 'Lernen Sie, wie diese Kunden handeln, und simulieren Sie sie von jetzt an, statt zu wiederholen, was war.',
  segments: 'Segmente',
  segmentsColumn: 'Die der Spalte „{column}“',
  segmentsOne: 'Alle zusammen',
  segmentsGroups: '{count, plural, one {# Gruppe} other {# Gruppen}} danach, wie oft sie kamen',
  firstDay: 'Lernen ab',
  firstDayHint: 'Leer: ab der ersten Zeile',
  lastDay: 'Lernen bis',
  lastDayHint: 'Dieser Tag zählt mit. Leer: bis zur letzten Zeile',
  endsBefore: 'Das ist vor dem ersten Tag.',
  outsideFile: 'Die Datei hat nur Zeilen vom {from} bis zum {to}.',
  population: 'Kunden insgesamt',
  populationHint:
    'Wer nie kam, steht nicht in der Datei. Bleibt es leer, sagt die Anpassung, wie viele es sein müssen.',
  populationOne: 'Nicht mit den Segmenten einer Spalte: Jedes wird für sich gelernt.',
  holdOut: 'Zurückgehaltene Tage, %',
  holdOutHint: 'Die letzten werden aus denen davor vorhergesagt.',
  holdOutMost: 'Höchstens 90\u00a0%: Es muss etwas bleiben, woraus gelernt wird.',
  learn: 'Lernen',
  command: 'Die Kunden aus der Datei lernen',
  keywords: 'anpassen Transaktionen letztes Jahr Vorhersage',
  noFile: 'Wählen Sie zuerst eine Datei mit Transaktionen.',
  questionsFirst: 'Beantworten Sie zuerst die Frage zur Datei.',
  lookFirst: 'Die Datei wird noch angesehen.',
  running: 'Aus „{file}“ wird gelernt',
  runningLabel: 'Lernen',
  progress: 'Fortschritt des Lernens',
  percentDone: '{percent, number}\u00a0%',
  note: 'Sie können diese Ansicht verlassen: Das Lernen geht weiter. Das Szenario bleibt, wie es ist, bis Sie das Gelernte verwenden.',
  stop: 'Anhalten und nichts lernen',
  nothingChanged: 'Es wurde nichts gelernt; das Szenario ist, wie Sie es verlassen haben.',
  unfinished: 'Es wurde nichts gelernt',
  done: 'Aus „{file}“ wurde gelernt.',
  asked: 'Zuerst muss etwas zur Datei gesagt werden, unter Kunden.',
  resultLabel: 'Was aus {file} gelernt wurde',
  resultTitle: 'Gelernt aus „{file}“',
  facts:
    '{events, plural, one {# Ereignis} other {# Ereignisse}} von {customers, plural, one {# Kunden} other {# Kunden}}, {days, plural, one {# Tag} other {# Tage}} vom {from} bis zum {to}',
  use: 'Verwenden',
  useTooltip: 'Setzt diese Kunden anstelle der Datei ins Szenario',
  close: 'Schließen',
  used: 'Das Szenario hat jetzt die Kunden aus {file}.',
  usedPeriod: 'Das Szenario hat jetzt die Kunden aus {file} und geht da weiter, wo die Datei endet.',
  good: 'Gut',
  fair: 'Mäßig',
  poor: 'Schlecht',
  heldOver:
    '{grade}: Für {days, plural, one {den letzten Tag} other {die letzten # Tage}}, zurückgehalten, sagt die Vorhersage {error} zu viele Ereignisse.',
  heldUnder:
    '{grade}: Für {days, plural, one {den letzten Tag} other {die letzten # Tage}}, zurückgehalten, sagt die Vorhersage {error} zu wenige Ereignisse.',
  heldRight:
    '{grade}: Für {days, plural, one {den letzten Tag} other {die letzten # Tage}}, zurückgehalten, stimmt die Vorhersage auf ein Tausendstel.',
  untold: 'Wie gut es ist, kann niemand sagen: Es wurden keine Tage zurückgehalten, oder davor sind es zu wenige.',
  naiveOver: 'Zu wiederholen, was {days, plural, one {# Tag} other {# Tage}} früher war, sagt {error} zu viele.',
  naiveUnder: 'Zu wiederholen, was {days, plural, one {# Tag} other {# Tage}} früher war, sagt {error} zu wenige.',
  beaten: 'Diese einfache Vorhersage kam näher: Sehen Sie sich die Kurven an, bevor Sie das verwenden.',
  weekdayUnder: '{weekdays} werden um {error} unterschätzt.',
  weekdayOver: '{weekdays} werden um {error} überschätzt.',
  weekdayNone: '{weekdays}: An den zurückgehaltenen kam niemand, obwohl die Vorhersage Kunden erwartet.',
  hourUnder: 'Die Stunde von {from} bis {to} wird um {error} unterschätzt.',
  hourOver: 'Die Stunde von {from} bis {to} wird um {error} überschätzt.',
  hourNone: 'Von {from} bis {to} kam an den zurückgehaltenen Tagen niemand, obwohl die Tage davor dort Kunden hatten.',
  monthUnder:
    '{month} wird um {error} unterschätzt: ein Feiertag, eine Kampagne oder eine Saison, die die Anpassung nicht hat.',
  monthOver:
    '{month} wird um {error} überschätzt: eine Schließung, ein Feiertag oder eine Saison, die die Anpassung nicht hat.',
  monthNone:
    '{month}: Es kam niemand, wegen einer Schließung, die die Anpassung nicht hat, oder ein Teil der Datei fehlt.',
  mondays: 'Montage',
  tuesdays: 'Dienstage',
  wednesdays: 'Mittwoche',
  thursdays: 'Donnerstage',
  fridays: 'Freitage',
  saturdays: 'Samstage',
  sundays: 'Sonntage',
  scatter:
    'Tage schwanken {times, number}-mal so stark wie die des Modells: Etwas anderes bewegt sie, und Bänder einzelner Wochen sind zu schmal.',
  short: 'Weniger als acht Wochen: Wachstum lässt sich nicht erkennen.',
  everyGroup: 'Jede Gruppe',
  group: '„{segment}“',
  growthNotTold: '{groups}: kein Wachstum, das der Zufall nicht erklären könnte.',
  season:
    '{groups}: am meisten im {most}, {times, number}-mal so viel wie in einem durchschnittlichen Monat; am wenigsten im {least}, {fewest, number}-mal.',
  hours:
    '{groups}: am meisten von {from} bis {to}, {times, number}-mal so viel wie in einer durchschnittlichen Stunde.',
  hoursShort:
    '{groups}: Es werden keine Stunden des Tages gelernt. Dazu braucht es 240 Ereignisse und eine Woche, in der jede Stunde der Uhr vorkommt.',
  hoursNotTold: '{groups}: keine Stunden des Tages, die der Zufall nicht erklären könnte.',
  timesDates:
    'Die Daten haben keine Uhrzeit: Es werden keine Stunden des Tages gelernt, und die Simulation verteilt die Ereignisse eines Tages gleichmäßig.',
  timesStamped:
    '{share} der Ereignisse sind genau um {times}, wie Importe oder Daten ohne Uhrzeit sie hinterlassen: Es werden keine Stunden des Tages gelernt, und die Simulation verteilt die Ereignisse eines Tages gleichmäßig.',
  seasonNeedsYear:
    '{groups}: Es wird keine Saison gelernt. Dazu muss jeder Monat des Kalenders vorkommen, sonst ist sie vom Wachstum nicht zu unterscheiden.',
  seasonNotTold: '{groups}: keine Saison, die der Zufall nicht erklären könnte.',
  seasonOrGrowth:
    '{groups}: Die Datei umfasst ein Jahr, keine zwei. Was im Jahr stieg oder fiel, zählt als Saison und nicht als Wachstum; ab achtzehn Monaten wird beides unterschieden.',
  growthOrSeason:
    '{groups}: Die Datei umfasst ein Jahr, keine zwei. Es ging gleichmäßig auf- oder abwärts, was als Wachstum zählt und nicht als Saison; ab achtzehn Monaten wird beides unterschieden.',
  comingJoins: '{groups}: {joins} neue Kunden kommen je Woche hinzu.',
  comingLeaves:
    '{groups}: Ein neuer Kunde bleibt nach einem Ereignis mit einer Wahrscheinlichkeit von {probability} für immer weg; bei denen, die da sind, sind {there} der Ereignisse die letzten.',
  growthAsComing:
    '{groups}: Was über die Zeit steigt oder fällt, zählt als Kunden, die kommen und gehen, und nicht als Wachstum jedes Einzelnen. Kunden und Ereignisse je Woche sind die der Kunden, die am Ende da sind.',
  newcomersLeave:
    '{groups}: Ein neuer Kunde bleibt nach einem Ereignis mit einer Wahrscheinlichkeit von {probability} für immer weg.',
  thoseThereLeave: '{groups}: Bei Kunden, die am Ende da sind, sind {there} der Ereignisse die letzten.',
  groupsOfThoseThere:
    'Gruppen werden danach gebildet, wie oft jeder Kunde von jetzt an zu erwarten ist, nach dem, wann und wie oft er kam: Wer spät kam, gilt nicht als jemand, der selten kommt. In welche Gruppe ein neuer Kunde gehören wird, weiß niemand; deshalb sind neue Kunden ein eigenes Segment.',
  comingNotTold: '{groups}: keine neuen und keine wegbleibenden Kunden, die der Zufall nicht erklären könnte.',
  dispersionNotTold: '{groups}: Wie sehr sich Kunden unterscheiden, lässt sich aus so wenigen Ereignissen nicht sagen.',
  leftOut: '„{segment}“ hat weniger als zwei Kunden mit einem Ereignis und bleibt weg.',
  skippedRows: '{count, plural, one {# Zeile liegt} other {# Zeilen liegen}} außerhalb des Zeitraums.',
  badRows: '{count, plural, one {# unlesbare Zeile bleibt} other {# unlesbare Zeilen bleiben}} weg.',
  returns:
    '{count, plural, one {# Betrag} other {# Beträge}} von null oder weniger: Ereignisse, aber kein Teil der Beträge.',
  notesTitle: 'Wissenswert',
  chartHeld: 'Zurückgehaltene Tage: Vorhersage und was kam',
  chartHeldNote:
    'Ereignisse je ganzer Woche. Die einfache Vorhersage wiederholt, was {days, plural, one {# Tag} other {# Tage}} früher war.',
  chartWeeks: 'Jede Woche, und was die Anpassung erwartet',
  chartWeeksNote: 'Ganze Wochen ab dem ersten Tag.',
  chartWeekdays: 'Wochentage',
  chartWeekdaysNote: 'Ereignisse eines durchschnittlichen solchen Tages.',
  chartFirsts: 'Erste Ereignisse von Kunden',
  chartFirstsNote: 'Je ganzer Woche: anfangs die der Kunden, die es vor der Datei schon gab, später die neuer.',
  chartMonths: 'Monate des Jahres',
  chartMonthsNote: 'Ereignisse eines durchschnittlichen Tages jedes Monats, alle Jahre zusammen.',
  axisMonth: 'Monat',
  chartHours: 'Stunden des Tages',
  chartHoursLearnedNote: 'Ereignisse in jeder Stunde, die die Uhr von {zone} zeigte, alle Tage zusammen.',
  chartHoursNote: 'Die Simulation verteilt die Ereignisse eines Tages gleichmäßig auf seine Stunden.',
  actual: 'Wie es war',
  fitted: 'Anpassung',
  forecast: 'Vorhersage',
  naive: 'Einfache Vorhersage',
  axisWeek: 'Woche ab',
  axisHour: 'Stunde',
  tableTitle: 'Gelernte Segmente',
  columnSegment: 'Segment',
  columnSize: 'Kunden',
  columnSeen: 'davon gesehen',
  columnPerWeek: 'Ereignisse je Woche und Kunde',
  columnDispersion: 'Streuung',
  columnGrowth: 'Wachstum im Monat',
  columnSeason: 'Saison',
  seasonRange: '{low} bis {high}',
  unknown: 'nicht bekannt',
  columnJoins: 'Neue je Woche',
  columnLeave: 'Bleiben nach einem Ereignis weg',
  columnAmount: 'Mittlerer Betrag',
  columnSpread: 'Streuung der Beträge',
  weightsTitle: 'Wochentage, Stunden und Monate in Zahlen',
  weightsNote:
    '1 ist ein mittlerer Tag, eine mittlere Stunde oder ein mittlerer Monat. In Klammern der Bereich, der in neun von zehn Fällen die Wahrheit enthält.',
  interval: '{value} ({low} bis {high})',
  intervalsNote: 'In Klammern der Bereich, der in neun von zehn Fällen die Wahrheit enthält.',
  learnedFrom:
    'Gelernt aus {file}: {events, plural, one {# Ereignis} other {# Ereignisse}} von {customers, plural, one {# Kunden} other {# Kunden}}.',
};
