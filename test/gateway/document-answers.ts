import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats, { type FormatsPlugin } from 'ajv-formats';
import { findRoute } from '../../shared/gateway/router';

export type Json = Record<string, unknown>;

/** One operation of an OpenAPI document. */
export interface Operation {
  method: string;
  path: string;
  operationId: string;
  parameters: { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Json }[];
  body: Json | null;
  /** Schemas of answers by status, or `default`. */
  statuses: readonly string[];
}

export function operationsOf(document: Json): Operation[] {
  return Object.entries(document['paths'] as Record<string, Record<string, Json>>).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operationId: String(operation['operationId']),
      parameters: (operation['parameters'] ?? []) as Operation['parameters'],
      body: bodyOf(operation),
      statuses: Object.keys(operation['responses'] as Json),
    })),
  );
}

function bodyOf(operation: Json): Json | null {
  const body = operation['requestBody'] as { content: Record<string, { schema: Json }> } | undefined;
  return body?.content['application/json']?.schema ?? null;
}

const pointer = (...parts: string[]): string =>
  parts.map((part) => `/${encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('');

/** Holds values to the schemas of an OpenAPI document. */
export class DocumentSchemas {
  readonly #ajv = new Ajv2020({ strict: false, allowUnionTypes: true });
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(document: Json) {
    (formats as unknown as { default: FormatsPlugin }).default(this.#ajv);
    this.#ajv.addSchema(document, 'document');
  }

  /** What is wrong with an answer; empty when the document describes it. */
  answer({ method, path, statuses }: Operation, status: number, body: unknown): string[] {
    const key = statuses.includes(String(status)) ? String(status) : 'default';
    const place = pointer('paths', path, method.toLowerCase(), 'responses', key);
    const isCommon = key === 'default' || key === '401';
    const schema = isCommon
      ? pointer('components', 'schemas', 'Failure')
      : `${place}${pointer('content', 'application/json', 'schema')}`;
    return this.#check(schema, body);
  }

  /** What is wrong with a body that would be sent. */
  body({ method, path }: Operation, body: unknown): string[] {
    return this.#check(
      pointer('paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'),
      body,
    );
  }

  /** What is wrong with a value by a schema of the document. */
  #check(place: string, value: unknown): string[] {
    let validate = this.#compiled.get(place);
    if (validate === undefined) {
      validate = this.#ajv.compile({ $ref: `document#${place}` });
      this.#compiled.set(place, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map(({ instancePath, message, params }) =>
      [instancePath, message, JSON.stringify(params)].join(' '),
    );
  }
}

/** The operation that a call of the conformance cases is one of. */
export function operationOf(operations: readonly Operation[], endpoint: string): Operation {
  const [method = '', path = ''] = endpoint.split(' ');
  const name = findRoute(method, path)?.endpoint.name;
  const found = operations.find(
    (operation) => operation.method === method && operation.operationId.replace(/\d$/, '') === name,
  );
  if (found === undefined) throw new Error(`The document has no ${endpoint}.`);
  return found;
}
