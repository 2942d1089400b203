import { isZone } from '../shared/domain/calendar';
import { DEFAULT_SETTINGS, type OrgSettings } from '../shared/domain/settings';
import { message, type MessagePart } from '../shared/words/message';

const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isStatus = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
const isCode = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
const isOneOf =
  (...words: readonly string[]) =>
  (value: unknown): boolean =>
    typeof value === 'string' && words.includes(value);

/** What a stored setting may be; anything else would reach the rules as it is. */
const FITS: Readonly<Record<keyof OrgSettings, (value: unknown) => boolean>> = {
  zone: (value) => typeof value === 'string' && isZone(value),
  refuseOverlappingAwards: isFlag,
  allowPastStart: isFlag,
  customerLimitCode: isCode,
  badgeLimitCode: isCode,
  requestIdScope: isOneOf('org', 'endpoint', 'badge'),
  weeklyCycles: isOneOf('weekday', 'from-start'),
  rollingWindows: isOneOf('hours', 'dates'),
  revokeFreesCaps: isFlag,
  memberCareOwnerType: (value) => typeof value === 'string' && value !== '',
  statusOf801: isStatus,
  statusOf815: isStatus,
  statusOf816: isStatus,
  statusOf1039: isStatus,
};

/** A setting that the file has and this version cannot use. */
export interface OddSetting {
  name: string;
  /** The stored text, cut for people. */
  stored: MessagePart;
}

/**
 * The settings of a file over the defaults.
 *
 * @param stored values by name; undefined for a text that is not JSON
 * @returns which of them another version or another hand wrote in a way that is not known here; the default holds for
 *   these, and the file keeps what it has. Names that are no setting of an org are left alone
 */
export function readSettings(stored: Readonly<Record<string, unknown>>): {
  settings: OrgSettings;
  odd: readonly OddSetting[];
} {
  const odd: OddSetting[] = [];
  const known: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  for (const [name, fits] of Object.entries(FITS)) {
    if (!Object.hasOwn(stored, name)) continue;
    const value = stored[name];
    if (fits(value)) known[name] = value;
    else
      odd.push({
        name,
        stored: (JSON.stringify(value) as string | undefined)?.slice(0, 60) ?? message('store.noJson'),
      });
  }
  return { settings: known as unknown as OrgSettings, odd };
}
