import type { PracticeSwitches } from '../../../../shared/ipc/practice-contract';

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

export const SWITCH_GROUPS: readonly SwitchGroup[] = [
  {
    title: 'Limits and windows',
    entries: [
      {
        key: 'weeklyCycles',
        look: 'choice',
        label: 'Weekly cycles change',
        explanation:
          'On the start day: the first cycle may be shorter than a week. The printed example fits both readings.',
        choices: [
          { value: 'weekday', label: 'On the start day' },
          { value: 'from-start', label: 'Every 7 days from the start' },
        ],
      },
      {
        key: 'rollingWindows',
        look: 'choice',
        label: 'Rolling days are',
        explanation:
          'Three days are the last 72 hours, or today and the two dates before it. The documents only say “the last X days”.',
        choices: [
          { value: 'hours', label: 'Times 24 hours' },
          { value: 'dates', label: 'Calendar dates' },
        ],
      },
      {
        key: 'revokeFreesCaps',
        look: 'toggle',
        label: 'A revoked award frees its place',
        explanation: 'On: it stops counting for every limit. Off: a limit once reached stays reached.',
      },
      {
        ...CODE,
        key: 'customerLimitCode',
        label: 'Code of a customer limit',
        explanation: 'No document prints the code that is answered when a customer has reached a limit.',
      },
      {
        ...CODE,
        key: 'badgeLimitCode',
        label: 'Code of a badge limit',
        explanation: 'Nor the one that is answered when the badge has.',
      },
    ],
  },
  {
    title: 'Requests and owners',
    entries: [
      {
        key: 'requestIdScope',
        look: 'choice',
        label: 'A request id is unique within',
        explanation: 'One that was answered before is refused with 809. The documents do not say how far that reaches.',
        choices: [
          { value: 'org', label: 'The org' },
          { value: 'endpoint', label: 'An endpoint' },
          { value: 'badge', label: 'A badge' },
        ],
      },
      {
        key: 'memberCareOwnerType',
        look: 'word',
        label: 'Owner type of MemberCare',
        explanation: 'Awards under it need no claim. The documents do not print how it is spelled in a call.',
      },
      {
        key: 'refuseOverlappingAwards',
        look: 'toggle',
        label: 'Refuse an award while an earlier one is unexpired',
        explanation: 'A setting of each org: awarding many then answers 1040. Off: only the limits decide.',
      },
      {
        key: 'allowPastStart',
        look: 'toggle',
        label: 'Allow badges that start in the past',
        explanation: 'The documents refuse one with 722, unless the call bears the migration header.',
      },
    ],
  },
  {
    title: 'HTTP status of codes whose status no document names',
    entries: [
      {
        ...STATUS,
        key: 'statusOf801',
        label: 'Status of 801',
        explanation: 'Only ISSUE_EARN type badge can be issued.',
      },
      { ...STATUS, key: 'statusOf815', label: 'Status of 815', explanation: 'Badge is not live.' },
      {
        ...STATUS,
        key: 'statusOf816',
        label: 'Status of 816',
        explanation: 'Event date is not in duration of badge meta.',
      },
      { ...STATUS, key: 'statusOf1039', label: 'Status of 1039', explanation: 'Only active badge can be issued.' },
    ],
  },
];
