import { DEFAULT_SETTINGS, SETTING_VALUES, type OrgSettings, type SettingValues } from '../domain/settings';

type SettingKey = Exclude<keyof OrgSettings, 'zone'>;

/** One point that the published documents leave uncertain, as people set it: in the window and on the command line. */
export interface GatewaySwitch {
  key: SettingKey;
  /** Option of `laurel gateway`, without its dashes. */
  option: string;
  /** What the values mean, in one line. */
  summary: string;
  /** The allowed values in words; null for a whole number or a text. */
  choices: readonly string[] | null;
}

const ON_OFF = ['on', 'off'] as const;

function choicesOf(values: SettingValues): readonly string[] | null {
  if (values.kind === 'flag') return ON_OFF;
  return values.kind === 'choice' ? values.of : null;
}

/** The least certain points of the reference, one switch each, and the two documented org settings. */
export const GATEWAY_SWITCHES: readonly GatewaySwitch[] = (
  [
    {
      key: 'customerLimitCode',
      option: 'customer-limit-code',
      summary: 'code answered when a customer limit is reached',
    },
    {
      key: 'badgeLimitCode',
      option: 'badge-limit-code',
      summary: 'code answered when a badge limit is reached',
    },
    {
      key: 'requestIdScope',
      option: 'request-id-scope',
      summary: 'how far a requestId must be unique',
    },
    {
      key: 'weeklyCycles',
      option: 'weekly-cycles',
      summary: 'where weekly cycles change',
    },
    {
      key: 'allowPastStart',
      option: 'allow-past-start',
      summary: 'create accepts a past start without the migration header',
    },
    {
      key: 'rollingWindows',
      option: 'rolling-windows',
      summary: 'rolling days as 24 hours or as calendar dates',
    },
    {
      key: 'revokeFreesCaps',
      option: 'revoke-frees-caps',
      summary: 'a revoked award stops counting for limits',
    },
    {
      key: 'memberCareOwnerType',
      option: 'member-care-owner',
      summary: 'ownerType under which awards need no claim',
    },
    { key: 'statusOf801', option: 'status-801', summary: 'HTTP status of 801' },
    { key: 'statusOf815', option: 'status-815', summary: 'HTTP status of 815' },
    { key: 'statusOf816', option: 'status-816', summary: 'HTTP status of 816' },
    { key: 'statusOf1039', option: 'status-1039', summary: 'HTTP status of 1039' },
    {
      key: 'refuseOverlappingAwards',
      option: 'refuse-overlapping-awards',
      summary: 'earnBulk refuses an award while an earlier one lasts',
    },
  ] as const satisfies readonly Omit<GatewaySwitch, 'choices'>[]
).map((entry) => ({ ...entry, choices: choicesOf(SETTING_VALUES[entry.key]) }));

/** A setting as a person writes it. */
export function switchText(value: OrgSettings[SettingKey]): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** The default of a switch as a person writes it. */
export function defaultText({ key }: GatewaySwitch): string {
  return switchText(DEFAULT_SETTINGS[key]);
}

function readValue({ key, option, choices }: GatewaySwitch, text: string): OrgSettings[SettingKey] {
  const standard = DEFAULT_SETTINGS[key];
  if (choices !== null) {
    if (!choices.includes(text)) throw new RangeError(`--${option} is one of ${choices.join(', ')}, not ${text}`);
    return typeof standard === 'boolean' ? text === 'on' : (text as OrgSettings[SettingKey]);
  }
  if (typeof standard === 'string') {
    if (!/^\w{1,40}$/.test(text)) throw new RangeError(`--${option} is a word, not “${text}”`);
    return text;
  }
  const number = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  const isStatus = SETTING_VALUES[key].kind === 'status';
  if (!(isStatus ? number >= 200 && number <= 599 : number >= 1)) {
    throw new RangeError(`--${option} is ${isStatus ? 'an HTTP status' : 'a whole number'}, not ${text}`);
  }
  return number;
}

/**
 * Settings from options by their names; absent ones keep their defaults.
 *
 * @throws RangeError whose message names the option and what it takes
 */
export function readSwitches(options: Readonly<Record<string, unknown>>): Partial<OrgSettings> {
  const settings: Record<string, unknown> = {};
  for (const gatewaySwitch of GATEWAY_SWITCHES) {
    const text = options[gatewaySwitch.option];
    if (typeof text === 'string') settings[gatewaySwitch.key] = readValue(gatewaySwitch, text);
  }
  return settings;
}
