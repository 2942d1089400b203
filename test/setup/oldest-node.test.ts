import { expect, test } from 'vitest';
import { engines } from '../../package.json';
import { isRecentEnough, nodeInWords, oldestNode } from '../../scripts/bootstrap/pinned-node.mjs';
import { textOf } from '../architecture/repository-files';

test('a machine for which a Node is locked needs only what the set-up needs', () => {
  const words = (platform: string, arch: string): string => nodeInWords(oldestNode({ platform, arch }));
  expect([words('linux', 'x64'), words('linux', 'arm64'), words('win32', 'x64')]).toEqual(['20', '20', '20']);
  expect([words('darwin', 'arm64'), words('darwin', 'x64'), words('win32', 'arm64')]).toEqual([
    '22.12',
    '22.12',
    '22.12',
  ]);
});

test('versions are compared number by number', () => {
  const oldest = { major: 22, minor: 12 };
  expect(['v22.12.0', 'v22.13.1', 'v24.0.0'].map((version) => isRecentEnough(version, oldest))).toEqual([
    true,
    true,
    true,
  ]);
  expect(['v22.9.0', 'v20.99.0', 'v9.12.0'].map((version) => isRecentEnough(version, oldest))).toEqual([
    false,
    false,
    false,
  ]);
});

test('README and package.json say the same', () => {
  const linux = nodeInWords(oldestNode({ platform: 'linux', arch: 'x64' }));
  const mac = nodeInWords(oldestNode({ platform: 'darwin', arch: 'arm64' }));
  expect(engines.node).toBe(`>=${linux}`);
  expect(textOf('README.md')).toContain(`You need Node ${linux} or newer (${mac} on macOS`);
});
