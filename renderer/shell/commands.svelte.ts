import { onDestroy } from 'svelte';
import type { MessageKey } from '../../shared/words/message';
import { isShortcut } from '../components/keys';
import { say } from '../lib/say.svelte';

export type CommandGroup = 'badge' | 'edit' | 'run' | 'go' | 'view' | 'workspace' | 'help';

/** Something a person can do, from the palette, a shortcut, the native menu, or a button. */
export interface Command {
  /** The same id as in the native menu where it is there too. */
  id: string;
  title: string;
  group: CommandGroup;
  /** `Mod+Shift+Z`; see `components/keys`. */
  shortcut?: string;
  /** More words to be found by. */
  keywords?: string;
  /** Why it cannot be done now; null: it can. */
  disabledReason?: string | null;
  /** Shortcut only, not worth a line in the palette. */
  hidden?: boolean;
  /** One of so many that it is listed only when it is searched for. */
  onlySearched?: boolean;
  run: () => void;
}

const GROUP_ORDER: readonly CommandGroup[] = ['run', 'badge', 'edit', 'go', 'view', 'workspace', 'help'];

const GROUP_WORDS = {
  run: 'shell.groupRun',
  badge: 'shell.groupBadge',
  edit: 'shell.groupEdit',
  go: 'shell.groupGo',
  view: 'shell.groupView',
  workspace: 'workspaces.group',
  help: 'shell.groupHelp',
} as const satisfies Record<CommandGroup, MessageKey>;

/** The heading under which commands of a group stand. */
export function groupWord(group: CommandGroup): string {
  return say(GROUP_WORDS[group]);
}

/** Everything that can be done at this moment. Screens add their commands while they are shown. */
class Commands {
  // Not state itself: a screen that is being destroyed would read the sources as they were before the next one came.
  #sources: readonly (() => readonly Command[])[] = [];
  #change = $state.raw({});

  /** All commands, the ones provided last winning over earlier ones with the same id. */
  readonly all = $derived.by<readonly Command[]>(() => {
    const offered = this.#change && this.#sources.flatMap((source) => source());
    return offered
      .filter((command, place) => offered.findLastIndex((other) => other.id === command.id) === place)
      .sort((a, b) => GROUP_ORDER.indexOf(a.group) - GROUP_ORDER.indexOf(b.group));
  });

  /** Offers commands until the calling component is destroyed. Call while it is being created. */
  provide(source: () => readonly Command[]): void {
    this.#sources = [...this.#sources, source];
    this.#change = {};
    onDestroy(() => {
      this.#sources = this.#sources.filter((known) => known !== source);
      this.#change = {};
    });
  }

  find(id: string): Command | undefined {
    return this.all.find((command) => command.id === id);
  }

  /** Answers false when there is no such command now, or it cannot be run. Behind an open dialog nothing can. */
  run(id: string): boolean {
    const command = this.find(id);
    if (isBehindDialog(id)) return false;
    if (command === undefined || (command.disabledReason ?? null) !== null) return false;
    command.run();
    return true;
  }

  /** Runs the command of a key press, if there is one and nobody took the key before. */
  handleKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const bare = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (bare && !WRITES_NOTHING.test(event.key) && isTyping(event)) return;
    for (const command of this.all) {
      if (command.shortcut === undefined || !isShortcut(event, command.shortcut)) continue;
      // Keys of the dialog's own fields, undo above all, stay theirs.
      if (isBehindDialog(command.id)) return;
      event.preventDefault();
      if ((command.disabledReason ?? null) === null) command.run();
      return;
    }
  }
}

/** Bare keys that are no letters in a text. */
const WRITES_NOTHING = /^(Escape|F\d+)$/;

/** The palette's own key must close it again and the theme changes anywhere; everything else waits for the dialog. */
function isBehindDialog(id: string): boolean {
  return id !== 'view.palette' && !id.startsWith('view.theme.') && isDialogOpen();
}

/** Whether a dialog stands in front of the screens. */
export function isDialogOpen(): boolean {
  return document.querySelector('[data-dialog-content], [data-alert-dialog-content]') !== null;
}

/** The press goes into a text: a bare key is a letter there, not a shortcut. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
  );
}

export const commands = new Commands();
