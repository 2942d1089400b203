import type { BadgeOwner, BadgeStatus, EarnType, ImageTag, PeriodUnit } from '../../shared/domain/badge';
import type { WeekDay } from '../../shared/domain/calendar';

/** The gateway's values as people say them. Stored and sent are always the gateway's own spellings. */
export const OWNER_WORDS: Readonly<Record<BadgeOwner, string>> = {
  Loyalty: 'Loyalty',
  Loyalty_Promotion: 'Loyalty promotion',
  Referral_Campaigns: 'Referral campaigns',
  Journeys: 'Journeys',
  Audience_Campaigns: 'Audience campaigns',
  Rewards_Catalog: 'Rewards catalog',
  Goodwill_Module: 'Goodwill',
  Milestones: 'Milestones',
  Historical_Import: 'Historical import',
  Membercare: 'MemberCare',
};

export function ownerWord(owner: string): string {
  return (OWNER_WORDS as Readonly<Record<string, string>>)[owner] ?? owner;
}

export const EARN_TYPE_WORDS: Readonly<Record<EarnType, string>> = {
  EARN: 'Direct',
  ISSUE_EARN: 'Enrol first',
};

export const STATUS_WORDS: Readonly<Record<BadgeStatus, string>> = {
  LIVE: 'Live',
  UPCOMING: 'Upcoming',
  EXPIRED: 'Expired',
};

/** What the dates of a badge come to: one that is on no org is never live, it would be. */
export function statusWord(status: BadgeStatus, isDraft: boolean): string {
  return isDraft && status === 'LIVE' ? 'Would be live' : STATUS_WORDS[status];
}

/** The choices of a filter that goes by dates alone, drafts and pushed badges together; in the words their rows have. */
export const STATUS_FILTER_WORDS: Readonly<Record<BadgeStatus, string>> = {
  ...STATUS_WORDS,
  LIVE: 'Live or would be live',
};

export const UNIT_WORDS: Readonly<Record<PeriodUnit, string>> = { DAYS: 'days', WEEKS: 'weeks', MONTHS: 'months' };

export const WEEK_DAY_WORDS: Readonly<Record<WeekDay, string>> = {
  MONDAY: 'Monday',
  TUESDAY: 'Tuesday',
  WEDNESDAY: 'Wednesday',
  THURSDAY: 'Thursday',
  FRIDAY: 'Friday',
  SATURDAY: 'Saturday',
  SUNDAY: 'Sunday',
};

export const IMAGE_TAG_WORDS: Readonly<Record<ImageTag, string>> = {
  UN_EARNED: 'Not earned yet',
  IN_PROGRESS: 'In progress',
  EARNED: 'Earned',
};
