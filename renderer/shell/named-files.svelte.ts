import type { NamedFile, PickedFile } from '../../shared/ipc/native';
import { badges } from '../features/badges/badges.svelte';
import { say, sayMessage } from '../lib/say.svelte';
import { isDialogOpen } from './commands.svelte';
import { navigation } from './navigation.svelte';
import { scenarioToOpen } from './scenario-to-open.svelte';
import { toasts } from './toasts.svelte';

/** Refusals that are told one by one; the toasts hold four. */
const MOST_TOLD = 2;

/** Opens the files that Laurel was asked to open from outside the window: one call after the other. */
class NamedFiles {
  /** Grows when files wait. What was asked for before the page listened waits from the start. */
  waiting = $state(1);
  /** At the start it is not known whether any wait: then nobody is told to make room for them. */
  #isTold = false;
  #turn: Promise<void> = Promise.resolve();

  listen(): () => void {
    return window.laurel.onFilesWaiting(() => {
      this.#isTold = true;
      this.waiting += 1;
    });
  }

  /** Takes and opens all that wait. Call when the backend answers. */
  take(): Promise<void> {
    this.#turn = this.#turn.then(() => this.#takeAll()).catch((error: unknown) => toasts.failure(error));
    return this.#turn;
  }

  async #takeAll(): Promise<void> {
    for (;;) {
      if (isDialogOpen()) {
        if (this.#isTold) toasts.info(say('opening.dialogFirst'));
        await untilNoDialog();
      }
      const files = await window.laurel.takeNamedFiles();
      if (files.length === 0) return;
      await this.#open(files);
    }
  }

  async #open(files: readonly NamedFile[]): Promise<void> {
    const refused = files.flatMap((file) => (file.kind === 'refused' ? [file] : []));
    for (const { reason } of refused.slice(0, MOST_TOLD)) tell(sayMessage(reason));
    const untold = refused.slice(MOST_TOLD).map(({ name }) => name);
    if (untold.length > 0) tell(say('opening.moreRefused', { count: untold.length, files: untold.join(', ') }));
    const drafts = ofKind(files, 'badge');
    const [scenario, ...others] = ofKind(files, 'scenario');
    if (drafts.length > 0) {
      if (scenario === undefined) navigation.go('badges');
      await badges.createFromPicked(drafts);
    }
    if (scenario === undefined) return;
    scenarioToOpen.ask(scenario);
    navigation.go('simulate');
    if (others.length > 0) {
      const names = others.map(({ name }) => name).join(', ');
      tell(say('opening.oneScenario', { opened: scenario.name, files: names }));
    }
  }
}

function ofKind(files: readonly NamedFile[], kind: 'badge' | 'scenario'): PickedFile[] {
  return files.flatMap((file) => (file.kind === kind ? [file.file] : []));
}

function tell(message: string): void {
  toasts.show({ tone: 'error', message });
}

/** What a person typed into a dialog would be lost with the screen that it belongs to. */
function untilNoDialog(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      if (isDialogOpen()) return;
      observer.disconnect();
      resolve();
    });
    observer.observe(document.body, { childList: true, subtree: true });
  });
}

export const namedFiles = new NamedFiles();
