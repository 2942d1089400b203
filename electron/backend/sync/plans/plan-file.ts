import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ActiveClaim } from '../../../../db/workspace/snapshots';
import { isObject } from '../../../../shared/domain/body-reader';
import { readJson, writeJson } from '../../../../shared/domain/json';
import { BASE_PATH } from '../../../../shared/gateway/endpoints';
import {
  fieldMeaning,
  groupMeaning,
  groupToCome,
  type FieldMeaning,
  type GroupMeaning,
} from '../../../../shared/gateway/definitions';
import { REFERENCE_KINDS } from '../../../../shared/gateway/references';
import { canonical, type BadgeMeaning } from '../../../../shared/gateway/meaning';
import { fromMeaningText, meaningOfBody } from '../../../../shared/gateway/meaning-text';
import { Failure } from '../../../../shared/ipc/errors';
import { DEFINITION_PURPOSES, isDefinitionPurpose } from '../../../../shared/ipc/sync-contract';
import { jsonMistake } from '../../../../shared/words/json-mistakes';
import { message, type Message } from '../../../../shared/words/message';
import type { PushPurpose } from '../badges/plan';

/**
 * How a plan file names what it is. One without definitions is written as a version that knows none reads it.
 */
const PLAN_SCHEMA = 'laurel/plan@1';
const PLAN_WITH_DEFINITIONS = 'laurel/plan@2';
/** With partners a plan is of this version, with definitions or without. */
const PLAN_WITH_PARTNERS = 'laurel/plan@3';
/** Characters; a thousand badges take some four million. */
export const LONGEST_PLAN = 256_000_000;

const SCHEMA = /^laurel\/plan@(\d+)$/;
const FIELD = /^[a-zA-Z]{1,60}$/;

const claim = z.object({ ownerType: z.string().max(200), referenceId: z.string().max(1_000) });
const name = z.string().max(10_000);
const remoteId = z.string().regex(/^[\w-]{1,64}$/);
const digestText = z.string().regex(/^sha256:[0-9a-f]{64}$/);

const restsOn = z.discriminatedUnion('state', [
  z.object({ state: z.literal('absent'), name }),
  z.object({
    state: z.literal('there'),
    name,
    id: remoteId,
    /** Of what a person decides of the badge: its fields and its active claims. */
    digest: digestText,
    fields: z.record(z.string().regex(FIELD), z.unknown()),
    claims: z.array(claim).max(10_000),
  }),
]);

const definitionRest = z.object({
  kind: z.enum(['group', 'field']),
  name,
  /** Null: the org has no active one of this name. */
  id: remoteId.nullable(),
  /** What it said; null where there is none. */
  fields: z.record(z.string().regex(FIELD), z.unknown()).nullable(),
});

const HEADERS = { 'Content-Type': 'application/json', 'X-CAP-BADGES-MIGRATION': 'migration' } as const;

const request = z.object({
  /** Name of the badge, or of the group or custom field that is defined. */
  badge: name,
  /** In the org; null for what is created. */
  id: remoteId.nullable(),
  purpose: z.enum(['create', 'update', 'activate', 'deactivate', 'claim', 'unclaim', ...DEFINITION_PURPOSES]),
  /** A group that the plan makes before: the id that the org gives it takes the place of its name in the body. */
  group: name.optional(),
  /** What it changes, for whoever reads the plan: values in words. */
  changes: z
    .array(z.object({ field: z.string().max(60), label: z.string(), from: z.string(), to: z.string() }))
    .max(1_000),
  method: z.enum(['POST', 'PUT']),
  path: z.string().max(2_000),
  headers: z.object({
    'Content-Type': z.literal(HEADERS['Content-Type']).optional(),
    'X-CAP-BADGES-MIGRATION': z.literal(HEADERS['X-CAP-BADGES-MIGRATION']).optional(),
  }),
  /** What is sent, in one line and without spaces, as `bodyDigest` holds it. */
  body: z.unknown(),
  bodyDigest: digestText.nullable(),
});

const homeOrg = z.object({ name: z.string().min(1).max(200), address: z.string().max(2_000) });
const plannedPartners = z.object({
  /** The org whose ids the badges carry. */
  from: homeOrg,
  /** The file that said so, from the plan's own folder; null: it was a workspace. */
  file: z.string().min(1).max(4_000).nullable(),
  badges: z.array(name).min(1).max(100_000),
  table: z
    .array(
      z.object({
        kind: z.enum(REFERENCE_KINDS),
        owner: z.string().max(200).optional(),
        from: z.string().max(1_000),
        to: z.string().max(1_000),
      }),
    )
    .max(100_000),
});

