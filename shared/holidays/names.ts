import type { MessageKey } from '../words/message';

/** A holiday by the key of its name in the words. */
export type HolidayName = Extract<MessageKey, `holidays.${string}`>;
