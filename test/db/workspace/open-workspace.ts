import path from 'node:path';
import { onTestFinished } from 'vitest';
import { openWorkspace, type Workspace } from '../../../db/workspace/workspace';
import { instantOf, SECOND, type Instant } from '../../../shared/domain/instant';
import { temporaryFolder } from '../temporary-folder';
import { badgeBody } from '../../domain/badge-bodies';
import type { BadgeBody } from '../../../shared/domain/templates';

export const NOW = instantOf('2026-05-04T09:30:00Z');

/** A real workspace in a temporary folder that can be closed and opened again, as a restart does. */
export class TestWorkspace {
  readonly file = path.join(temporaryFolder(), 'test.laurel');
  #open: Workspace | undefined;
  #ids = 0;
  #clock = NOW;

  get current(): Workspace {
    if (!this.#open) throw new Error('The workspace is closed.');
    return this.#open;
  }

  async open(): Promise<Workspace> {
    this.#open = await openWorkspace(this.file);
    return this.#open;
  }

  close(): void {
    this.#open?.close();
    this.#open = undefined;
  }

  async restart(): Promise<Workspace> {
    this.close();
    return this.open();
  }

  /** A clock that moves on by a second at every look. */
  now(): Instant {
    this.#clock += SECOND;
    return this.#clock;
  }

  freshId(): string {
    this.#ids += 1;
    return this.#ids.toString(16).padStart(24, '0');
  }

  create(body: unknown, options: { migration?: boolean; now?: Instant } = {}): string {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { migration = false, now = this.now() } = options;
    return this.current.drafts.create(this.freshId(), { body: text, migration, label: 'Created', now }).id;
  }
}

export async function testWorkspace(): Promise<TestWorkspace> {
  const workspace = new TestWorkspace();
  await workspace.open();
  onTestFinished(() => workspace.close());
  return workspace;
}

/** A body without a mistake on the day of {@link NOW}. */
export function goodBody(changes: BadgeBody = {}): BadgeBody {
  return badgeBody({
    name: 'Summer visitor',
    startOn: '2026-06-01T00:00:00Z',
    expiresOn: '2026-09-01T00:00:00Z',
    ...changes,
  });
}
