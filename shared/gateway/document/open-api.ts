import { z } from 'zod';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../domain/settings';
import { inEnglish } from '../../words/english';
import { message, type PlainKey } from '../../words/message';
import { statusOf } from '../answer';
import { BASE_PATH } from '../base-path';
import { ENDPOINT_WORDS } from '../endpoint-words';
import { ENDPOINTS, type Endpoint } from '../endpoints';
import type { QueryParameter } from '../query-values';
import { errorBody } from './answer-schemas';
import { components, jsonSchemaOf, named } from './components';
import { DESCRIPTIONS, meaningOfCode, type EndpointDescription, type HeaderParameter } from './descriptions';

type Json = Record<string, unknown>;

/** A call of the practice org besides the gateway's: for a token, its clock, this document. */
export interface OwnCall {
  name: string;
  method: 'GET' | 'POST' | 'PUT';
  path: string;
  summary: PlainKey;
  needsCredentials: boolean;
  body: z.ZodType | null;
  answer: z.ZodType;
  /** HTTP statuses of refusals. */
  refusals: readonly number[];
}

export interface OpenApiOptions {
  /** Of Laurel. */
  version: string;
  /** The org's own: codes of limits, statuses and the owner type of MemberCare are its to set. */
  settings: Partial<OrgSettings>;
  /** `http://127.0.0.1:8080`; null for a document that nobody serves. */
  url: string | null;
  /** Whether callers must prove who they are. */
  asksCredentials: boolean;
  ownCalls: readonly OwnCall[];
}

const JSON_TYPE = 'application/json';

const FAILURE = named(
  'Failure',
  z.strictObject({ data: z.null(), errors: z.array(errorBody).min(1), warnings: z.null() }),
  'Why a whole call was refused; nothing of it was done.',
);

const SECURITY_SCHEMES = {
  basic: { type: 'http', scheme: 'basic', description: 'The password, or its MD5 in hex.' },
  token: { type: 'apiKey', in: 'header', name: 'X-CAP-API-OAUTH-TOKEN', description: 'An access token.' },
};

/** What every call may be answered, whatever its own rules. */
const COMMON_RESPONSES = {
  Unauthorized: { description: `${meaningOfCode(401)}: no credentials, or wrong ones.`, content: content(FAILURE) },
  Other: {
    description:
      'What the transport refuses (a web page as caller, a body that is too large or no text, a call that takes too long), and what was asked to go wrong.',
    content: content(FAILURE),
  },
};

/**
 * The OpenAPI 3.1 document of a practice org, made from the declarations that check its calls: the paths of ENDPOINTS,
 * the parameters and bodies of the readings, statuses and codes of limits by the org's settings.
 */
export function openApiDocument({ version, url, asksCredentials, ownCalls, ...options }: OpenApiOptions): Json {
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json): void => {
    (paths[path] ??= {})[method.toLowerCase()] = operation;
  };
  const turns = new Map<string, number>();
  for (const endpoint of ENDPOINTS) {
    const turn = (turns.get(endpoint.name) ?? 0) + 1;
    turns.set(endpoint.name, turn);
    const { path, parameters } = pathOf(endpoint);
    add(path, endpoint.method, operationOf(endpoint, turn, parameters, settings));
  }
  for (const call of ownCalls) add(call.path, call.method, ownOperation(call, asksCredentials));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Practice org of Laurel',
      version,
      summary: 'A badge gateway on this machine that answers as the live one would.',
      description: 'Where a status or a code is a switch of the practice org, the value that is set stands here.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [url === null ? { url: 'http://127.0.0.1:{port}', variables: { port: { default: '8080' } } } : { url }],
    security: asksCredentials ? [{ basic: [] }, { token: [] }] : [],
    tags: [
      { name: 'gateway', description: 'Calls of the badge gateway.' },
      { name: 'practice', description: 'Calls of the practice org itself.' },
    ],
    paths,
    components: {
      ...(asksCredentials ? { securitySchemes: SECURITY_SCHEMES } : {}),
      responses: COMMON_RESPONSES,
      schemas: components(),
    },
  };
}

function content(schema: z.ZodType): Json {
  return { [JSON_TYPE]: { schema: jsonSchemaOf(schema) } };
}

