import { z } from 'zod';
import type { Instant } from '../../shared/domain/instant';
import type {
  FieldDefinition,
  FieldMeaning,
  GroupLinks,
  GroupMeaning,
  OrgField,
  OrgGroup,
} from '../../shared/gateway/definitions';
import { messageSchema } from '../../shared/ipc/message-schema';
import type { Message } from '../../shared/words/message';
import type { ProgrammeGroup } from '../../shared/domain/programme';
import { keepGroups, keptGroups } from './kept-groups';
import type { SettingsStore } from './settings';

type Kept = Pick<SettingsStore, 'kept'>;
type Keeping = Pick<SettingsStore, 'kept' | 'keep'>;

/** A list of which what cannot be read is passed over. */
const someOf = <T extends z.ZodType>(one: T): z.ZodType<z.output<T>[]> =>
  z.array(z.unknown()).transform((all) => all.flatMap((each) => one.safeParse(each).data ?? [])) as never;

const field = z.object({
  name: z.string().min(1),
  dataType: z.string(),
  isMandatory: z.boolean(),
  defaultValue: z.string().nullable(),
});
const group = z.object({ id: z.string(), name: z.string(), rank: z.number(), isActive: z.boolean() });
const text = z.string();
const recordOf = <T extends z.ZodType>(one: T): z.ZodType<Record<string, z.output<T>>> =>
  z
    .record(z.string(), z.unknown())
    .transform((all) =>
      Object.fromEntries(
        Object.entries(all).flatMap(([id, value]) => {
          const read = one.safeParse(value);
          return read.success ? [[id, read.data]] : [];
        }),
      ),
    )
    .catch({}) as never;

const orgDefinitions = z.object({
  readOn: z.int().nullable(),
  groups: someOf(group).nullable(),
  fields: someOf(field.extend({ id: z.string() })).nullable(),
  unread: messageSchema.nullable(),
  groupBases: recordOf(
    z.object({ name: text, rank: text, isActive: text } satisfies Record<keyof GroupMeaning, typeof text>),
  ),
  fieldBases: recordOf(
    z.object({ dataType: text, isMandatory: text, defaultValue: text } satisfies Record<
      keyof FieldMeaning,
      typeof text
    >),
  ),
});

/** The definitions of an org as last read, and what they and those here last agreed on. */
export interface OrgDefinitions {
  /** Null: never. */
  readOn: Instant | null;
  /** In the order of the org's list, disabled ones too; null: the org did not tell. */
  groups: readonly OrgGroup[] | null;
  fields: readonly OrgField[] | null;
  /** Why it did not tell its groups; null: it did, or was not asked. */
  unread: Message | null;
  /** By the ids that the groups have here. */
  groupBases: Readonly<Record<string, GroupMeaning>>;
  /** By name. */
  fieldBases: Readonly<Record<string, FieldMeaning>>;
}

const NEVER: OrgDefinitions = {
  ...{ readOn: null, groups: null, fields: null, unread: null, groupBases: {}, fieldBases: {} },
};

/** What was last read of an org's definitions; what cannot be read counts as never read. */
export function keptDefinitions(settings: Kept, connectionKey: number): OrgDefinitions {
  return orgDefinitions.safeParse(settings.kept(`orgDefinitions:${connectionKey}`)).data ?? NEVER;
}

export function keepDefinitions(
  settings: Pick<SettingsStore, 'keep'>,
  connectionKey: number,
  read: OrgDefinitions,
): void {
  settings.keep(`orgDefinitions:${connectionKey}`, read);
}

/** Groups that an org knows by other ids. */
export function keptLinks(settings: Kept, connectionKey: number): GroupLinks {
  return z
    .record(z.string(), z.string())
    .catch({})
    .parse(settings.kept(`groupLinks:${connectionKey}`));
}

export function keepLinks(settings: Pick<SettingsStore, 'keep'>, connectionKey: number, links: GroupLinks): void {
  settings.keep(`groupLinks:${connectionKey}`, links);
}

/** Its connection is gone, or leads to another org. */
export function forgetDefinitions(settings: Pick<SettingsStore, 'forget'>, connectionKey: number): void {
  settings.forget(`orgDefinitions:${connectionKey}`);
  settings.forget(`groupLinks:${connectionKey}`);
}

/** The custom fields of the workspace, each name once. */
export function keptFields(settings: Kept): FieldDefinition[] {
  const kept = someOf(field).catch([]).parse(settings.kept('customFields'));
  return [...new Map(kept.map((each) => [each.name, each])).values()];
}

/** Keeps a custom field under its name, in the place of the one that is called so or was called `before`. */
export function keepField(settings: Keeping, given: FieldDefinition, before: string | null = null): void {
  const others = keptFields(settings).filter(({ name }) => name !== given.name && name !== before);
  settings.keep('customFields', [...others, given]);
}

export function removeField(settings: Keeping, name: string): void {
  settings.keep(
    'customFields',
    keptFields(settings).filter((each) => each.name !== name),
  );
}

/**
 * Keeps these groups in this order, and these custom fields, in place of those here. Groups without a name, which only say
 * where they stand, stay behind the one that they follow.
 */
export function keepGroupsAndFields(
  settings: Keeping,
  groups: readonly ProgrammeGroup[],
  fields: readonly FieldDefinition[],
): void {
  const next = [...groups];
  const there = new Set(groups.map(({ id }) => id));
  let before: string | null = null;
  for (const group of keptGroups(settings)) {
    if (group.name === null && !there.has(group.id)) {
      next.splice(next.findIndex(({ id }) => id === before) + 1, 0, group);
      there.add(group.id);
    }
    if (there.has(group.id)) before = group.id;
  }
  keepGroups(settings, next);
  settings.keep('customFields', fields);
}
