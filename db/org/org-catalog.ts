import type { Database } from 'better-sqlite3';
import type {
  BadgeGroup,
  CustomerIdentifierKind,
  CustomField,
  CustomFieldType,
  OrgMeta,
} from '../../shared/domain/org';
import { isList, jsonOr } from '../stored-json';

interface GroupRow {
  id: string;
  name: string;
  rank: number;
  is_active: number;
  created_on: number;
  created_by: number;
  last_updated_on: number;
  last_updated_by: number;
}

interface CustomFieldRow extends Omit<GroupRow, 'rank'> {
  data_type: CustomFieldType;
  is_mandatory: number;
  default_value: string | null;
}

interface MetaRow extends Omit<GroupRow, 'rank' | 'name' | 'is_active'> {
  tags: string;
}

const provenanceOf = (row: Omit<GroupRow, 'rank' | 'name' | 'is_active'>) => ({
  createdOn: row.created_on,
  createdBy: row.created_by,
  lastUpdatedOn: row.last_updated_on,
  lastUpdatedBy: row.last_updated_by,
});

const readGroup = (row: GroupRow): BadgeGroup => ({
  id: row.id,
  name: row.name,
  rank: row.rank,
  isActive: row.is_active === 1,
  ...provenanceOf(row),
});

const readField = (row: CustomFieldRow): CustomField => ({
  id: row.id,
  name: row.name,
  dataType: row.data_type,
  isMandatory: row.is_mandatory === 1,
  defaultValue: row.default_value,
  isActive: row.is_active === 1,
  ...provenanceOf(row),
});

/** What an org keeps beside its badges: groups, custom fields, tag definitions and the roster's other names of customers. */
export class OrgCatalog {
  readonly #connection: Database;

  constructor(connection: Database) {
    this.#connection = connection;
  }

  groups(): readonly BadgeGroup[] {
    return this.#connection.prepare<[], GroupRow>('SELECT * FROM groups ORDER BY key').all().map(readGroup);
  }

  findGroup(id: string): BadgeGroup | undefined {
    const row = this.#connection.prepare<[string], GroupRow>('SELECT * FROM groups WHERE id = ?').get(id);
    return row && readGroup(row);
  }

  putGroup(group: BadgeGroup): void {
    this.#connection
      .prepare(
        `INSERT INTO groups (id, name, rank, is_active, created_on, created_by, last_updated_on, last_updated_by)
         VALUES (@id, @name, @rank, @isActive, @createdOn, @createdBy, @lastUpdatedOn, @lastUpdatedBy)
         ON CONFLICT (id) DO UPDATE SET name = @name, rank = @rank, is_active = @isActive,
           last_updated_on = @lastUpdatedOn, last_updated_by = @lastUpdatedBy`,
      )
      .run({ ...group, isActive: group.isActive ? 1 : 0 });
  }

  customFields(): readonly CustomField[] {
    return this.#connection
      .prepare<[], CustomFieldRow>('SELECT * FROM custom_fields ORDER BY key')
      .all()
      .map(readField);
  }

  findCustomField(id: string): CustomField | undefined {
    const row = this.#connection.prepare<[string], CustomFieldRow>('SELECT * FROM custom_fields WHERE id = ?').get(id);
    return row && readField(row);
  }

  putCustomField(field: CustomField): void {
    this.#connection
      .prepare(
        `INSERT INTO custom_fields (id, name, data_type, is_mandatory, default_value, is_active, created_on, created_by, last_updated_on, last_updated_by)
         VALUES (@id, @name, @dataType, @isMandatory, @defaultValue, @isActive, @createdOn, @createdBy, @lastUpdatedOn, @lastUpdatedBy)
         ON CONFLICT (id) DO UPDATE SET name = @name, data_type = @dataType, is_mandatory = @isMandatory, default_value = @defaultValue,
           is_active = @isActive, last_updated_on = @lastUpdatedOn, last_updated_by = @lastUpdatedBy`,
      )
      .run({ ...field, isMandatory: field.isMandatory ? 1 : 0, isActive: field.isActive ? 1 : 0 });
  }

  orgMeta(): OrgMeta | undefined {
    const row = this.#connection.prepare<[], MetaRow>('SELECT * FROM org_meta').get();
    if (!row) return undefined;
    return { id: row.id, tags: jsonOr<OrgMeta['tags']>(row.tags, [], isList), ...provenanceOf(row) };
  }

  putOrgMeta(meta: OrgMeta): void {
    this.#connection
      .prepare(
        `INSERT OR REPLACE INTO org_meta (key, id, tags, created_on, created_by, last_updated_on, last_updated_by)
         VALUES (1, @id, @tags, @createdOn, @createdBy, @lastUpdatedOn, @lastUpdatedBy)`,
      )
      .run({ ...meta, tags: JSON.stringify(meta.tags) });
  }

  /** The customer behind an email, mobile, externalId or cardNumber of the roster (semantics S1). */
  resolveCustomer(kind: CustomerIdentifierKind, value: string): number | undefined {
    return this.#connection
      .prepare<[string, string], number>('SELECT customer_id FROM customer_identifiers WHERE kind = ? AND value = ?')
      .pluck()
      .get(kind, value);
  }
}
