import { isObject, type JsonObject } from './body-reader';
import { numberText } from './json';

function written(holder: JsonObject, keys: readonly string[]): JsonObject {
  const texts = keys.flatMap((key) => {
    const text = numberText(holder, key);
    return text === null ? [] : [[key, text] as const];
  });
  return texts.length === 0 ? holder : { ...holder, ...Object.fromEntries(texts) };
}

const eachWritten = (list: unknown, keys: readonly string[]): unknown =>
  Array.isArray(list) ? list.map((entry: unknown) => (isObject(entry) ? written(entry, keys) : entry)) : list;

/**
 * A create body whose texts are texts, also where they were written as numbers (semantics Q1): for a body that goes on
 * as a value, which forgets how its numbers were written.
 */
export function withTextsWritten(body: JsonObject): JsonObject {
  const { images, tags, customFields } = body;
  return {
    ...written(body, ['name', 'description', 'badgeGroupId']),
    ...(images === undefined ? {} : { images: eachWritten(images, ['name', 'fileSvcHandle', 'url']) }),
    ...(tags === undefined ? {} : { tags: eachWritten(tags, ['name', 'value']) }),
    ...(isObject(customFields) ? { customFields: written(customFields, Object.keys(customFields)) } : {}),
  };
}
