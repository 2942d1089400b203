import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { FolderLook, FolderState } from '../../../shared/ipc/folder-contract';
import { temporaryFolder } from '../../db/temporary-folder';
import { badgeBody } from '../../domain/badge-bodies';
import { testBackend, type TestBackend } from '../open-backend';
import { allIds, grant } from '../transfer/transfer-work';

/** A workspace with its folder, as a person has them. */
export class Desk {
  readonly backend: TestBackend;
  readonly folder: string;

  constructor(backend: TestBackend, folder: string) {
    this.backend = backend;
    this.folder = folder;
  }

  choose(): Promise<FolderState> {
    return this.backend.call('folder.choose', { token: grant(this.backend, this.folder, 'folder') });
  }

  look(): Promise<FolderLook> {
    return this.backend.call('folder.look', { token: grant(this.backend, this.folder, 'folder') });
  }

  sync(): Promise<FolderState> {
    return this.backend.call('folder.sync', {});
  }

  async create(fields: Record<string, unknown>): Promise<string> {
    const { id } = await this.backend.call('badges.create', { body: JSON.stringify(badgeBody(fields), null, 2) });
    return id;
  }

  async idOf(name: string): Promise<string> {
    for (const id of await allIds(this.backend)) if ((await this.body(id))['name'] === name) return id;
    throw new Error(`There is no draft called ${name}.`);
  }

  async names(): Promise<string[]> {
    const ids = await allIds(this.backend);
    return Promise.all(ids.map(async (id) => String((await this.body(id))['name'])));
  }

  async body(id: string): Promise<Record<string, unknown>> {
    const { body } = await this.backend.call('badges.get', { id });
    return JSON.parse(body) as Record<string, unknown>;
  }

  /** Edits a draft as the form does. */
  async edit(id: string, fields: Record<string, unknown>): Promise<void> {
    const { revision, migration, body } = await this.backend.call('badges.get', { id });
    const text = JSON.stringify({ ...(JSON.parse(body) as object), ...fields }, null, 2);
    await this.backend.call('badges.save', { id, baseRevision: revision, body: text, migration, label: 'Edited' });
  }

  /** Paths of all files of the folder, git's own aside. */
  files(): string[] {
    return readdirSync(this.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes('/.git/'))
      .map((entry) => path.relative(this.folder, path.join(entry.parentPath, entry.name)))
      .sort();
  }

  text(file: string): string {
    return readFileSync(path.join(this.folder, file), 'utf8');
  }

  write(file: string, content: string | Record<string, unknown>): void {
    const target = path.join(this.folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Edits a file as another program does. */
  editFile(file: string, fields: Record<string, unknown>): void {
    this.write(file, { ...(JSON.parse(this.text(file)) as object), ...fields });
  }

  remove(file: string): void {
    rmSync(path.join(this.folder, file));
  }

  git(...args: readonly string[]): string {
    return git(this.folder, ...args);
  }
}

const IDENTITY = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', '-c', 'commit.gpgsign=false'];

/** Runs the real git. */
export function git(folder: string, ...args: readonly string[]): string {
  return execFileSync('git', [...IDENTITY, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
  });
}

/** A workspace and an empty folder that it does not know yet. */
export async function aDesk(folder = temporaryFolder()): Promise<Desk> {
  return new Desk(await testBackend(), folder);
}