const planFile = z.object({
  schema: z.enum([PLAN_SCHEMA, PLAN_WITH_DEFINITIONS, PLAN_WITH_PARTNERS]),
  madeOn: z.iso.datetime(),
  madeBy: z.string().max(200),
  org: z.object({
    name: z.string().min(1).max(200),
    /** Scheme, host and port. */
    address: z.string().max(2_000),
    kind: z.enum(['practice', 'test', 'production']),
    timeZone: z.string().max(100),
  }),
  restsOn: z.array(restsOn).max(100_000),
  /** Definitions that the plan changes, as they were read, and names that were free; only of version 2. */
  definitions: z.array(definitionRest).max(100_000).optional(),
  /** What ids of other orgs became in the requests; only of version 3. */
  partners: z.array(plannedPartners).min(1).max(1_000).optional(),
  requests: z.array(request).max(100_000),
  digest: digestText,
});

/** A plan as it stands in its file: the exact requests, and the live state they rest on. */
export type PlanFile = z.output<typeof planFile>;
export type PlanRequest = PlanFile['requests'][number];
export type RestsOn = PlanFile['restsOn'][number];
export type PlannedPartners = z.output<typeof plannedPartners>;
export type DefinitionRest = z.output<typeof definitionRest>;

export function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text, 'utf8').digest('hex')}`;
}

/** The bytes of a request's body. Null: it has none. */
export function bodyTextOf({ body }: Pick<PlanRequest, 'body'>): string | null {
  return body === null ? null : writeJson(body);
}

/** Of a live badge, what a plan rests on. Counts and dates of change pass, and are no part of it. */
export function liveDigest(fields: Readonly<Record<string, unknown>>, claims: readonly ActiveClaim[]): string {
  return digestOf(
    canonical({ fields, claims: claims.map(({ ownerType, referenceId }) => ({ ownerType, referenceId })) }),
  );
}

/** The fields of a meaning as values that a person reads. */
export function fieldsOf(meaning: BadgeMeaning | GroupMeaning | FieldMeaning): Record<string, unknown> {
  return Object.fromEntries(Object.entries(meaning).map(([field, text]) => [field, JSON.parse(text) as unknown]));
}

/** The text of a plan file: keys in one order, two spaces, one final line break. */
export function writePlan(plan: Omit<PlanFile, 'digest'>): string {
  return `${writeJson({ ...plan, digest: digestOf(writeJson(plan)) }, 2)}\n`;
}

/**
 * Reads a plan file. What it says is as Laurel wrote it, or it is refused: its own digest holds, and each request is one
 * that Laurel makes.
 *
 * @param file as the person knows it
 * @throws Failure `invalid-input`
 */
export function readPlan(text: string, file: string): PlanFile {
  const reading = readJson(text);
  if (!reading.ok) throw refused(message('plans.notJson', { file, mistake: jsonMistake(reading.mistake) }));
  const { value } = reading;
  const schema = isObject(value) && typeof value['schema'] === 'string' ? SCHEMA.exec(value['schema']) : null;
  if (!isObject(value) || schema === null) throw refused(message('plans.noPlan', { file }));
  if (Number(schema[1]) > 3) throw refused(message('plans.newer', { file }));
  if (Number(schema[1]) < 1) throw refused(message('plans.noPlan', { file }));
  const parsed = planFile.safeParse(value);
  // Wrong in shape or in content: a person changed it, either way, and only a new plan is known to be right.
  if (!parsed.success || !isWhole(value, parsed.data)) throw refused(message('plans.edited', { file }));
  return parsed.data;
}

function refused(words: Message): Failure {
  return new Failure('invalid-input', words);
}

function isWhole(value: Readonly<Record<string, unknown>>, plan: PlanFile): boolean {
  const { digest, ...rest } = value;
  return (
    digest === digestOf(writeJson(rest)) &&
    plan.restsOn.every(
      (badge) => badge.state === 'absent' || badge.digest === liveDigest(badge.fields, badge.claims),
    ) &&
    plan.schema === versionOf(plan) &&
    plan.requests.every(
      (planned, index) =>
        isOurs(planned) &&
        (isDefinitionPurpose(planned.purpose)
          ? restsOnDefinition(planned, plan.definitions ?? [])
          : rests(planned, plan.restsOn)) &&
        waitsForGroup(planned, plan.requests.slice(0, index)),
    )
  );
}

/** The version that a plan is written as: an older Laurel reads what it knows all of. */
export function versionOf({ definitions, partners }: Pick<PlanFile, 'definitions' | 'partners'>): PlanFile['schema'] {
  if (partners !== undefined) return PLAN_WITH_PARTNERS;
  return definitions === undefined ? PLAN_SCHEMA : PLAN_WITH_DEFINITIONS;
}

/** A request acts on a badge that the plan rests on. */
function rests({ id, badge }: PlanRequest, all: readonly RestsOn[]): boolean {
  return all.some((rest) => (rest.state === 'there' ? rest.id === id : id === null && rest.name === badge));
}

/** The definition that a request makes or changes, among those that the plan rests on. */
export function definitionRestOf(
  { id, badge, purpose }: PlanRequest,
  all: readonly DefinitionRest[],
): DefinitionRest | undefined {
  const kind = kindOf(purpose);
  return all.find((rest) => rest.kind === kind && rest.id === id && (id !== null || rest.name === badge));
}

/** What a request defines; null: it is about a badge. */
export function kindOf(purpose: PushPurpose): DefinitionRest['kind'] | null {
  if (!isDefinitionPurpose(purpose)) return null;
  return purpose.endsWith('group') ? 'group' : 'field';
}

const restsOnDefinition = (planned: PlanRequest, all: readonly DefinitionRest[]): boolean =>
  definitionRestOf(planned, all) !== undefined;

/** A badge that waits for the id of a group comes after the request that makes the group, and its body names it. */
function waitsForGroup({ group, purpose, body }: PlanRequest, before: readonly PlanRequest[]): boolean {
  if (group === undefined) return true;
  const isNamed = isObject(body) && body['badgeGroupId'] === groupToCome(group);
  const isBadge = purpose === 'create' || purpose === 'update';
  return isNamed && isBadge && before.some((each) => each.purpose === 'create-group' && each.badge === group);
}

/** Whether a request is one that Laurel plans: no other call of the org can stand in a plan. */
function isOurs(planned: PlanRequest): boolean {
  const text = bodyTextOf(planned);
  if ((text === null ? null : digestOf(text)) !== planned.bodyDigest) return false;
  const [method, segments] = callOf(planned.purpose, planned.id ?? '');
  if (planned.method !== method || planned.path !== `${BASE_PATH}/${segments.join('/')}`) return false;
  if ((planned.id === null) !== planned.purpose.startsWith('create')) return false;
  const { body } = planned;
  switch (planned.purpose) {
    case 'create':
      return nameIn(text) === planned.badge;
    case 'update':
      return nameIn(text) === planned.badge && isObject(body) && body['id'] === planned.id;
    case 'activate':
    case 'deactivate':
      return body === null;
    case 'claim':
    case 'unclaim':
      return claim.safeParse(body).success;
    case 'create-group':
    case 'update-group':
      return groupBody.safeParse(body).data?.name === planned.badge;
    case 'create-field':
    case 'update-field':
      return fieldBody.safeParse(body).data?.name === planned.badge;
  }
}

const groupBody = z.strictObject({ name, rank: z.int(), isActive: z.literal(true).optional() });
const fieldBody = z.strictObject({
  ...{ name, dataType: z.string(), isMandatory: z.boolean(), defaultValue: z.string().nullable() },
  isActive: z.literal(true).optional(),
});

/**
 * What a definition means once a request was carried out.
 *
 * @param before whether a group is in use where the request does not say
 */
export function definedBy({ purpose, body }: PlanRequest, before: { isActive: boolean }): GroupMeaning | FieldMeaning {
  if (kindOf(purpose) === 'field') return fieldMeaning(fieldBody.parse(body));
  const { isActive, ...group } = groupBody.parse(body);
  return groupMeaning({ ...group, isActive: isActive ?? before.isActive });
}

/** The name of the badge that a body describes; null where it describes none. */
function nameIn(body: string | null): string | null {
  const meaning = meaningOfBody(body ?? '');
  return meaning && (JSON.parse(fromMeaningText(meaning).name) as string);
}

/** Method, and segments below the gateway's base path, of a planned request. */
function callOf(purpose: PushPurpose, id: string): readonly ['POST' | 'PUT', readonly string[]] {
  switch (purpose) {
    case 'create':
      return ['POST', ['badgeMeta']];
    case 'update':
      return ['PUT', ['badgeMeta']];
    case 'activate':
    case 'deactivate':
      return ['PUT', ['badgeMeta', id, purpose]];
    case 'claim':
    case 'unclaim':
      return ['POST', ['badgeMeta', id, purpose]];
    case 'create-group':
      return ['POST', ['group']];
    case 'update-group':
      return ['PUT', ['group', id]];
    case 'create-field':
      return ['POST', ['customField']];
    case 'update-field':
      return ['PUT', ['customField', id]];
  }
}

/** Whose claim a request makes or gives up; null: it is about none. */
export function claimOf({ purpose, body }: PlanRequest): ActiveClaim | null {
  return purpose === 'claim' || purpose === 'unclaim' ? claim.parse(body) : null;
}
