import { z } from 'zod';
import type { FieldDefinition } from '../gateway/definitions';
import type { FieldChange } from '../gateway/compare';
import { CUSTOM_FIELD_TYPES } from '../domain/org';
import { boundedList } from './bounded-list';
import { call } from './method';
import type { Message } from '../words/message';
import type { SyncRow } from './sync-contract';

const id = z.int().min(1);

/** Longer names no org takes for a custom field. */
export const LONGEST_FIELD_NAME = 200;
const definitionId = z.string().min(1).max(1_000);
const kind = z.enum(['group', 'field']);
export type DefinitionKind = z.output<typeof kind>;

/** One definition of a group or a custom field, here and in an org. */
export interface DefinitionView {
  kind: DefinitionKind;
  /** Of a group its id here, or in the org where it is only there; of a custom field its name. */
  id: string;
  /** Null: the org has it not, as last read. */
  remoteId: string | null;
  name: string;
  state: SyncRow['state'];
  differences: readonly {
    field: string;
    label: Message;
    change: FieldChange;
    base: Message | null;
    draft: Message;
    live: Message;
    /** No call of the gateway brings it about. */
    refusal: { code: number; reason: Message } | null;
    /** Whether what the org has can be taken here. */
    canTake: boolean;
  }[];
  /** What it says, beside its name: as it is here, or in the org where it is only there. */
  facts: readonly { label: Message; text: Message }[];
  /** Of a custom field that is here: what it is, for whoever edits it; null: it is none. */
  definition: FieldDefinition | null;
  /** A push of it would send something, and nothing stands in its way. */
  canPush: boolean;
}

export interface DefinitionsView {
  /** When the org last told them; null: it was never asked. */
  readOn: number | null;
  /** Why it did not tell its groups; null: it did. */
  unread: Message | null;
  groups: readonly DefinitionView[];
  fields: readonly DefinitionView[];
}

/** Which definitions a push, or taking over, is about. */
export const chosenDefinitions = {
  groups: boundedList(definitionId, 1_000, 'lists.badges').default([]),
  fields: boundedList(definitionId, 1_000, 'lists.fields').default([]),
};

export const definitionsMethods = {
  /** Groups and custom fields here beside those of the org, as last pulled. */
  'sync.definitions': call<DefinitionsView>()(() => z.object({ connectionId: id })),
  /** Takes one side of some fields; nothing is sent. */
  'sync.resolveDefinition': call<DefinitionsView>()(() =>
    z.object({
      connectionId: id,
      kind,
      id: definitionId,
      choices: boundedList(
        z.object({ field: z.string().max(60), take: z.enum(['draft', 'live']) }),
        100,
        'lists.fields',
      ).min(1),
    }),
  ),
  /** Takes over what only the org has. */
  'sync.takeDefinitions': call<DefinitionsView>()(() => z.object({ connectionId: id, ...chosenDefinitions })),
  /** Makes or changes a custom field here. `before`: the name it had; null: it is new. */
  'sync.keepField': call<null>()(() =>
    z.object({
      before: z.string().max(1_000).nullable(),
      name: z.string().max(LONGEST_FIELD_NAME),
      dataType: z.enum(CUSTOM_FIELD_TYPES),
      isMandatory: z.boolean(),
      defaultValue: z.string().max(1_000),
    }),
  ),
  /** Removes a custom field here; an org keeps its own. */
  'sync.removeField': call<null>()(() => z.object({ name: z.string().max(1_000) })),
};
