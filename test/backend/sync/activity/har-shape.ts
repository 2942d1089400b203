const text = { type: 'string' };
const number = { type: 'number' };
const address = { type: 'string', pattern: '^https?://[^\\s<>"{}|\\\\^`\\[\\]]+$' };
const listOf = (properties: Readonly<Record<string, object>>): object => ({ type: 'array', items: shape(properties) });

/** An object with all of these; those with `?` may be missing. */
function shape(properties: Readonly<Record<string, object>>): object {
  const named = Object.entries(properties).map(([name, schema]) => [name.replace('?', ''), schema] as const);
  const required = Object.keys(properties).filter((name) => !name.endsWith('?'));
  return { type: 'object', properties: Object.fromEntries(named), required };
}

const pairs = listOf({ name: text, value: text });
const message = {
  httpVersion: text,
  cookies: { type: 'array' },
  headers: pairs,
  headersSize: number,
  bodySize: number,
};

/** What HAR 1.2 asks for of the parts that Laurel writes, as a JSON schema. */
export const HAR = shape({
  log: shape({
    version: { const: '1.2' },
    creator: shape({ name: text, version: text }),
    entries: listOf({
      startedDateTime: {
        type: 'string',
        pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
      },
      time: { type: 'number', minimum: 0 },
      request: shape({
        ...message,
        ...{ method: text, url: address, queryString: pairs },
        'postData?': shape({ mimeType: text, text }),
      }),
      response: shape({
        ...message,
        ...{ status: { type: 'integer' }, statusText: text, redirectURL: text },
        content: shape({ size: { type: 'integer' }, mimeType: text, 'text?': text }),
      }),
      cache: { type: 'object' },
      timings: shape({ send: number, wait: number, receive: number }),
      'comment?': text,
    }),
  }),
});
