import { isObject } from '../../../../shared/domain/body-reader';
import { DEFAULT_SETTINGS, SETTING_VALUES, type OrgSettings } from '../../../../shared/domain/settings';
import type { CallVerdict, SwitchValue } from '../../../../shared/fidelity/fidelity-report';
import { GATEWAY_SWITCHES } from '../../../../shared/gateway/switches';
import type { PreparedCall } from './prepared-calls';

type Key = (typeof GATEWAY_SWITCHES)[number]['key'];

/** A switch in another position. */
export interface Turn {
  key: Key;
  option: string;
  value: OrgSettings[Key];
}

/** Values that no org answers: they tell whether a switch plays a part at all. */
const UNHEARD_CODE = 998_001;
const UNHEARD_STATUS = 418;
const UNHEARD_WORD = 'No_module_of_any_org';

/** As people write it; `another` where only so much can be said that it is none of those that were seen. */
export const textOfValue = (value: OrgSettings[Key]): string =>
  typeof value === 'boolean' ? (value ? 'on' : 'off') : value === UNHEARD_WORD ? 'another' : String(value);

export const switchValue = ({ option, value }: Turn): SwitchValue => ({ option, value: textOfValue(value) });

const settingOf = (settings: Partial<OrgSettings>, key: Key): OrgSettings[Key] =>
  settings[key] ?? DEFAULT_SETTINGS[key];

function choicesOf(key: Key): OrgSettings[Key][] | null {
  const values = SETTING_VALUES[key];
  if (values.kind === 'flag') return [false, true];
  return values.kind === 'choice' ? [...values.of] : null;
}

function numbersOf(verdict: CallVerdict, isOf: (path: string) => boolean): number[] {
  return verdict.differences.flatMap(({ path, recorded }) => {
    const number = recorded === null ? NaN : Number(recorded);
    return isOf(path) && Number.isInteger(number) && number > 0 ? [number] : [];
  });
}

const isCode = (path: string): boolean => /(?:^|\.)(?:code|errorCode)$/.test(path);
const isStatus = (path: string): boolean => path === 'status';

function moduleOf({ body }: PreparedCall): string | null {
  const trigger = isObject(body) ? body['triggeredBy'] : null;
  const owner = isObject(trigger) ? trigger['ownerType'] : null;
  return typeof owner === 'string' && /^\w{1,40}$/.test(owner) ? owner : null;
}

/** Modules that a recording awards for, and one that it does not. */
const modulesOf = (calls: readonly PreparedCall[]): string[] => [
  ...new Set(calls.map(moduleOf).filter((owner) => owner !== null)),
  UNHEARD_WORD,
];

/** Turns of single switches that may make a differing call alike. */
export function turnsFor(
  settings: Partial<OrgSettings>,
  verdict: CallVerdict,
  call: PreparedCall,
  calls: readonly PreparedCall[],
): Turn[] {
  const codes = [...new Set(numbersOf(verdict, isCode))];
  const statuses = [...new Set(numbersOf(verdict, isStatus))];
  const words = moduleOf(call) === null ? [] : modulesOf(calls);
  return GATEWAY_SWITCHES.flatMap(({ key, option }): Turn[] => {
    const { kind } = SETTING_VALUES[key];
    const values: OrgSettings[Key][] =
      choicesOf(key) ?? (kind === 'code' ? codes : kind === 'status' ? statuses : words);
    return values.filter((value) => value !== settingOf(settings, key)).map((value) => ({ key, option, value }));
  });
}

/** Other positions of one switch, to see whether the recording tells of it: all there are, or one of no org. */
export function otherPositions(settings: Partial<OrgSettings>, key: Key, calls: readonly PreparedCall[]): Turn[] {
  const { option = key } = GATEWAY_SWITCHES.find((known) => known.key === key) ?? {};
  const { kind } = SETTING_VALUES[key];
  const values: OrgSettings[Key][] =
    choicesOf(key) ?? (kind === 'code' ? [UNHEARD_CODE] : kind === 'status' ? [UNHEARD_STATUS] : modulesOf(calls));
  return values.filter((value) => value !== settingOf(settings, key)).map((value) => ({ key, option, value }));
}

export function withTurns(settings: Partial<OrgSettings>, turns: readonly Turn[]): Partial<OrgSettings> {
  return { ...settings, ...Object.fromEntries(turns.map(({ key, value }) => [key, value])) };
}

export const currentText = (settings: Partial<OrgSettings>, key: Key): string => textOfValue(settingOf(settings, key));
