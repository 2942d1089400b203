import type { BadgeEditor, EditorPorts } from '../../../renderer/features/badges/editor.svelte';
import type { BadgeArt } from '../../../shared/art/model';
import { instantOf, type Instant } from '../../../shared/domain/instant';
import type { BadgeDetail } from '../../../shared/ipc/badges-contract';
import type { Output } from '../../../shared/ipc/contract';
import type { Failure } from '../../../shared/ipc/errors';
import { saidFailure } from '../../ipc/said-failure';
import { badgeBody, NEVER } from '../../domain/badge-bodies';

/** One badge with its saved states, as the backend keeps them: enough of a store for the editor to work against. */
export class StoredBadge {
  states: { body: string; migration: boolean; label: string; art: string | null }[];
  place = 0;
  readonly arts = new Map<string, BadgeArt>();
  revision = 1;
  problems: BadgeDetail['problems'] = [];
  takenNames: string[] = [];
  /** Thrown by the next save, once. */
  failNext: Failure | null = null;
  /** The failing save had reached the store before it failed. */
  failAfterWriting = false;
  claims: BadgeDetail['claims'] = [];
  startSetOn = instantOf('2026-11-18T09:00:00Z');

  constructor(body: string, migration = false) {
    this.states = [{ body, migration, label: 'Created', art: null }];
  }

  get state(): StoredBadge['states'][number] {
    const state = this.states[this.place];
    if (!state) throw new Error('The store stands on no state.');
    return state;
  }

  get labels(): string[] {
    return this.states.map(({ label }) => label);
  }

  detail(): BadgeDetail {
    return {
      id: 'b1',
      body: this.state.body,
      migration: this.state.migration,
      startSetOn: this.startSetOn,
      revision: this.revision,
      art: this.state.art,
      canUndo: this.place > 0,
      canRedo: this.place < this.states.length - 1,
      problems: this.problems,
      warnings: [],
      claims: this.claims,
      trigger: null,
      enrolledUntil: null,
      summary: {
        id: 'b1',
        name: '',
        excerpt: null,
        description: null,
        status: null,
        earnType: null,
        startOn: null,
        expiresOn: null,
        active: true,
        owners: [],
        tags: [],
        activeClaims: 0,
        problemCount: 0,
        changedOn: 0,
        state: 'draft',
        issuedCount: 0,
        earnedCount: 0,
        art: this.state.art,
      },
    };
  }

  #write(body: string, migration: boolean, label: string, art = this.state.art): void {
    this.states = [...this.states.slice(0, this.place + 1), { body, migration, label, art }];
    this.place = this.states.length - 1;
    this.revision += 1;
  }

  /** Another window saves. */
  saveElsewhere(body: string): void {
    this.#write(body, this.state.migration, 'Elsewhere');
  }

  readonly door = ((name: string, input: Record<string, unknown>): Promise<unknown> => {
    switch (name) {
      case 'badges.get':
        return Promise.resolve(this.detail());
      case 'art.keep': {
        const digest = digestOf(JSON.stringify(input['art']));
        this.arts.set(digest, input['art'] as BadgeArt);
        return Promise.resolve({ digest });
      }
      case 'art.get':
        return Promise.resolve({ art: this.arts.get(String(input['digest'])) });
      case 'badges.nameTaken':
        return Promise.resolve({ taken: this.takenNames.includes(String(input['name'])) });
      case 'badges.save': {
        const failure = this.failNext;
        this.failNext = null;
        if (failure && !this.failAfterWriting) return Promise.reject(failure);
        if (input['baseRevision'] !== this.revision)
          return Promise.reject(saidFailure('conflict', 'Changed meanwhile.'));
        this.#write(
          String(input['body']),
          input['migration'] === true,
          String(input['label']),
          input['art'] === undefined ? this.state.art : (input['art'] as string | null),
        );
        return failure ? Promise.reject(failure) : Promise.resolve(this.detail());
      }
      case 'badges.undo':
      case 'badges.redo':
        this.place += name === 'badges.undo' ? -1 : 1;
        this.revision += 1;
        return Promise.resolve(this.detail());
      case 'badges.claim':
        this.claims = [...this.claims, { ownerType: 'Loyalty', referenceId: String(input['referenceId']) }];
        return Promise.resolve({ detail: this.detail(), already: false } satisfies Output<'badges.claim'>);
      default:
        return Promise.reject(saidFailure('internal', `${name} is not part of this store.`));
    }
  }) as EditorPorts['door'];

  ports(now: () => Instant = () => instantOf('2026-11-18T10:00:00Z')): EditorPorts {
    return {
      door: this.door,
      now,
      settings: () => ({ timeZone: 'UTC', refuseOverlappingAwards: false, allowPastStart: false }),
      onstored: () => undefined,
    };
  }
}

/** Any digest will do here: a different one for a different design. */
function digestOf(text: string): string {
  let hash = 7;
  for (const character of text) hash = (Math.imul(hash, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash.toString(16).padStart(32, '0');
}

/** A body that breaks no rule on 18 November 2026. */
export const goodBody = (change: Record<string, unknown> = {}): string =>
  JSON.stringify(
    badgeBody({
      startOn: '2027-01-01T00:00:00Z',
      expiresOn: '2027-12-31T00:00:00Z',
      earnedBadgeExpiry: NEVER,
      customerConstraints: [],
      badgeConstraints: [],
      'x-unknown': { kept: [1, 'two'] },
      ...change,
    }),
    null,
    2,
  );

export const codes = (editor: BadgeEditor): number[] => editor.problems.map(({ code }) => code);
