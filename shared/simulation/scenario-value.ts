import { parseJson, readJson, writeJson } from '../domain/json';
import { message, type Message } from '../words/message';
import { inEnglish } from '../words/english';

/** One changed value of a scenario: `--set PATH=VALUE`, a knob's position, a tornado's end. */
export interface Setting {
  /** `badges.0.badge.badgeConstraints.0.maxEarnLimit`; `badges[0].badge…` means the same. */
  path: string;
  value: unknown;
}

/** The names and positions along a path. */
export function partsOfPath(path: string): string[] {
  return path
    .replaceAll(/\[(\d+)\]/g, '.$1')
    .split('.')
    .filter((part) => part !== '');
}

/** Reads `PATH=VALUE`; the value is JSON, or text where it is not. Null when there is no `=`. */
export function readSetting(text: string): Setting | null {
  const equals = text.indexOf('=');
  if (equals <= 0) return null;
  const written = text.slice(equals + 1);
  const path = text.slice(0, equals);
  const reading = readJson(written);
  // Text needs no quotes on a command line, and a reference id is text whatever it looks like (semantics Q1).
  if (!reading.ok || (typeof reading.value === 'number' && path.endsWith('referenceId')))
    return { path, value: written };
  return { path, value: reading.value };
}

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

type Holder = Record<string, unknown>;

/** The object or list that a path leads into and the last name or position on it, or why there is none. */
function holderOf(body: unknown, path: string): { holder: Holder; last: string } | { reason: Message } {
  const parts = partsOfPath(path);
  const last = parts.pop();
  if (last === undefined) return { reason: message('scenarios.namesNothing') };
  let holder: unknown = body;
  const walked: string[] = [];
  for (const part of parts) {
    holder =
      typeof holder === 'object' && holder !== null && Object.hasOwn(holder, part)
        ? (holder as Holder)[part]
        : undefined;
    walked.push(part);
    if (typeof holder !== 'object' || holder === null)
      return { reason: message('scenarios.nothingHolds', { place: walked.join('.') }) };
  }
  if (FORBIDDEN.has(last)) return { reason: message('scenarios.cannotBeSet') };
  if (Array.isArray(holder) && !(/^\d+$/.test(last) && Number(last) <= holder.length)) {
    return { reason: message('scenarios.countedFromZero', { place: walked.join('.'), count: String(holder.length) }) };
  }
  return { holder: holder as Holder, last };
}

/** Sets one value inside a scenario. Returns why it could not, or null. */
export function setInScenario(body: unknown, setting: Setting): Message | null {
  const found = holderOf(body, setting.path);
  if ('reason' in found) return found.reason;
  found.holder[found.last] = setting.value;
  return null;
}

/** The value at a path, or undefined. */
export function valueAt(body: unknown, path: string): unknown {
  const found = holderOf(body, path);
  return 'reason' in found || !Object.hasOwn(found.holder, found.last) ? undefined : found.holder[found.last];
}

const MOST_NAMES = 12;

/** How far a path leads in a scenario, and what is there: for whoever meant another one. */
export function reachOf(body: unknown, path: string): { place: string; names: string } {
  let at: unknown = body;
  const walked: string[] = [];
  for (const part of partsOfPath(path)) {
    const next = typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Holder)[part] : undefined;
    if (typeof next !== 'object' || next === null) break;
    at = next;
    walked.push(part);
  }
  const all = Object.keys(at as object);
  const names = [...all.slice(0, MOST_NAMES), ...(all.length > MOST_NAMES ? ['…'] : [])];
  return { place: walked.join('.'), names: names.join(', ') };
}

/** A copy of a scenario with some values changed. @throws Error when one of them has no place */
export function withSettings(body: unknown, settings: readonly Setting[]): unknown {
  // The bodies are plain JSON: this is a copy of all of it.
  const copy = parseJson(writeJson(body));
  for (const setting of settings) {
    const reason = setInScenario(copy, setting);
    if (reason !== null) throw new Error(`${setting.path} ${inEnglish(reason)}`);
  }
  return copy;
}
