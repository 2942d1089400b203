import type { BadgeOwner, BadgeStatus, EarnType, ImageTag, PeriodUnit } from '../../shared/domain/badge';
import type { WeekDay } from '../../shared/domain/calendar';
import type { MessageKey } from '../../shared/words/message';
import { weekDayInWords } from '../../shared/domain/limit-words';
import { OWNER_WORDS } from '../../shared/domain/owner-words';
import { say, words } from './say.svelte';

/** Who gives badges away, in words. A name that is none of the gateway's is shown as it is. */
export function ownerWord(owner: string): string {
  return Object.hasOwn(OWNER_WORDS, owner) ? say(OWNER_WORDS[owner as BadgeOwner]) : owner;
}

const EARN_TYPES = {
  EARN: 'domain.earnDirect',
  ISSUE_EARN: 'domain.earnEnrolFirst',
} as const satisfies Record<EarnType, MessageKey>;

/** `Direct`, `Enrol first`. */
export function earnTypeWord(type: EarnType): string {
  return say(EARN_TYPES[type]);
}

const STATUSES = {
  LIVE: 'domain.statusLive',
  UPCOMING: 'domain.statusUpcoming',
  EXPIRED: 'domain.statusExpired',
} as const satisfies Record<BadgeStatus, MessageKey>;

/** What the dates of a badge come to: one that is on no org is never live, it would be. */
export function statusWord(status: BadgeStatus, isDraft: boolean): string {
  return say(isDraft && status === 'LIVE' ? 'domain.statusWouldBeLive' : STATUSES[status]);
}

/** The choices of a filter that goes by dates alone, drafts and pushed badges together; in the words their rows have. */
export function statusFilterWord(status: BadgeStatus): string {
  return say(status === 'LIVE' ? 'domain.statusLiveOrWouldBe' : STATUSES[status]);
}

const UNITS = {
  DAYS: 'domain.unitDays',
  WEEKS: 'domain.unitWeeks',
  MONTHS: 'domain.unitMonths',
} as const satisfies Record<PeriodUnit, MessageKey>;

/** `days`. */
export function unitWord(unit: PeriodUnit): string {
  return say(UNITS[unit]);
}

/** `Monday`. */
export function weekDayWord(day: WeekDay): string {
  return weekDayInWords(words.speaker, day);
}

const IMAGE_TAGS = {
  UN_EARNED: 'domain.imageUnearned',
  IN_PROGRESS: 'domain.imageInProgress',
  EARNED: 'domain.imageEarned',
} as const satisfies Record<ImageTag, MessageKey>;

/** When the image of a badge is shown. */
export function imageTagWord(tag: ImageTag): string {
  return say(IMAGE_TAGS[tag]);
}
