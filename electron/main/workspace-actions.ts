import { existsSync } from 'node:fs';
import path from 'node:path';
import { app, dialog, type BrowserWindow } from 'electron';
import { Failure } from '../../shared/ipc/errors';
import type { Speaker } from '../../shared/words/speaker';
import { moveStore } from '../disk/move-store';
import type { UnfinishedMove } from './unfinished-move';
import type { WorkspaceWindow } from './workspace-window';

export interface WorkspaceActionsHost {
  /** Remembers a move until it has ended. */
  unfinishedMove: UnfinishedMove;
  /** Words in the language of the window. */
  say: Speaker['say'];
  sayMessage: Speaker['sayMessage'];
  /** Opens a workspace in a window of its own, or brings its window to the front; makes it where it is not there. */
  open(file: string): void;
  /** Closes a workspace's window and store, while Laurel goes on. */
  close(workspace: WorkspaceWindow): Promise<void>;
  /** A workspace lies elsewhere from now on. */
  moved(workspace: WorkspaceWindow, file: string): void;
}

/** What a person does with workspaces as files: make one, open one, move the one in the window. */
export class WorkspaceActions {
  readonly #host: WorkspaceActionsHost;
  #moving = false;

  constructor(host: WorkspaceActionsHost) {
    this.#host = host;
  }

  /** While a workspace is on its way it may be that no window is open, and Laurel goes on. */
  get isMoving(): boolean {
    return this.#moving;
  }

  /** Asks where a new workspace is to lie, and opens it. */
  async create(window: BrowserWindow): Promise<void> {
    const { say, open } = this.#host;
    const file = await this.#askPlace(
      window,
      say('workspaces.newTitle'),
      say('workspaces.newButton'),
      say('workspaces.newName'),
    );
    if (file === null) return;
    // The system's dialog offers to replace a file; a workspace is never replaced.
    if (existsSync(file)) await this.#tell(window, say('workspaces.placeTaken', { name: path.basename(file) }));
    else open(file);
  }

  /** Asks for a workspace, and opens it. */
  async choose(window: BrowserWindow): Promise<void> {
    const { say, open } = this.#host;
    const choice = await dialog.showOpenDialog(window, {
      title: say('workspaces.openTitle'),
      buttonLabel: say('workspaces.openButton'),
      filters: [
        { name: say('workspaces.files'), extensions: ['laurel'] },
        { name: say('shell.allFiles'), extensions: ['*'] },
      ],
      properties: ['openFile'],
    });
    const file = choice.canceled ? undefined : choice.filePaths[0];
    if (file !== undefined) open(file);
  }

  /**
   * Asks where the window's workspace is to lie, closes it, moves it and opens it there. What hinders it is said, and it
   * is opened where it was.
   */
  async move(workspace: WorkspaceWindow): Promise<void> {
    const { say, open, close, moved, unfinishedMove } = this.#host;
    const { window } = workspace;
    if (!window || this.#moving) return;
    const name = path.basename(workspace.file);
    const target = await this.#askPlace(window, say('workspaces.moveTitle'), say('workspaces.moveButton'), name);
    if (target === null || target === workspace.file) return;
    if (existsSync(target)) {
      await this.#tell(window, say('workspaces.placeTaken', { name: path.basename(target) }));
      return;
    }
    this.#moving = true;
    let trouble: string | null = null;
    let place = workspace.file;
    try {
      const left = await moveStore(workspace.file, target, {
        shut: () => close(workspace),
        begins: (plan) => unfinishedMove.begin({ id: workspace.id, from: workspace.file, to: target }, plan),
        placed: () => {
          moved(workspace, target);
          place = target;
        },
        takenBack: () => {
          moved(workspace, workspace.file);
          place = workspace.file;
        },
      });
      if (left.length > 0) {
        trouble = say('workspaces.leftBehind', { files: left.join(', '), folder: path.dirname(workspace.file) });
      }
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      trouble = this.#host.sayMessage(error.words);
    } finally {
      unfinishedMove.end();
      open(place);
      this.#moving = false;
    }
    if (trouble !== null) await this.#tell(null, trouble);
  }

  async #askPlace(window: BrowserWindow, title: string, buttonLabel: string, name: string): Promise<string | null> {
    const choice = await dialog.showSaveDialog(window, {
      ...{ title, buttonLabel },
      defaultPath: path.join(app.getPath('documents'), name),
      filters: [{ name: this.#host.say('workspaces.files'), extensions: ['laurel'] }],
      properties: ['createDirectory'],
    });
    if (choice.canceled || choice.filePath === '') return null;
    return /\.laurel$/i.test(choice.filePath) ? choice.filePath : `${choice.filePath}.laurel`;
  }

  async #tell(window: BrowserWindow | null, what: string): Promise<void> {
    const options = { type: 'warning' as const, title: 'Laurel', message: what };
    await (window === null ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options));
  }
}
