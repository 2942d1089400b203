import { withNumberTexts } from '../../shared/domain/json';

/** A place in a JSON body: keys of objects and positions in lists. */
export type BodyPath = readonly (string | number)[];

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value at a place; undefined where the way there does not exist. */
export function valueAt(body: unknown, path: BodyPath): unknown {
  let value = body;
  for (const step of path) {
    if (typeof step === 'number') value = Array.isArray(value) ? (value as unknown[])[step] : undefined;
    else value = isJsonObject(value) ? value[step] : undefined;
  }
  return value;
}

/**
 * A copy of the body with another value at a place; `undefined` removes the key or the list element. Everything else,
 * unknown keys and the order of keys too, stays as it is. What is in the way and is no object or list is replaced.
 */
export function withValueAt(body: unknown, path: BodyPath, value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (typeof step === 'number') {
    // Spreading a list drops how its numbers were written.
    const list: unknown[] = Array.isArray(body) ? withNumberTexts([...(body as unknown[])], body) : [];
    const next = withValueAt(list[step], rest, value);
    if (next === undefined) list.splice(step, 1);
    else list[step] = next;
    return list;
  }
  const holder = isJsonObject(body) ? body : {};
  const next = withValueAt(holder[step], rest, value);
  if (next === undefined) {
    // Spreading keeps how the numbers of the others were written.
    const { [step]: _, ...rest } = holder;
    return rest;
  }
  return { ...holder, [step]: next };
}

/** `['customerConstraints', 0, 'refreshRate']` as the rules write it: `customerConstraints[0].refreshRate`. */
export function pathText(path: BodyPath): string {
  return path
    .map((step, position) => (typeof step === 'number' ? `[${step}]` : position === 0 ? step : `.${step}`))
    .join('');
}
