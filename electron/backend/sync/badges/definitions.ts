import type { StoredConnection } from '../../../../db/workspace/connections';
import {
  keepDefinitions,
  keepField,
  keepLinks,
  keptDefinitions,
  keptFields,
  keptLinks,
  type OrgDefinitions,
} from '../../../../db/workspace/kept-definitions';
import { groupNameTaken, keptGroups, nameGroup, nameUnnamed, placeByRank } from '../../../../db/workspace/kept-groups';
import { CUSTOM_FIELD_TYPES, type CustomFieldType } from '../../../../shared/domain/org';
import type { Difference } from '../../../../shared/gateway/compare';
import {
  compareCustomFields,
  compareGroups,
  FIELD_FIELDS,
  fieldMeaning,
  GROUP_FIELDS,
  groupMeaning,
  partnersOf,
  settledBase,
  type ComparedField,
  type ComparedGroup,
  type DefinitionField,
  type FieldDefinition,
  type FieldMeaning,
  type OrgField,
  type OrgGroup,
} from '../../../../shared/gateway/definitions';
import type { ProgrammeGroup } from '../../../../shared/domain/programme';
import { NOT_SAID } from '../../../../shared/gateway/meaning-text';
import { Failure } from '../../../../shared/ipc/errors';
import type { DefinitionKind, DefinitionsView, DefinitionView } from '../../../../shared/ipc/definitions-contract';
import { message, type Message, type MessageKey } from '../../../../shared/words/message';
import type { SyncContext } from '../context';

type Workspace = Pick<SyncContext['workspace'], 'settings'>;

/** What a pull read of an org's definitions. */
export interface DefinitionsRead {
  /** Null: the org did not tell; what it told before stays. */
  groups: readonly OrgGroup[] | null;
  fields: readonly OrgField[];
  unread: Message | null;
}

/** The definitions here beside those of the org, as last read. */
export function comparedDefinitions(
  { settings }: Workspace,
  connectionKey: number,
): { groups: ComparedGroup[]; fields: ComparedField[] } {
  const { groups, fields, groupBases, fieldBases } = keptDefinitions(settings, connectionKey);
  return {
    groups: compareGroups(
      { here: keptGroups(settings), there: groups, bases: groupBases },
      keptLinks(settings, connectionKey),
    ),
    fields: compareCustomFields({ here: keptFields(settings), there: fields, bases: fieldBases }),
  };
}

/**
 * Keeps what was read of an org's definitions, and what follows from it: groups that its badges name are called here as
 * they are there, where nobody named them; groups of one name are one; and what both sides say alike is what they agree
 * on from now on.
 *
 * @param named the groups that the org's badges name, by the ids there
 */
export function keepDefinitionsRead(
  { workspace, now }: Pick<SyncContext, 'workspace' | 'now'>,
  connection: StoredConnection,
  { groups, fields, unread }: DefinitionsRead,
  named: ReadonlyMap<string, string>,
): void {
  const { settings } = workspace;
  const before = keptDefinitions(settings, connection.key);
  const there = groups ?? before.groups;
  keepDefinitions(settings, connection.key, { ...before, readOn: now(), groups: there, fields, unread });
  link(workspace, connection.key);
  const hereOf = idsHere(workspace, connection.key);
  const names = [...named].map(([id, name]): [string, string] => [
    hereOf.get(id) ?? id,
    there?.find((group) => group.id === id && group.isActive)?.name ?? name,
  ]);
  const added = nameUnnamed(settings, names, ranksHere(workspace, connection.key));
  link(workspace, connection.key);
  agree(workspace, connection.key, new Set(added));
}

/** After what was done to an org's definitions by a plan: groups of one name are one, and what is alike is agreed on. */
export function settleDefinitions(workspace: SyncContext['workspace'], connectionKey: number): void {
  workspace.transaction(() => {
    link(workspace, connectionKey);
    agree(workspace, connectionKey, new Set());
  });
}

/**
 * Gives the definitions here the past that they have with the org, where it is not the workspace that remembers one.
 *
 * @param past what both sides last agreed on; null: they never did; undefined: what is here is to count
 */
export function agreeOnDefinitions(
  { settings }: Workspace,
  connectionKey: number,
  past: { groups: readonly ProgrammeGroup[]; fields: readonly FieldDefinition[] } | null | undefined,
): void {
  const known = keptDefinitions(settings, connectionKey);
  const { groups, fields } = comparedDefinitions({ settings }, connectionKey);
  const groupBases = groups.flatMap(({ id, there, here }) => {
    if (there === null || here === null) return [];
    if (past === undefined) return [[id, groupMeaning(there)] as const];
    const before = past?.groups.find((group) => group.id === id);
    // A file says an order, and no ranks: where the order is concerned, the one here counts.
    return before ? [[id, groupMeaning({ name: before.name ?? '', rank: there.rank, isActive: true })] as const] : [];
  });
  const fieldBases = fields.flatMap(({ id, there, here }) => {
    if (there === null || here === null) return [];
    const before = past === undefined ? there : past?.fields.find(({ name }) => name === id);
    return before ? [[id, fieldMeaning(before)] as const] : [];
  });
  keepDefinitions(settings, connectionKey, {
    ...known,
    ...{ groupBases: Object.fromEntries(groupBases), fieldBases: Object.fromEntries(fieldBases) },
  });
}

