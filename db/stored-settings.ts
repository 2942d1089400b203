import { isZone } from '../shared/domain/calendar';
import { DEFAULT_SETTINGS, SETTING_VALUES, type OrgSettings, type SettingValues } from '../shared/domain/settings';
import { message, type MessagePart } from '../shared/words/message';

/** Whether a stored value may reach the rules. Codes and words are taken that the forms of this version would refuse. */
function fits(values: SettingValues, value: unknown): boolean {
  switch (values.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && values.of.includes(value);
    case 'word':
      return typeof value === 'string' && value !== '';
    case 'zone':
      return typeof value === 'string' && isZone(value);
    case 'code':
      return Number.isSafeInteger(value) && Number(value) > 0;
    case 'status':
      return Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
  }
}

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
  for (const [name, values] of Object.entries<SettingValues>(SETTING_VALUES)) {
    if (!Object.hasOwn(stored, name)) continue;
    const value = stored[name];
    if (fits(values, value)) known[name] = value;
    else
      odd.push({
        name,
        stored: (JSON.stringify(value) as string | undefined)?.slice(0, 60) ?? message('store.noJson'),
      });
  }
  return { settings: known as unknown as OrgSettings, odd };
}
