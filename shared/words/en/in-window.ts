/** What the window says in the place of a message that names an option of the command line: by the control that it has instead. */
export const inWindow = {
  amountFaultAmbiguous: 'can be read with a decimal point and with a decimal comma: choose which one the file has',
  dateAmbiguous:
    '“{cell}” may be day-month or month-day: choose the order of the file’s dates, or write it as {dayFirst} or {monthFirst}',
  dateDayFirst:
    '“{cell}” has its day in front, and nobody has said so of the column: choose the order of the file’s dates, or write it as {example}',
  dateMonthFirst:
    '“{cell}” has its month in front, and nobody has said so of the column: choose the order of the file’s dates, or write it as {example}',
  dateNoZone:
    '“{cell}” has no time zone: end it with Z or an offset such as +05:30, or choose the time zone of the file’s dates',
  dateMilliseconds: '“{cell}” looks like milliseconds, not seconds: choose how the file’s dates are written',
  dateCompact: '“{cell}” looks like a date written without separators: choose how the file’s dates are written',
  dateEpochMilliseconds: '“{cell}” looks like milliseconds since 1970: choose how the file’s dates are written',
  dateExcel: '“{cell}” looks like an Excel date ({meant}): choose how the file’s dates are written',
  dateCountsDays:
    '“{cell}” is a number and no instant: read as seconds it would lie in {year}. The column may count days: choose how the file’s dates are written',
  sayWhich: '{name}: {question} Choose it above. Nothing was issued.',
} as const;
