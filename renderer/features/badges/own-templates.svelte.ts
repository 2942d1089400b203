import type { OwnTemplate, OwnTemplates } from '../../../shared/ipc/templates-contract';
import type { Door } from '../../lib/backend';

/** Templates that were made of badges, as the window knows them. */
export class OwnTemplateList {
  /** Null until they were asked for. */
  known = $state.raw<OwnTemplates | null>(null);
  failure = $state.raw<unknown>(null);
  /** The badge that a template is being made of, and what the badge is called; null: none is. */
  making = $state.raw<{ badge: string; name: string } | null>(null);

  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  get all(): readonly OwnTemplate[] {
    return this.known?.templates ?? [];
  }

  /** Whether keeping under this name would replace one. */
  isTaken(name: string): boolean {
    return this.all.some((one) => one.place === this.known?.keptIn && one.name === name.trim());
  }

  /** Asks for them; what was known stays where that fails. */
  async load(): Promise<void> {
    try {
      this.known = await this.#door('ownTemplates.list', {});
      this.failure = null;
    } catch (error) {
      this.failure = error;
    }
  }

  async keep(badge: string, name: string, replace: boolean): Promise<void> {
    this.known = await this.#door('ownTemplates.keep', { badge, name: name.trim(), replace });
  }

  async remove(id: string): Promise<void> {
    this.known = await this.#door('ownTemplates.remove', { id });
  }
}
