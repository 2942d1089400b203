import { isObject } from './body-reader';

/** What a value says it is where it is a file that Laurel writes, such as `laurel/plan@3`; null for all else. No badge says so. */
export function laurelSchemaOf(value: unknown): string | null {
  if (!isObject(value)) return null;
  const said = [value['schema'], value['format']].find(
    (one) => typeof one === 'string' && /^laurel\/[a-z][a-z-]*@\d+$/.test(one),
  );
  return typeof said === 'string' ? said : null;
}
