import type { StoredConnection } from '../../../../db/workspace/connections';
import { keptDefinitions, keptFields } from '../../../../db/workspace/kept-definitions';
import {
  fieldMeaning,
  groupMeaning,
  groupToCome,
  type ComparedField,
  type ComparedGroup,
  type FieldMeaning,
  type GroupMeaning,
} from '../../../../shared/gateway/definitions';
import type { PushPlan } from '../../../../shared/ipc/sync-contract';
import { message, type Message } from '../../../../shared/words/message';
import { gatewayUrl } from '../client/gateway-client';
import type { SyncContext } from '../context';
import { comparedDefinitions, definitionFieldMessage, refusedDifference, unsendable } from './definitions';
import type { FrozenRequest } from './plan';

/** Groups by their ids here, custom fields by name. */
export interface ChosenDefinitions {
  groups: readonly string[];
  fields: readonly string[];
}

type Unkeyed = Omit<FrozenRequest, 'key'>;

/** Where the group of a badge is in the org. */
type GroupTarget =
  /** `id` is what the org calls it. */
  | { id: string }
  /** The org gives it its id within this push. */
  | { toCome: string }
  | { held: Message };

const JSON_HEADER = { name: 'Content-Type', value: 'application/json' };

/** The requests of one push that bring definitions to an org. */
export class DefinitionRequests {
  readonly #context: SyncContext;
  readonly #connection: StoredConnection;
  readonly #groups: readonly ComparedGroup[];
  readonly #fields: readonly ComparedField[];
  readonly #chosen = new Set<string>();
  readonly #isTold: boolean;

  constructor(context: SyncContext, connection: StoredConnection) {
    this.#context = context;
    this.#connection = connection;
    const { groups, fields } = comparedDefinitions(context.workspace, connection.key);
    this.#groups = groups;
    this.#fields = fields;
    this.#isTold = keptDefinitions(context.workspace.settings, connection.key).groups !== null;
  }

  /**
   * Where the group of a badge is, as the draft calls it. One that is new there is made by this push.
   *
   * @returns null: it leaves as the draft has it, because the org never told its groups
   */
  target(id: string): GroupTarget | null {
    const group = this.#groups.find((each) => each.id === id);
    const { name: org } = this.#connection;
    if (group?.there?.isActive) return { id: group.there.id };
    if (!this.#isTold) return null;
    if (group?.there) return { held: message('definitions.groupDisabled', { group: group.name, org }) };
    const there = keptDefinitions(this.#context.workspace.settings, this.#connection.key).groups ?? [];
    if (there.some((each) => each.id === id && each.isActive)) return { id };
    if (group === undefined) return { held: message('definitions.groupUnknown', { id, org }) };
    this.#chosen.add(id);
    return { toCome: group.name };
  }

  /** What the org calls a group; as the draft calls it where nothing else is known. */
  known(id: string): string {
    return this.#groups.find((each) => each.id === id)?.there?.id ?? id;
  }

  /** The requests for what was chosen and for the groups that badges need, fields first, and what cannot be pushed. */
  planned({ groups, fields }: ChosenDefinitions): { requests: Unkeyed[]; held: PushPlan['held'][number][] } {
    const requests: Unkeyed[] = [];
    const held: PushPlan['held'][number][] = [];
    const hold = ({ id, name }: { id: string; name: string }, reason: Message): void =>
      void held.push({ badgeId: id, name, reason, path: null, errors: [], missing: null });
    const wantedFields = new Set(fields);
    for (const field of this.#fields) {
      if (!wantedFields.has(field.id)) continue;
      const reason = this.#reasonAgainst(field);
      if (reason === null) requests.push(this.#ofField(field));
      else hold(field, reason);
    }
    const wantedGroups = new Set([...groups, ...this.#chosen]);
    for (const group of this.#groups) {
      if (!wantedGroups.has(group.id)) continue;
      const reason = this.#reasonAgainst(group);
      if (reason === null) requests.push(this.#ofGroup(group));
      else hold(group, reason);
    }
    return { requests, held };
  }

  #reasonAgainst(compared: ComparedGroup | ComparedField): Message | null {
    const { state, differences } = compared;
    const { name: org } = this.#connection;
    const never = unsendable(compared, org);
    if (never !== null) return never;
    switch (state) {
      case 'only-here':
        return null;
      case 'in-sync':
        return message('sync.nothingToPush', { org });
      case 'unknown':
        return message('definitions.pullFirst', { org });
      case 'only-live':
        return message('definitions.onlyThere', { org });
      case 'draft-changed':
        return differences.map(refusedDifference).find((refusal) => refusal !== null)?.reason ?? null;
      default: {
        const fields = differences
          .filter(({ change }) => change !== 'draft')
          .map(({ field }) => definitionFieldMessage(field))
          .reduceRight((rest, first) => message('sync.fieldsList', { first, rest }));
        return message('sync.changesNotHere', { org, fields });
      }
    }
  }

  #ofGroup({ id, name, there, here }: ComparedGroup): Unkeyed {
    const rank: unknown = JSON.parse(here?.rank ?? '1');
    const isDisabled = there?.isActive === false;
    return this.#frozen({
      ...{ kind: 'group', id, name, remoteId: there?.id ?? null },
      ...{ wanted: here, seen: there && groupMeaning(there) },
      body: { name, rank, ...(isDisabled ? { isActive: true } : {}) },
    });
  }

  #ofField({ id, name, there, here }: ComparedField): Unkeyed {
    const field = keptFields(this.#context.workspace.settings).find((each) => each.name === id);
    const { dataType = '', isMandatory = false, defaultValue = null } = field ?? {};
    // A mandatory one needs a default, and an empty text is one (semantics F1).
    const standard = isMandatory ? (defaultValue ?? '') : defaultValue === '' ? null : defaultValue;
    return this.#frozen({
      ...{ kind: 'field', id, name, remoteId: there?.id ?? null },
      ...{ wanted: here, seen: there && fieldMeaning(there) },
      body: { name, dataType, isMandatory, defaultValue: standard, ...(there ? { isActive: true } : {}) },
    });
  }

  #frozen(part: {
    kind: 'group' | 'field';
    id: string;
    name: string;
    remoteId: string | null;
    wanted: GroupMeaning | FieldMeaning | null;
    seen: GroupMeaning | FieldMeaning | null;
    body: object;
  }): Unkeyed {
    const { kind, id, name, remoteId, wanted, seen, body } = part;
    const purpose = `${remoteId === null ? 'create' : 'update'}-${kind}` as const;
    const place = kind === 'group' ? 'group' : 'customField';
    return {
      ...{ badgeId: `${kind} ${id}`, badgeName: name, purpose, badgeKey: null, claim: null, group: null },
      ...{ definition: id, draftMeaning: JSON.stringify(wanted), remoteId, liveMeaning: seen && JSON.stringify(seen) },
      request: {
        ...{ purpose, method: remoteId === null ? 'POST' : 'PUT', headers: [JSON_HEADER], body: JSON.stringify(body) },
        url: gatewayUrl(this.#connection, remoteId === null ? [place] : [place, remoteId]),
        ...{ isWrite: true, badgeId: null, jobKey: null },
      },
    };
  }
}

/** The value of `badgeGroupId` in a body for a target. */
export const groupValue = (target: Exclude<GroupTarget, { held: Message }>): string =>
  'id' in target ? target.id : groupToCome(target.toCome);
