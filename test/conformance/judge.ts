import type { Vector } from './vectors';

interface Envelope {
  data: unknown;
  errors: { code?: number }[] | null;
  warnings: { code: number }[] | null;
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whole microseconds, so that numbers of seconds compare by value. */
const micros = (value: number): number => Math.round(value * 1e6);

function differences(expected: unknown, actual: unknown, saved: Saved, at: string): string[] {
  if (expected === '$id') {
    return typeof actual === 'string' && /^[0-9a-f]{24}$/.test(actual)
      ? []
      : [`${at}: ${JSON.stringify(actual)} is no id`];
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${at}: ${JSON.stringify(actual)} is no list`];
    if (actual.length !== expected.length) return [`${at}: ${actual.length} elements instead of ${expected.length}`];
    return expected.flatMap((element, index) => differences(element, actual[index], saved, `${at}[${index}]`));
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return [`${at}: ${JSON.stringify(actual)} is no object`];
    return Object.entries(expected).flatMap(([key, value]) => differences(value, actual[key], saved, `${at}.${key}`));
  }
  const wanted = fillIn(expected, saved);
  const isEqual =
    typeof wanted === 'number' && typeof actual === 'number' ? micros(wanted) === micros(actual) : wanted === actual;
  return isEqual ? [] : [`${at}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`];
}

export type Saved = Record<string, unknown>;

/** Replaces `${name}` by what an earlier answer saved under that name, at any depth. */
export function fillIn<T>(value: T, saved: Saved): T {
  if (typeof value === 'string') {
    return value.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => String(saved[name])) as T;
  }
  if (Array.isArray(value)) return value.map((element: unknown) => fillIn(element, saved)) as T;
  if (isObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, element]) => [key, fillIn(element, saved)])) as T;
  }
  return value;
}

/** The value at a path such as `data.issuedBadges[0].issuedId`. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== '')
    .reduce<unknown>((holder, part) => (holder as Json | undefined)?.[part], value);
}

/** The codes of an answer, in order; the bare list of import has none of its own. */
export function codesOf(body: unknown): number[] {
  if (!isObject(body)) return [];
  return ((body as unknown as Envelope).errors ?? []).map((error) => error.code ?? 0);
}

function outcomes(data: unknown): Map<string, 'earned' | number> {
  const found = new Map<string, 'earned' | number>();
  const rows = isObject(data) && Array.isArray(data['issuedBadges']) ? data['issuedBadges'] : [];
  for (const row of rows as { customerId: number; error?: { code: number } }[]) {
    const key = String(row.customerId);
    if (!found.has(key)) found.set(key, row.error ? row.error.code : 'earned');
  }
  return found;
}

/** Everything in which an answer differs from what a case expects; empty when it passes. */
export function judge(vector: Vector, status: number, body: unknown, saved: Saved): string[] {
  const { then } = vector;
  const envelope = isObject(body) ? (body as unknown as Envelope) : null;
  const found: string[] = [];
  if (status !== then.status) found.push(`status ${status} instead of ${then.status}: ${JSON.stringify(body)}`);
  if (then.errors) {
    const codes = codesOf(body);
    if (JSON.stringify(codes) !== JSON.stringify(then.errors))
      found.push(`errors ${JSON.stringify(codes)} instead of ${JSON.stringify(then.errors)}`);
  }
  if (then.warnings) {
    const codes = (envelope?.warnings ?? []).map((warning) => warning.code);
    if (JSON.stringify(codes) !== JSON.stringify(then.warnings))
      found.push(`warnings ${JSON.stringify(codes)} instead of ${JSON.stringify(then.warnings)}`);
  }
  const data = Array.isArray(body) ? body : envelope?.data;
  if ('data' in then) {
    if (then.data === null) {
      if (data !== null) found.push(`data ${JSON.stringify(data)} instead of null`);
    } else found.push(...differences(then.data, data, saved, 'data'));
  }
  for (const [customer, wanted] of Object.entries(then.perCustomer ?? {})) {
    const actual = outcomes(data).get(customer);
    if (actual !== wanted) found.push(`customer ${customer}: ${String(actual)} instead of ${String(wanted)}`);
  }
  return found;
}
