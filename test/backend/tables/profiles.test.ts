import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { GrantedFiles } from '../../../electron/backend/files/granted-files';
import { tablesHandlers } from '../../../electron/backend/tables/handlers';
import { TableProfiles } from '../../../electron/backend/tables/profiles';
import { openWorkspace } from '../../../db/workspace/workspace';
import { CancelSource } from '../../../shared/ipc/cancel';
import type { FoundTable } from '../../../shared/ipc/tables-contract';
import { temporaryFolder } from '../../db/temporary-folder';

test('what was said of a file is proposed for the next one of its header, and changes nothing by itself', async () => {
  const folder = temporaryFolder();
  const workspace = await openWorkspace(path.join(folder, 'w.laurel'), 'command');
  try {
    const files = new GrantedFiles([]);
    const handlers = tablesHandlers({ files, workspace });
    const inspect = async (text: string): Promise<FoundTable> => {
      const place = path.join(folder, 'table.csv');
      writeFileSync(place, text);
      files.grant('t', { path: place, name: 'table.csv', bytes: text.length, mode: 'read' });
      const context = { signal: new CancelSource().signal, progress: () => undefined };
      return handlers['tables.inspect']({ token: 't', purpose: 'events', choices: {} }, context);
    };
    const text = 'customer,date,amount\n1,01/02/2025,10\n';
    const first = await inspect(text);
    expect(first.remembered).toBeNull();
    const choices = { dateFormat: 'month-day-year', zone: 'UTC' };
    await handlers['tables.remember']({ name: 'january.csv', shape: first.shape ?? '', choices });
    const next = await inspect('Customer , DATE,amount\n2,03/04/2025,11\n');
    expect(next.remembered).toEqual({ name: 'january.csv', shape: first.shape, choices });
    // Nothing of it was taken: the same questions are open.
    expect(next.questions.map(({ code }) => code)).toEqual(first.questions.map(({ code }) => code));
    expect((await inspect('customer,date,sum\n1,01/02/2025,10\n')).remembered).toBeNull();
    await handlers['tables.forget']({ name: 'january.csv' });
    expect((await inspect(text)).remembered).toBeNull();
  } finally {
    workspace.close();
  }
});

test('what another version kept differently is passed over; of one shape or one name, the latest holds', () => {
  let kept: unknown = [{ name: 'odd' }, { name: 'a', shape: 's', choices: {} }];
  const profiles = new TableProfiles({
    kept: () => kept,
    keep: (_name, given) => {
      kept = given;
    },
  });
  expect(profiles.list()).toEqual([{ name: 'a', shape: 's', choices: {} }]);
  profiles.remember({ name: 'b', shape: 's', choices: { zone: 'UTC' } });
  profiles.remember({ name: 'b', shape: 'other', choices: {} });
  expect(profiles.list()).toEqual([{ name: 'b', shape: 'other', choices: {} }]);
});