/** Notes which groups here the org knows by other ids. */
function link({ settings }: Workspace, connectionKey: number): void {
  const { groups } = keptDefinitions(settings, connectionKey);
  if (groups === null) return;
  const partners = partnersOf(keptGroups(settings), groups, keptLinks(settings, connectionKey));
  const links = [...partners].flatMap(([here, { id }]) => (here === id ? [] : [[here, id] as const]));
  keepLinks(settings, connectionKey, Object.fromEntries(links));
}

/** The ids here of an org's groups, by the ids there. */
function idsHere({ settings }: Workspace, connectionKey: number): Map<string, string> {
  const partners = partnersOf(
    keptGroups(settings),
    keptDefinitions(settings, connectionKey).groups ?? [],
    keptLinks(settings, connectionKey),
  );
  return new Map([...partners].map(([here, { id }]) => [id, here]));
}

/** The ranks of an org's groups, by the ids here. */
function ranksHere(workspace: Workspace, connectionKey: number): Map<string, number> {
  const hereOf = idsHere(workspace, connectionKey);
  const { groups } = keptDefinitions(workspace.settings, connectionKey);
  return new Map((groups ?? []).map(({ id, rank }) => [hereOf.get(id) ?? id, rank]));
}

/** Where both sides say the same, and for what was just taken from the org, that is what they agree on. */
function agree(workspace: Workspace, connectionKey: number, taken: ReadonlySet<string>): void {
  const { settings } = workspace;
  const known = keptDefinitions(settings, connectionKey);
  const { groups, fields } = comparedDefinitions(workspace, connectionKey);
  const groupBases = groups.flatMap(({ id, there, here, state }) => {
    if (here === null) return [];
    const isAgreed = there !== null && (state === 'in-sync' || taken.has(id));
    const base = isAgreed ? groupMeaning(there) : known.groupBases[id];
    return base === undefined ? [] : [[id, base] as const];
  });
  const fieldBases = fields.flatMap(({ id, there, here, state }) => {
    if (here === null) return [];
    const base = there !== null && state === 'in-sync' ? fieldMeaning(there) : known.fieldBases[id];
    return base === undefined ? [] : [[id, base] as const];
  });
  keepDefinitions(settings, connectionKey, {
    ...known,
    ...{ groupBases: Object.fromEntries(groupBases), fieldBases: Object.fromEntries(fieldBases) },
  });
}

/** Keeps one definition as the org just showed it, where it is what both sides agree on. */
export function keepPushed(
  workspace: Workspace,
  connectionKey: number,
  pushed: { kind: 'group'; id: string | null; there: OrgGroup } | { kind: 'field'; there: OrgField },
): void {
  const { settings } = workspace;
  const known = keptDefinitions(settings, connectionKey);
  keepDefinitions(settings, connectionKey, withPushed(known, pushed));
  if (pushed.kind !== 'group' || pushed.id === null || pushed.id === pushed.there.id) return;
  keepLinks(settings, connectionKey, { ...keptLinks(settings, connectionKey), [pushed.id]: pushed.there.id });
}

function withPushed(known: OrgDefinitions, pushed: Parameters<typeof keepPushed>[2]): OrgDefinitions {
  if (pushed.kind === 'field') {
    const { there } = pushed;
    const others = (known.fields ?? []).filter(({ name }) => name !== there.name);
    const fieldBases = { ...known.fieldBases, [there.name]: fieldMeaning(there) };
    return { ...known, fields: [...others, there], fieldBases };
  }
  const { there, id } = pushed;
  const groups = known.groups ?? [];
  const isKnown = groups.some((group) => group.id === there.id);
  return {
    ...known,
    groups: isKnown ? groups.map((group) => (group.id === there.id ? there : group)) : [...groups, there],
    groupBases: id === null ? known.groupBases : { ...known.groupBases, [id]: groupMeaning(there) },
  };
}

const LABELS = {
  name: 'definitions.fieldName',
  rank: 'definitions.fieldRank',
  isActive: 'definitions.fieldActive',
  dataType: 'definitions.fieldType',
  isMandatory: 'definitions.fieldMandatory',
  defaultValue: 'definitions.fieldDefault',
} as const satisfies Record<DefinitionField, MessageKey>;

