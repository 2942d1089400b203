import type { Database } from 'better-sqlite3';
import { and, asc, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { BadgeGroup, CustomerIdentifierKind, CustomField, OrgMeta } from '../../shared/domain/org';
import { given, givenColumns } from '../given';
import { lazily } from '../lazily';
import { customerIdentifiers, customFields, groups, orgMeta } from './schema';
import { isList, jsonOr } from '../stored-json';

/** What of a stored thing may change after it was made. */
const GROUP = ['name', 'rank', 'isActive', 'lastUpdatedOn', 'lastUpdatedBy'] as const;
const FIELD = [
  'name',
  'dataType',
  'isMandatory',
  'defaultValue',
  'isActive',
  'lastUpdatedOn',
  'lastUpdatedBy',
] as const;
const META = ['id', 'tags', 'createdOn', 'createdBy', 'lastUpdatedOn', 'lastUpdatedBy'] as const;

/** A row without its key, which is this file's own. */
const withoutKey = <T extends { key: number }>({ key: _key, ...row }: T): Omit<T, 'key'> => row;

function prepareQueries(connection: Database) {
  const database = drizzle(connection);
  return lazily({
    groups: () => database.select().from(groups).orderBy(asc(groups.key)).prepare(),
    group: () =>
      database
        .select()
        .from(groups)
        .where(eq(groups.id, given(groups.id, 'id')))
        .prepare(),
    putGroup: () =>
      database
        .insert(groups)
        .values(givenColumns(groups, 'id', ...GROUP, 'createdOn', 'createdBy'))
        .onConflictDoUpdate({ target: groups.id, set: givenColumns(groups, ...GROUP) })
        .prepare(),
    fields: () => database.select().from(customFields).orderBy(asc(customFields.key)).prepare(),
    field: () =>
      database
        .select()
        .from(customFields)
        .where(eq(customFields.id, given(customFields.id, 'id')))
        .prepare(),
    putField: () =>
      database
        .insert(customFields)
        .values(givenColumns(customFields, 'id', ...FIELD, 'createdOn', 'createdBy'))
        .onConflictDoUpdate({ target: customFields.id, set: givenColumns(customFields, ...FIELD) })
        .prepare(),
    meta: () => database.select().from(orgMeta).prepare(),
    putMeta: () =>
      database
        .insert(orgMeta)
        .values({ key: 1, ...givenColumns(orgMeta, ...META) })
        .onConflictDoUpdate({ target: orgMeta.key, set: givenColumns(orgMeta, ...META) })
        .prepare(),
    customer: () =>
      database
        .select({ id: customerIdentifiers.customerId })
        .from(customerIdentifiers)
        .where(
          and(
            eq(customerIdentifiers.kind, given(customerIdentifiers.kind, 'kind')),
            eq(customerIdentifiers.value, given(customerIdentifiers.value, 'value')),
          ),
        )
        .prepare(),
  });
}

/** What an org keeps beside its badges: groups, custom fields, tag definitions and the roster's other names of customers. */
export class OrgCatalog {
  readonly #queries: ReturnType<typeof prepareQueries>;

  constructor(connection: Database) {
    this.#queries = prepareQueries(connection);
  }

  groups(): readonly BadgeGroup[] {
    return this.#queries.groups.all().map(withoutKey);
  }

  findGroup(id: string): BadgeGroup | undefined {
    const row = this.#queries.group.get({ id });
    return row && withoutKey(row);
  }

  putGroup(group: BadgeGroup): void {
    this.#queries.putGroup.run({ ...group });
  }

  customFields(): readonly CustomField[] {
    return this.#queries.fields.all().map(withoutKey);
  }

  findCustomField(id: string): CustomField | undefined {
    const row = this.#queries.field.get({ id });
    return row && withoutKey(row);
  }

  putCustomField(field: CustomField): void {
    this.#queries.putField.run({ ...field });
  }

  orgMeta(): OrgMeta | undefined {
    const row = this.#queries.meta.get();
    return row && { ...withoutKey(row), tags: jsonOr<OrgMeta['tags']>(row.tags, [], isList) };
  }

  putOrgMeta(meta: OrgMeta): void {
    this.#queries.putMeta.run({ ...meta, tags: JSON.stringify(meta.tags) });
  }

  /** The customer behind an email, mobile, externalId or cardNumber of the roster (semantics S1). */
  resolveCustomer(kind: CustomerIdentifierKind, value: string): number | undefined {
    return this.#queries.customer.get({ kind, value })?.id;
  }
}
