/** Reading what other programs wrote: a field is what it is of, or it is not there. */
import { isObject, type JsonObject } from '../../../../shared/domain/body-reader';
import type { NamedValue } from './source';

export function objectAt(holder: unknown, key: string): JsonObject | null {
  const value = isObject(holder) ? holder[key] : undefined;
  return isObject(value) ? value : null;
}

export function listAt(holder: unknown, key: string): readonly unknown[] {
  const value = isObject(holder) ? holder[key] : undefined;
  return Array.isArray(value) ? (value as unknown[]) : [];
}

export function textAt(holder: unknown, key: string): string | null {
  const value = isObject(holder) ? holder[key] : undefined;
  return typeof value === 'string' ? value : null;
}

export function numberAt(holder: unknown, key: string): number | null {
  const value = isObject(holder) ? holder[key] : undefined;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** A status that an answer can have; null where none came, which some programs write as 0. */
export function statusAt(holder: unknown, key: string): number | null {
  const status = numberAt(holder, key);
  return status !== null && Number.isInteger(status) && status >= 100 && status <= 999 ? status : null;
}

/** Names and values of a list of objects, or of one object. */
export function namedValues(value: unknown, name = 'name'): NamedValue[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry: unknown): NamedValue[] => {
      const key = textAt(entry, name);
      const text = textAt(entry, 'value');
      return key === null || text === null || (isObject(entry) && entry['disabled'] === true) ? [] : [[key, text]];
    });
  }
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, entry]): NamedValue[] => {
    const values = Array.isArray(entry) ? (entry as unknown[]) : [entry];
    return values.flatMap((one): NamedValue[] => (typeof one === 'string' ? [[key, one]] : []));
  });
}
