import type { PracticeSwitches } from '../../../../shared/ipc/practice-contract';
import { say } from '../../../lib/say.svelte';

interface SwitchWords {
  key: keyof PracticeSwitches;
  label: string;
  /** What the documents say, or do not, and what the choice changes. */
  explanation: string;
}

interface Choice extends SwitchWords {
  look: 'choice';
  choices: readonly { value: string; label: string }[];
}

interface Toggle extends SwitchWords {
  look: 'toggle';
}

interface Figure extends SwitchWords {
  look: 'number';
  min: number;
  max: number;
}

interface Word extends SwitchWords {
  look: 'word';
}

export type SwitchEntry = Choice | Toggle | Figure | Word;

/** A group of points that the published documents leave open, or that each org decides for itself. */
export interface SwitchGroup {
  title: string;
  entries: readonly SwitchEntry[];
}

const CODE = { look: 'number', min: 1, max: 999_999_999 } as const;
const STATUS = { look: 'number', min: 200, max: 599 } as const;

/** The groups, worded in the language of the moment. */
export function switchGroups(): readonly SwitchGroup[] {
  return [
    {
      title: say('practice.groupLimits'),
      entries: [
        {
          key: 'weeklyCycles',
          look: 'choice',
          label: say('practice.weeklyCycles'),
          explanation: say('practice.weeklyCyclesHint'),
          choices: [
            { value: 'weekday', label: say('practice.onStartDay') },
            { value: 'from-start', label: say('practice.everySevenDays') },
          ],
        },
        {
          key: 'rollingWindows',
          look: 'choice',
          label: say('practice.rollingWindows'),
          explanation: say('practice.rollingWindowsHint'),
          choices: [
            { value: 'hours', label: say('practice.timesHours') },
            { value: 'dates', label: say('practice.calendarDates') },
          ],
        },
        {
          key: 'revokeFreesCaps',
          look: 'toggle',
          label: say('practice.revokeFrees'),
          explanation: say('practice.revokeFreesHint'),
        },
        {
          ...CODE,
          key: 'customerLimitCode',
          label: say('practice.customerLimitCode'),
          explanation: say('practice.customerLimitCodeHint'),
        },
        {
          ...CODE,
          key: 'badgeLimitCode',
          label: say('practice.badgeLimitCode'),
          explanation: say('practice.badgeLimitCodeHint'),
        },
      ],
    },
    {
      title: say('practice.groupRequests'),
      entries: [
        {
          key: 'requestIdScope',
          look: 'choice',
          label: say('practice.requestIdScope'),
          explanation: say('practice.requestIdScopeHint'),
          choices: [
            { value: 'org', label: say('practice.scopeOrg') },
            { value: 'endpoint', label: say('practice.scopeEndpoint') },
            { value: 'badge', label: say('practice.scopeBadge') },
          ],
        },
        {
          key: 'memberCareOwnerType',
          look: 'word',
          label: say('practice.memberCare'),
          explanation: say('practice.memberCareHint'),
        },
        {
          key: 'refuseOverlappingAwards',
          look: 'toggle',
          label: say('practice.overlaps'),
          explanation: say('practice.overlapsHint'),
        },
        {
          key: 'allowPastStart',
          look: 'toggle',
          label: say('practice.pastStart'),
          explanation: say('practice.pastStartHint'),
        },
      ],
    },
    {
      title: say('practice.groupStatus'),
      entries: [
        {
          ...STATUS,
          key: 'statusOf801',
          label: say('practice.statusOf', { code: '801' }),
          explanation: 'Only ISSUE_EARN type badge can be issued.',
        },
        {
          ...STATUS,
          key: 'statusOf815',
          label: say('practice.statusOf', { code: '815' }),
          explanation: 'Badge is not live.',
        },
        {
          ...STATUS,
          key: 'statusOf816',
          label: say('practice.statusOf', { code: '816' }),
          explanation: 'Event date is not in duration of badge meta.',
        },
        {
          ...STATUS,
          key: 'statusOf1039',
          label: say('practice.statusOf', { code: '1039' }),
          explanation: 'Only active badge can be issued.',
        },
      ],
    },
  ];
}
