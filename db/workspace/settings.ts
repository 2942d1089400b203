import type { Database } from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { DEFAULT_SETTINGS, type OrgSettings } from '../../shared/domain/settings';
import { settings } from './schema';

/** What a workspace keeps besides the settings of the org. */
export type KeptName = 'practiceOrg' | 'orgFile';

/** The workspace's settings: what was changed, over the defaults. Read from memory, because every call asks for them. */
export class SettingsStore {
  readonly #connection: Database;
  #current: Readonly<OrgSettings>;

  constructor(connection: Database) {
    this.#connection = connection;
    this.#current = this.#read();
  }

  get current(): Readonly<OrgSettings> {
    return this.#current;
  }

  update(changes: Partial<OrgSettings>): Readonly<OrgSettings> {
    const database = drizzle(this.#connection);
    database.transaction((transaction) => {
      for (const [name, given] of Object.entries(changes)) {
        const value = JSON.stringify(given);
        transaction
          .insert(settings)
          .values({ name, value })
          .onConflictDoUpdate({ target: settings.name, set: { value } })
          .run();
      }
    });
    this.#current = this.#read();
    return this.#current;
  }

  /** What was kept under a name that is no setting of the org; undefined when there is nothing that can be read. */
  kept(name: KeptName): unknown {
    const [row] = drizzle(this.#connection).select().from(settings).where(eq(settings.name, name)).all();
    return row && readJson(row.value);
  }

  /** Keeps a value that JSON can hold under a name that is no setting of the org. */
  keep(name: KeptName, given: unknown): void {
    const value = JSON.stringify(given);
    drizzle(this.#connection)
      .insert(settings)
      .values({ name, value })
      .onConflictDoUpdate({ target: settings.name, set: { value } })
      .run();
  }

  /** A setting this version does not know, or of another type, is left in the file and not used. */
  #read(): Readonly<OrgSettings> {
    const known = new Map<string, unknown>(Object.entries(DEFAULT_SETTINGS));
    for (const { name, value } of drizzle(this.#connection).select().from(settings).all()) {
      const stored = readJson(value);
      if (known.has(name) && typeof stored === typeof known.get(name)) known.set(name, stored);
    }
    return { ...DEFAULT_SETTINGS, ...(Object.fromEntries(known) as Partial<OrgSettings>) };
  }
}

/** Undefined for a text that is not JSON: a setting that cannot be read must not keep a workspace shut. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