const TYPES = {
  STRING: 'definitions.typeText',
  INTEGER: 'definitions.typeInteger',
  BOOLEAN: 'definitions.typeBoolean',
  DATE: 'definitions.typeDate',
} as const satisfies Record<CustomFieldType, MessageKey>;

/** What a field of a definition is called. */
export const definitionFieldMessage = (field: DefinitionField): Message => message(LABELS[field]);

/** A value of a definition in words. */
export function definitionValue(field: DefinitionField, text: string): Message {
  const value: unknown = JSON.parse(text);
  if (field === 'isActive') return message(value === true ? 'definitions.active' : 'definitions.disabled');
  if (field === 'isMandatory') return message(value === true ? 'definitions.mandatory' : 'definitions.optional');
  if (value === null || value === '') return message('comparison.none');
  const type = field === 'dataType' ? CUSTOM_FIELD_TYPES.find((each) => each === value) : undefined;
  if (type) return message(TYPES[type]);
  return message('refusals.quoted', { text: typeof value === 'string' ? value : JSON.stringify(value) });
}

/** Local code of a type that is changed (error-codes 990007). */
const TYPE_FIXED = 990007;

/** A difference that no call of the gateway brings about; null: one does. */
export function refusedDifference({
  field,
  change,
}: Difference<DefinitionField>): DefinitionView['differences'][number]['refusal'] {
  if (field !== 'dataType' || change === 'live') return null;
  return { code: TYPE_FIXED, reason: message('definitions.typeFixed') };
}

/** Why nothing can be sent of a definition, whatever is to be changed of it; null: something can. */
export function unsendable(compared: ComparedGroup | ComparedField, org: string): Message | null {
  if (compared.there?.id === '') return message('definitions.noId', { org });
  const type: unknown = compared.here && 'dataType' in compared.here ? JSON.parse(compared.here.dataType) : 'STRING';
  const isKnown = CUSTOM_FIELD_TYPES.some((each) => each === type);
  return compared.state === 'only-here' && !isKnown ? message('definitions.oddType', { type: String(type) }) : null;
}

/** Whether a push of it would send something, and nothing stands in its way. */
function canPush(compared: ComparedGroup | ComparedField): boolean {
  const { state, differences } = compared;
  if (unsendable(compared, '') !== null) return false;
  return (
    state === 'only-here' ||
    (state === 'draft-changed' && differences.every((difference) => refusedDifference(difference) === null))
  );
}

/** What a person sees of the definitions here and there. */
export function definitionsView(workspace: Workspace, connectionKey: number): DefinitionsView {
  const { groups, fields } = comparedDefinitions(workspace, connectionKey);
  const { readOn, unread } = keptDefinitions(workspace.settings, connectionKey);
  const here = new Map(keptFields(workspace.settings).map((field) => [field.name, field]));
  return {
    readOn,
    unread,
    groups: groups.map((group) => viewOf('group', group, group.there && groupMeaning(group.there), GROUP_FIELDS)),
    fields: fields.map((field) => ({
      ...viewOf('field', field, field.there && fieldMeaning(field.there), FIELD_FIELDS),
      definition: here.get(field.name) ?? null,
    })),
  };
}

function viewOf<Field extends DefinitionField>(
  kind: DefinitionKind,
  compared: (ComparedGroup | ComparedField) & { here: Readonly<Record<Field, string>> | null },
  there: Readonly<Record<Field, string>> | null,
  fields: readonly Field[],
): DefinitionView {
  const { id, name, state, here } = compared;
  const differences: readonly Difference<DefinitionField>[] = compared.differences;
  const meaning = here ?? there;
  return {
    ...{ kind, id, name, state, remoteId: compared.there?.id ?? null },
    differences: differences.map((difference) => {
      const { field, change, base, draft, live } = difference;
      return {
        ...{ field, change, label: definitionFieldMessage(field) },
        base: base === null || base === NOT_SAID ? null : definitionValue(field, base),
        draft: definitionValue(field, draft),
        live: definitionValue(field, live),
        refusal: refusedDifference(difference),
        // A group that is disabled there cannot be so here.
        canTake: field !== 'isActive',
      };
    }),
    facts: fields
      .filter((field) => field !== 'name' && field !== 'isActive')
      .map((field) => ({
        label: definitionFieldMessage(field),
        text: definitionValue(field, meaning?.[field] ?? 'null'),
      })),
    canPush: canPush(compared),
    definition: null,
  };
}

/** One side of a field of a definition. */
export interface DefinitionChoice {
  field: string;
  take: 'draft' | 'live';
}

