import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { isSource, repositoryFiles, textOf } from './repository-files';
import { waysToSend } from './sends-nothing';

const root = path.resolve(import.meta.dirname, '../..');

test('laurel mcp reaches nothing that could send something to an org', () => {
  const own = repositoryFiles().filter((file) => isSource(file) && /^electron\/cli\/mcp(\.ts|\/)/.test(file));
  expect(own.length).toBeGreaterThan(5);
  const text = (file: string): string | undefined => {
    const place = path.join(root, file);
    return existsSync(place) && statSync(place).isFile() ? textOf(file) : undefined;
  };
  expect(waysToSend(own, text)).toEqual([]);
});

test('a way to send something is found, however long it is', () => {
  const sources: Record<string, string> = {
    'electron/cli/mcp.ts': "import { a } from './mcp/a';",
    'electron/cli/mcp/a.ts': "export * from '../b'; import type { C } from '../../backend/sync/client/exchange';",
    'electron/cli/b.ts': "const http = await import('node:https');",
    'electron/backend/sync/client/exchange.ts': '',
  };
  expect(waysToSend(['electron/cli/mcp.ts'], (file) => sources[file])).toEqual([
    'electron/cli/mcp.ts → electron/cli/mcp/a.ts → electron/backend/sync/client/exchange.ts',
    'electron/cli/mcp.ts → electron/cli/mcp/a.ts → electron/cli/b.ts → node:https',
  ]);
});
