import type { MessageKey } from './message';

/**
 * Messages that name an option of the command line, or a field of a scenario’s file, and what the window says instead: it
 * has a control for it. What is said instead asks for no other values.
 */
export const IN_WINDOW: Readonly<Partial<Record<MessageKey, MessageKey>>> = {
  'tables.amountFaultAmbiguous': 'inWindow.amountFaultAmbiguous',
  'tables.dateAmbiguous': 'inWindow.dateAmbiguous',
  'tables.dateDayFirst': 'inWindow.dateDayFirst',
  'tables.dateMonthFirst': 'inWindow.dateMonthFirst',
  'tables.dateNoZone': 'inWindow.dateNoZone',
  'tables.dateMilliseconds': 'inWindow.dateMilliseconds',
  'tables.dateCompact': 'inWindow.dateCompact',
  'tables.dateEpochMilliseconds': 'inWindow.dateEpochMilliseconds',
  'tables.dateExcel': 'inWindow.dateExcel',
  'tables.dateCountsDays': 'inWindow.dateCountsDays',
  'tables.sayWhich': 'inWindow.sayWhich',
};