/**
 * Settles fields of a definition that both sides see differently, as `resolve` does for a badge: `live` changes what is
 * here, `draft` says that the live value was seen and is to be replaced by a push. Nothing is sent.
 *
 * @throws Failure `conflict` (it differs no longer), `invalid-input` (another group here has the name)
 */
export function resolveDefinition(
  { workspace }: Pick<SyncContext, 'workspace'>,
  connection: StoredConnection,
  { kind, id }: { kind: DefinitionKind; id: string },
  choices: readonly DefinitionChoice[],
): void {
  workspace.transaction(() => {
    const { groups, fields } = comparedDefinitions(workspace, connection.key);
    if (kind === 'group') resolveGroup(workspace, connection.key, groups.find(isIt(id)), choices);
    else resolveField(workspace, connection.key, fields.find(isIt(id)), choices);
    agree(workspace, connection.key, new Set());
  });
}

const isIt =
  (wanted: string) =>
  ({ id, here }: { id: string; here: object | null }): boolean =>
    id === wanted && here !== null;

function chosenOf<Field extends string>(
  differences: readonly Difference<Field>[],
  choices: readonly DefinitionChoice[],
): { open: readonly Field[]; chosen: readonly Field[]; taken: readonly Field[] } {
  const open = differences.map(({ field }) => field);
  const chosen = choices.map(({ field: name }) => open.find((field) => field === name));
  if (chosen.length === 0 || chosen.includes(undefined)) throw new Failure('conflict', message('sync.noLongerDiffers'));
  const known = chosen.filter((field) => field !== undefined);
  return { open, chosen: known, taken: known.filter((_, index) => choices[index]?.take === 'live') };
}

function resolveGroup(
  { settings }: Workspace,
  connectionKey: number,
  group: ComparedGroup | undefined,
  choices: readonly DefinitionChoice[],
): void {
  if (!group?.there) throw new Failure('conflict', message('sync.noLongerDiffers'));
  const { id, there, differences } = group;
  const { open, chosen, taken } = chosenOf(differences, choices);
  if (taken.includes('isActive')) throw new Failure('conflict', message('definitions.staysActive'));
  if (taken.includes('name')) {
    if (groupNameTaken(settings, there.name, id))
      throw new Failure('invalid-input', message('programme.nameTaken', { name: there.name }));
    nameGroup(settings, id, there.name);
  }
  const known = keptDefinitions(settings, connectionKey);
  const base = settledBase(known.groupBases[id] ?? null, groupMeaning(there), open, chosen);
  keepDefinitions(settings, connectionKey, { ...known, groupBases: { ...known.groupBases, [id]: base } });
  if (taken.includes('rank')) placeByRank(settings, id, ranksHere({ settings }, connectionKey));
}

function resolveField(
  { settings }: Workspace,
  connectionKey: number,
  field: ComparedField | undefined,
  choices: readonly DefinitionChoice[],
): void {
  if (!field?.there) throw new Failure('conflict', message('sync.noLongerDiffers'));
  const { id, there, differences } = field;
  const { open, chosen, taken } = chosenOf(differences, choices);
  const here = keptFields(settings).find(({ name }) => name === id);
  if (here && taken.length > 0) {
    const { dataType, isMandatory, defaultValue } = there;
    const live = { dataType, isMandatory, defaultValue };
    keepField(settings, { ...here, ...Object.fromEntries(taken.map((name) => [name, live[name]])) });
  }
  const known = keptDefinitions(settings, connectionKey);
  const base: FieldMeaning = settledBase(known.fieldBases[id] ?? null, fieldMeaning(there), open, chosen);
  keepDefinitions(settings, connectionKey, { ...known, fieldBases: { ...known.fieldBases, [id]: base } });
}

/**
 * Takes over definitions that only the org has; those that are here already, or whose name another group here has, are
 * left out.
 *
 * @returns how many were taken
 */
export function takeDefinitions(
  { workspace }: Pick<SyncContext, 'workspace'>,
  connection: StoredConnection,
  wanted: { groups: readonly string[]; fields: readonly string[] },
): number {
  const { settings } = workspace;
  return workspace.transaction(() => {
    const compared = comparedDefinitions(workspace, connection.key);
    const groups = compared.groups.filter(({ id, here }) => here === null && wanted.groups.includes(id));
    const names = groups.map(({ id, name }): [string, string] => [id, name]);
    const added = nameUnnamed(settings, names, ranksHere(workspace, connection.key));
    const fields = compared.fields.filter(({ id, here }) => here === null && wanted.fields.includes(id));
    for (const { there } of fields) {
      if (there === null) continue;
      const { name, dataType, isMandatory, defaultValue } = there;
      keepField(settings, { name, dataType, isMandatory, defaultValue });
    }
    link(workspace, connection.key);
    agree(workspace, connection.key, new Set(added));
    return added.length + fields.length;
  });
}
