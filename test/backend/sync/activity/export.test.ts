/** The table of Activity as a file: what the filters find, and nothing else. */
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { LedgerStore } from '../../../../db/workspace/ledger';
import { LOOKED_THROUGH } from '../../../../db/workspace/ledger-search';
import { connectDatabase } from '../../../../db/open';
import { WORKSPACE } from '../../../../db/kinds';
import { laurel } from '../laurel';

test('the filters are gone by, beyond what one look goes through', async () => {
  const here = await laurel();
  const { id: connectionId } = await here.connect('http://127.0.0.1:9');
  const workspace = connectDatabase(here.workspacePath, WORKSPACE, false);
  onTestFinished(() => void workspace.close());
  const ledger = new LedgerStore(workspace);
  const lines = LOOKED_THROUGH + 500;
  workspace.transaction(() => {
    for (let line = 0; line < lines; line += 1) {
      const isWrite = line % 1_000 === 0;
      ledger.begin(
        {
          ...{ connectionKey: connectionId, connectionName: 'Practice', badgeId: null, jobKey: null, headers: [] },
          ...{
            purpose: isWrite ? 'update' : 'read',
            method: isWrite ? 'PUT' : 'GET',
            body: null,
            sentOn: 1_000 + line,
          },
          url: `http://127.0.0.1:9/${String(line)}`,
        },
        false,
      );
    }
  })();
  const written = async (filter: object): Promise<string[]> => {
    const name = `requests-${JSON.stringify(filter).replaceAll(/\W/g, '')}.csv`;
    const target = here.saveTarget(name);
    const seen: number[] = [];
    const { rows } = await here.job('activity.export', { ...filter, target: target.token }, ({ done, total }) => {
      expect(total).toBe(lines);
      seen.push(done);
    });
    expect(seen.at(-1)).toBe(lines);
    const urls = readFileSync(target.path, 'utf8')
      .trim()
      .split('\r\n')
      .slice(1)
      .map((row) => row.split(',')[4] ?? '');
    expect(urls).toHaveLength(rows);
    return urls.map((url) => url.slice('http://127.0.0.1:9/'.length));
  };
  expect(await written({})).toHaveLength(lines);
  const writes = Array.from({ length: 11 }, (_, index) => String((10 - index) * 1_000));
  expect(await written({ reads: false })).toEqual(writes);
  expect(await written({ purposes: ['update'], until: 3_000 })).toEqual(['1000', '0']);
  expect(await written({ search: '/10000' })).toEqual(['10000']);
  expect(await written({ search: 'nothing has this' })).toEqual([]);
});
