import { z } from 'zod';

type Json = Record<string, unknown>;

/** Schemas that the document names once and refers to. */
const COMPONENTS = z.registry<{ id: string }>();
const PATH = '#/components/schemas/';

/** Gives a schema a name under `components.schemas`. */
export function named<S extends z.ZodType>(id: string, schema: S, description?: string): S {
  const described = description === undefined ? schema : schema.describe(description);
  COMPONENTS.add(described, { id });
  return described;
}

/** JSON Schema where it is used: a named schema as a reference, any other in full. */
export function jsonSchemaOf(schema: z.ZodType): Json {
  const id = COMPONENTS.get(schema)?.id;
  if (id !== undefined) return { $ref: `${PATH}${id}` };
  const { $defs: _named, ...inline } = plain(z.toJSONSchema(schema, { io: 'input', metadata: COMPONENTS }));
  return JSON.parse(JSON.stringify(inline).replaceAll('"#/$defs/', `"${PATH}`)) as Json;
}

/** Every named schema. */
export function components(): Json {
  const { schemas } = z.toJSONSchema(COMPONENTS, { io: 'input', uri: (id) => `${PATH}${id}` });
  return Object.fromEntries(
    Object.entries(schemas)
      .map(([id, schema]) => [id, plain(schema)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** Without what a schema that stands alone says of itself. */
function plain(schema: object): Json {
  const { $schema: _schema, $id: _id, id: _name, ...rest } = schema as Json;
  return rest;
}