/** The whole path, its alternatives as a parameter. */
function pathOf({ path }: Endpoint): { path: string; parameters: Json[] } {
  const parameters: Json[] = [];
  const parts = path.split('/').map((part) => {
    const [, name, among] = /^\{(\w+)(?::([\w|]+))?\}$/.exec(part) ?? [];
    if (name === undefined) return part;
    parameters.push({
      name,
      in: 'path',
      required: true,
      schema: among === undefined ? { type: 'string', minLength: 1 } : { type: 'string', enum: among.split('|') },
    });
    return `{${name}}`;
  });
  return { path: `${BASE_PATH}/${parts.join('/')}`, parameters };
}

function operationOf(endpoint: Endpoint, turn: number, parameters: Json[], settings: OrgSettings): Json {
  const described = DESCRIPTIONS[endpoint.name];
  const body = described.body?.(settings) ?? null;
  return {
    operationId: turn === 1 ? endpoint.name : `${endpoint.name}${String(turn)}`,
    tags: ['gateway'],
    summary: inEnglish(message(ENDPOINT_WORDS[endpoint.name])),
    // The documents name more than one address; the first of ours is the one to use.
    ...(turn === 1 ? {} : { deprecated: true }),
    parameters: [
      ...parameters,
      ...described.query.map((parameter) => queryParameter(parameter, described.needed.includes(parameter))),
      ...described.headers.map(headerParameter),
    ],
    ...(body === null ? {} : { requestBody: { required: true, content: content(body) } }),
    responses: {
      [described.status]: { description: successWords(described, settings), content: content(described.answer) },
      ...refusalsOf(described, settings),
      401: { $ref: '#/components/responses/Unauthorized' },
      default: { $ref: '#/components/responses/Other' },
    },
  };
}

function queryParameter({ name, schema, note }: QueryParameter<unknown>, isNeeded: boolean): Json {
  const json = jsonSchemaOf(schema);
  return {
    name,
    in: 'query',
    ...(note === null ? {} : { description: note }),
    required: isNeeded,
    ...(json['type'] === 'array' ? { style: 'form', explode: false } : {}),
    schema: json,
  };
}

function headerParameter({ name, schema, note }: HeaderParameter): Json {
  return { name: name.toUpperCase(), in: 'header', description: note, schema: jsonSchemaOf(schema) };
}

const listed = (codes: readonly number[]): string =>
  codes.map((code) => `- ${String(code)}: ${meaningOfCode(code)}`).join('\n');

function successWords({ rowCodes, warnings }: EndpointDescription, settings: OrgSettings): string {
  return [
    'Answered.',
    ...(rowCodes.length === 0
      ? []
      : [`Codes of single rows:\n${listed(rowCodes.map((code) => codeInOrg(code, settings)))}`]),
    ...(warnings.length === 0 ? [] : [`Codes of warnings:\n${listed(warnings)}`]),
  ].join('\n\n');
}

/** The refusals of an endpoint by their status, each with its closed list of codes. */
function refusalsOf({ codes }: EndpointDescription, settings: OrgSettings): Record<string, Json> {
  const byStatus = new Map<number, number[]>();
  for (const each of codes) {
    const plainCode = typeof each === 'number' ? each : each.code;
    const code = codeInOrg(plainCode, settings);
    const status = typeof each === 'number' ? statusOf(code, settings) : each.status;
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, answeredCodes]) => [
      status,
      {
        description: listed(answeredCodes),
        content: {
          [JSON_TYPE]: {
            schema: {
              allOf: [
                jsonSchemaOf(FAILURE),
                { properties: { errors: { items: { properties: { code: { enum: [...new Set(answeredCodes)] } } } } } },
              ],
            },
          },
        },
      },
    ]),
  );
}

/** The codes of limits are switches (semantics C5). */
function codeInOrg(code: number, settings: OrgSettings): number {
  if (code === 990001) return settings.customerLimitCode;
  return code === 990002 ? settings.badgeLimitCode : code;
}

function ownOperation({ name, summary, needsCredentials, body, answer, refusals }: OwnCall, asks: boolean): Json {
  return {
    operationId: name,
    tags: ['practice'],
    summary: inEnglish(message(summary)),
    ...(needsCredentials || !asks ? {} : { security: [] }),
    ...(body === null ? {} : { requestBody: { required: true, content: content(body) } }),
    responses: {
      200: { description: 'Answered.', content: content(answer) },
      ...Object.fromEntries(
        refusals.map((status) => [status, { description: meaningOfCode(status), content: content(FAILURE) }]),
      ),
      ...(needsCredentials && asks ? { 401: { $ref: '#/components/responses/Unauthorized' } } : {}),
      default: { $ref: '#/components/responses/Other' },
    },
  };
}
