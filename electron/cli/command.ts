import type { Readable, Writable } from 'node:stream';
import { quotedWords } from '../../shared/ipc/plain-words';

/** What the command line writes to and listens to: the process, or what a test gives. */
export interface Console {
  /** Folder that relative paths start from. */
  cwd: string;
  /** On standard output: what the command answers. Characters that act on a terminal are shown escaped. */
  out(text: string): void;
  /** On standard error: what went wrong, and notices. */
  error(text: string): void;
  /** Draws over the line drawn before; does nothing where standard error is not a terminal. */
  draw(line: string): void;
  /** Aborted when the person presses Ctrl-C. */
  signal: AbortSignal;
  /** Aborted when standard output can no longer be written: whoever read it has ended. */
  readerLeft: AbortSignal;
  /** Standard input and output as they are, for a protocol that is no lines for people; none where there is no process. */
  pipes?: { input: Readable; output: Writable } | undefined;
}

/** Everything a command may touch of the process it runs in. */
export interface Terminal extends Console {
  /** One line on standard output: a line end in a name from a file or an org is shown escaped, and forges no line. */
  out(line: string): void;
  /** One line on standard error, likewise. */
  error(line: string): void;
  /** A text of several lines on standard output: a JSON document, a script. */
  document(text: string): void;
}

/** What commands see of a console. */
export function terminalOf(console: Console): Terminal {
  return {
    cwd: console.cwd,
    out: (line) => console.out(quotedWords(line)),
    error: (line) => console.error(quotedWords(line)),
    document: (text) => console.out(text),
    draw: (line) => console.draw(line),
    signal: console.signal,
    readerLeft: console.readerLeft,
    // Looked at only by who asks: standard input that is named is opened.
    get pipes() {
      return console.pipes;
    },
  };
}

/** 0: done. 1: mistakes were found, or the request was refused or cancelled. 2: the command was called wrongly. */
export type ExitCode = 0 | 1 | 2;

/** A command as commands.ts lists it. */
export interface ListedCommand {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  load(): Promise<Command>;
}

/** What a shell offers in the place of a value: files, folders, these words, or nothing. */
export type Completion = 'files' | 'folders' | readonly string[];

/** What a shell offers for what stands without an option: everywhere the same, or first one of some words. */
export type Operands = Completion | { first: readonly string[]; then: 'files' | 'folders' };

/** An option as `parseArgs` reads it, and what a shell offers for its value. */
export interface CommandOption {
  type: 'string' | 'boolean';
  multiple?: boolean;
  default?: string | boolean | string[];
  /** Nothing is offered unless given. */
  completes?: Completion;
}

/** Options of a command by name, without the dashes. */
export type CommandOptions = Readonly<Record<string, CommandOption>>;

/** One command of `laurel`; each has a file of its own in this folder and is listed in commands.ts. */
export interface Command {
  /** The one table of its options: `run` parses with it, and shells complete by it. */
  options: CommandOptions;
  /** What stands without an option; files unless given. */
  operands?: Operands;
  /** What `laurel NAME --help` prints. */
  help: string;
  /** @throws UsageError when the arguments are wrong; Failure for everything else a person should read */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

/** The command was called wrongly; the message says how, and nothing was done. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
