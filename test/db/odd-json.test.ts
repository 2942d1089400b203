/** What of a file cannot be read and would decide something: which rows it is about, and how they are named. */
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { WORKSPACE } from '../../db/kinds';
import { migrate } from '../../db/migrate';
import { oddInOrg, oddInWorkspace } from '../../db/odd-json';
import { inEnglish } from '../../shared/words/english';
import type { Message } from '../../shared/words/message';
import { definition, openOrg, START } from './org/opened-org';

const english = (told: readonly Message[]): string[] => told.map(inEnglish);
const keys = (told: readonly Message[]): string[] => told.map(({ key }) => key);

describe('an org', () => {
  test.each<[number, RegExp]>([
    [1, /“b0”/],
    [3, /“b0”, “b1”, “b2”(?! and)/],
    [4, /“b0”, “b1”, “b2” and 1 more/],
    [6, /“b0”, “b1”, “b2” and 3 more/],
  ])('names %i badges whose rules cannot be read, by their names, and the others by their number', (count, words) => {
    const { org, connection } = openOrg();
    for (const number of [5, 4, 3, 2, 1, 0]) org.addBadge(definition({ name: `b${String(number)}` }), START);
    expect(oddInOrg(connection)).toEqual([]);
    const odd = connection.prepare(
      'UPDATE definitions SET definition = ? WHERE badge_key = (SELECT key FROM badges WHERE name = ?)',
    );
    for (let number = 0; number < count; number += 1) odd.run(number % 2 === 0 ? '{' : '[]', `b${String(number)}`);
    const [told, ...more] = english(oddInOrg(connection));
    expect(told).toMatch(words);
    expect(more).toEqual([]);
  });

  test('says that its definitions of tags cannot be read', () => {
    const { org, connection } = openOrg();
    const stamps = { createdOn: START, createdBy: 1, lastUpdatedOn: START, lastUpdatedBy: 1 };
    org.setOrgMeta({ tags: [], ...stamps });
    expect(oddInOrg(connection)).toEqual([]);
    for (const text of ['{}', 'odd', '"a"']) {
      connection.prepare('UPDATE org_meta SET tags = ?').run(text);
      expect(keys(oddInOrg(connection)), text).toEqual(['store.oddTags']);
    }
  });
});

describe('a workspace', () => {
  function filled(): Database.Database {
    const connection = new Database(':memory:');
    migrate(connection, WORKSPACE.migrations, WORKSPACE.applicationId);
    connection.pragma('foreign_keys = OFF');
    connection.exec(`
      INSERT INTO connections (key, name, base_url, kind, time_zone, chunk_size, parallel, per_second, auth, account, secret_id, field_defaults)
        VALUES (2, 'Second', 'u', 'test', 'UTC', 1, 1, 1, 'basic', '', '', '{}'), (1, 'First', 'u', 'test', 'UTC', 1, 1, 1, 'basic', '', '', '{}');
      INSERT INTO snapshots (connection_key, remote_id, name, seen_on, row_digest, claims, body)
        VALUES (1, 'r1', 'B', 1, '', '[]', '{}'), (1, 'r2', 'A', 1, '', '[]', '{}');
      INSERT INTO links (connection_key, badge_key, remote_id, base_meaning) VALUES (1, 1, 'r1', NULL), (1, 2, 'r2', NULL);
      INSERT INTO live_jobs (key, uid, connection_key, connection_name, badge_name, remote_badge_id, action, owner_type, reference_id, source, state, total, started_on)
        VALUES (1, 'a', 1, 'o', 'Later', 'r', 'award', 'Loyalty', '1', '', 'done', 1, 1), (2, 'b', 1, 'o', 'Earlier', 'r', 'award', 'Loyalty', '1', '', 'done', 1, 1);
      INSERT INTO live_chunks (job_key, number, state, attempt, size, done, refused, codes, customers, outcomes)
        VALUES (1, 0, 'settled', 0, 1, 0, 0, '[]', x'', x''), (1, 1, 'settled', 0, 1, 0, 0, '[]', x'', x''), (2, 0, 'settled', 0, 1, 0, 0, '[]', x'', x'');
    `);
    return connection;
  }

  test('has nothing to say of what can be read, or was never there', () => {
    const connection = filled();
    expect(oddInWorkspace(connection)).toEqual([]);
    connection.exec(`UPDATE live_chunks SET known = '["a"]'`);
    expect(oddInWorkspace(connection)).toEqual([]);
  });

  test('names in their order what is filled in, claimed, agreed on and sent and cannot be read', () => {
    const connection = filled();
    connection.exec("UPDATE connections SET field_defaults = CASE key WHEN 1 THEN '[]' ELSE 'odd' END");
    expect(english(oddInWorkspace(connection)).map((words) => /First|Second/.exec(words)?.[0])).toEqual([
      'First',
      'Second',
    ]);
    connection.exec("UPDATE connections SET field_defaults = '{}'; UPDATE snapshots SET claims = '{}'");
    expect(keys(oddInWorkspace(connection))).toEqual(['store.oddClaims']);
    expect(english(oddInWorkspace(connection))[0]).toContain('“A”, “B”');
    connection.exec("UPDATE snapshots SET claims = '[]'; UPDATE links SET base_meaning = 'odd' WHERE badge_key = 2");
    const pasts = oddInWorkspace(connection);
    expect(pasts.map(({ key, values }) => [key, values['count']])).toEqual([['store.oddPasts', 1]]);
    connection.exec('UPDATE links SET base_meaning = NULL');
    for (const change of ["codes = '{}'", "codes = '[]', known = 'odd'"]) {
      connection.exec(`UPDATE live_chunks SET ${change}`);
      // A job is told once, however many of its chunks it is about.
      expect(english(oddInWorkspace(connection)).map((words) => /Later|Earlier/.exec(words)?.[0])).toEqual([
        ...['Earlier', 'Later'],
      ]);
    }
  });
});
