const KIND = /^laurel\/[a-z-]+@\d+$/;
const kindOf = (schema: string): string => schema.slice(0, schema.indexOf('@'));

/**
 * What a document says that it is, where that is of another kind than the one that is read: all that is wrong with it follows
 * from there. Null: it is of this kind in some version, or says nothing that Laurel knows.
 *
 * @param schema as `laurel/scenario@1`
 */
export function otherKind(body: unknown, schema: string): string | null {
  if (typeof body !== 'object' || body === null) return null;
  const { schema: said } = body as { schema?: unknown };
  return typeof said === 'string' && KIND.test(said) && kindOf(said) !== kindOf(schema) ? said : null;
}
