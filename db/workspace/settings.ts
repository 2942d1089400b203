import type { Database } from 'better-sqlite3';
import { and, eq, gte, lt } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import type { OrgSettings } from '../../shared/domain/settings';
import { settings } from './schema';
import { readSettings, type OddSetting } from '../stored-settings';

/** What a workspace keeps besides the settings of the org. */
export type KeptName =
  | 'practiceOrg'
  /** Port of the practice org, where its credentials are kept, and whether it runs. */
  | 'practiceAccess'
  | 'orgFile'
  | 'network'
  | 'tableProfiles'
  /** Absolute path of the workspace folder. */
  | 'folder'
  /** A scenario or a policy of the workspace, by the path of its file in the folder. */
  | `document:${string}`
  /** What a document of the workspace and its file in the folder last agreed on, by the path of the file. */
  | `folderBase:${string}`
  /** The name that audit packs give beside the account of the system. */
  | 'auditName'
  /** Who started a live job, from which files, and on which badge, by the key of the job. */
  | `jobOrigin:${number}`
  /** Who started a push, and how its badges were, by the key of its task in the ledger. */
  | `pushOrigin:${number}`
  /** How the last report looked. */
  | 'report'
  /** How many customers were forgotten: each gets a stand-in of its own. */
  | 'forgotten'
  /** Views of the badge list, in their order. */
  | 'badgeViews'
  /** How the list is shown, and the columns of its table. */
  | 'badgeLook'
  /** Groups of badges: ids in their order, and the names they were given. */
  | 'badgeGroups'
  /** Templates that were made of badges, each as the text of its file. */
  | 'badgeTemplates'
  /** What brings the award of a badge about, by its id. */
  | `badgeTrigger:${string}`
  /** Definitions of custom fields. */
  | 'customFields'
  /** Groups and custom fields of an org as last read, and what they and those here agreed on, by the key of its connection. */
  | `orgDefinitions:${number}`
  /** Ids in an org of groups that have another id here, by the key of its connection. */
  | `groupLinks:${number}`
  /** From which orgs an org takes badges, and what things of theirs are called there, by the key of its connection. */
  | `promotion:${number}`
  /** Ids that drafts carry of orgs that no connection leads to, by the key of the draft. */
  | 'homelessIds'
  /** After how many days what is given up. */
  | 'retention'
  /** A live job that is filled in and not started, by the key of its connection. */
  | `liveJobDraft:${number}`
  /** An import, and a take-back, that is filled in and not started, by the key of its connection. */
  | `liveImportDraft:${number}`
  | `liveTakeBackDraft:${number}`
  /** How a live job that waits was filled in, by the key of the job. */
  | `liveJobForm:${number}`
  /** What an org told of the points that the documents leave open, by the key of its connection. */
  | `orgRules:${number}`
  /** The org whose rules the workspace took, and which these were. */
  | 'rulesFrom';

/** The workspace's settings: what was changed, over the defaults. Read from memory, because every call asks for them. */
export class SettingsStore {
  readonly #connection: Database;
  #odd: readonly OddSetting[] = [];
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

  /** All that is kept under names that begin so, in their order, by what follows; what cannot be read is passed over. */
  keptBelow(beginning: 'document:' | 'folderBase:'): ReadonlyMap<string, unknown> {
    const rows = drizzle(this.#connection)
      .select()
      .from(settings)
      .where(and(gte(settings.name, beginning), lt(settings.name, `${beginning}\u{10ffff}`)))
      .orderBy(settings.name)
      .all();
    const read = rows.map(({ name, value }) => [name.slice(beginning.length), readJson(value)] as const);
    return new Map(read.filter(([, value]) => value !== undefined));
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

  /** Keeps nothing under a name any more. */
  forget(name: KeptName): void {
    drizzle(this.#connection).delete(settings).where(eq(settings.name, name)).run();
  }

  /** Settings that the file has and this version cannot use; the defaults hold for them. */
  get odd(): readonly OddSetting[] {
    return this.#odd;
  }

  #read(): Readonly<OrgSettings> {
    const rows = drizzle(this.#connection).select().from(settings).all();
    const stored = readSettings(Object.fromEntries(rows.map(({ name, value }) => [name, readJson(value)])));
    this.#odd = stored.odd;
    return stored.settings;
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
