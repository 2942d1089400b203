import { SvelteSet } from 'svelte/reactivity';
import type { Input, Output } from '../../../shared/ipc/contract';
import type { DefinitionKind, DefinitionsView, DefinitionView } from '../../../shared/ipc/definitions-contract';
import type { Door } from '../../lib/backend';

type FieldInput = Input<'sync.keepField'>;

/** Groups by their ids here, custom fields by name. */
export interface ChosenDefinitions {
  groups: readonly string[];
  fields: readonly string[];
}

/** Sides changed in a way that a person has to decide about before a push. */
const ASKS: readonly DefinitionView['state'][] = ['live-changed', 'both-changed', 'conflict'];

/** Groups and custom fields here beside those of one org. */
export class Definitions {
  view = $state.raw<DefinitionsView | null>(null);
  failure = $state.raw<unknown>(null);
  /** Those that a push is to be about. */
  readonly #chosen = new SvelteSet<string>();

  readonly #all = $derived<readonly DefinitionView[]>(
    this.view === null ? [] : [...this.view.groups, ...this.view.fields],
  );
  readonly hasHere = $derived(this.#all.some(({ state }) => state !== 'only-live'));
  readonly isEmpty = $derived(this.#all.length === 0);
  readonly toPush = $derived(this.#all.filter(({ canPush }) => canPush).length);
  readonly toAsk = $derived(
    this.#all.filter(({ state, canPush }) => ASKS.includes(state) || (state === 'draft-changed' && !canPush)).length,
  );
  readonly onlyThere = $derived(this.#all.filter(({ state }) => state === 'only-live'));
  readonly chosen = $derived.by((): ChosenDefinitions => {
    const ids = (list: readonly DefinitionView[]): string[] =>
      list.filter((each) => this.isChosen(each)).map(({ id }) => id);
    return { groups: ids(this.view?.groups ?? []), fields: ids(this.view?.fields ?? []) };
  });
  readonly chosenCount = $derived(this.chosen.groups.length + this.chosen.fields.length);

  readonly #door: Door;
  readonly #connectionId: number;

  constructor(door: Door, connectionId: number) {
    this.#door = door;
    this.#connectionId = connectionId;
  }

  async refresh(): Promise<void> {
    await this.#answered(this.#door('sync.definitions', { connectionId: this.#connectionId }));
  }

  isChosen({ kind, id, canPush }: Pick<DefinitionView, 'kind' | 'id' | 'canPush'>): boolean {
    return canPush && this.#chosen.has(`${kind} ${id}`);
  }

  choose({ kind, id }: Pick<DefinitionView, 'kind' | 'id'>, isChosen: boolean): void {
    if (isChosen) this.#chosen.add(`${kind} ${id}`);
    else this.#chosen.delete(`${kind} ${id}`);
  }

  /** Takes one side of a field. Nothing is sent. */
  async resolve(
    { kind, id }: { kind: DefinitionKind; id: string },
    field: string,
    take: 'draft' | 'live',
  ): Promise<void> {
    const { connectionId, choices } = { connectionId: this.#connectionId, choices: [{ field, take }] };
    await this.#answered(this.#door('sync.resolveDefinition', { connectionId, kind, id, choices }));
  }

  /** Takes over what only the org has. */
  async take(definitions: readonly DefinitionView[]): Promise<void> {
    const ids = (kind: DefinitionKind): string[] =>
      definitions.filter((each) => each.kind === kind).map(({ id }) => id);
    const wanted = { groups: ids('group'), fields: ids('field') };
    await this.#answered(this.#door('sync.takeDefinitions', { connectionId: this.#connectionId, ...wanted }));
  }

  /** Writes the groups and custom fields here as a file. @throws Failure */
  save(target: string): Promise<{ name: string }> {
    return this.#door('plans.saveDefinitions', { target });
  }

  /** @throws Failure for the one who filled it in */
  async keepField(field: FieldInput): Promise<void> {
    await this.#door('sync.keepField', field);
    await this.refresh();
  }

  async removeField(name: string): Promise<void> {
    try {
      await this.#door('sync.removeField', { name });
      await this.refresh();
    } catch (error) {
      this.failure = error;
    }
  }

  async #answered(asked: Promise<Output<'sync.definitions'>>): Promise<void> {
    try {
      this.view = await asked;
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }
}
