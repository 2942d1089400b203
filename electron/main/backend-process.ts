import { fork } from 'node:child_process';
import { constants } from 'node:os';
import type { Readable } from 'node:stream';
import { utilityProcess, type MessagePortMain } from 'electron';
import { backendFlagsOfTest } from './test-driver';
import { MAIN_PROCESS, STORE_MODULE } from '../../shared/ipc/backend-environment';
import { fromBackend, type FromBackend, type ToBackend } from '../../shared/ipc/control';

/** The backend's process, however it is hosted. */
export interface BackendProcess {
  /** Swallowed when the process is gone. */
  send(message: ToBackend): void;
  /** Gives the backend the other end of a page's port. */
  connect(connection: number, port: MessagePortMain): void;
  kill(): void;
}

export interface BackendProcessEvents {
  onSpawn(pid: number | undefined): void;
  onMessage(message: FromBackend): void;
  /** Once, however the process ended; `lastWords` is the end of what it wrote to stderr. */
  onExit(code: number | null, lastWords: string): void;
}

export type BackendLauncher = (events: BackendProcessEvents) => BackendProcess;

/**
 * Launches the backend inside the runtime. Ports are handed to it: the page then talks to it directly.
 *
 * @param storeModule the store's native module, where the runtime cannot take the one that ships
 */
export function utilityProcessLauncher(entry: string, storeModule: string | null): BackendLauncher {
  return ({ onSpawn, onMessage, onExit }) => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Laurel backend',
      stdio: ['ignore', 'inherit', 'pipe'],
      execArgv: backendFlagsOfTest(),
      env: { ...childEnvironment(), ...(storeModule === null ? {} : { [STORE_MODULE]: storeModule }) },
    });
    const lastWords = collectLastWords(child.stderr as Readable | null);
    let fatal = '';
    let gone = false;
    child.once('spawn', () => onSpawn(child.pid));
    child.on('message', (message: unknown) => parsed(message, onMessage));
    // Without a listener this would be an exception of main; the exit that follows says it to whoever waits.
    child.on('error', (type: string, location: string) => {
      fatal = `${type} in ${location}\n`;
    });
    child.once('exit', (code) => {
      gone = true;
      onExit(code, `${fatal}${lastWords()}`);
    });
    const post = (message: ToBackend, ports: MessagePortMain[] = []): void => {
      if (!gone) child.postMessage(message, ports);
    };
    return {
      send: (message) => post(message),
      connect: (connection, port) => post({ kind: 'connect', connection }, [port]),
      kill: () => void child.kill(),
    };
  };
}

/** Launches the backend under a Node of its own, to which no port can be handed: its messages are piped. */
export function nodeLauncher(entry: string, node: string): BackendLauncher {
  return ({ onSpawn, onMessage, onExit }) => {
    const child = fork(entry, [], {
      execPath: node,
      // What this process was started with, a debugger for example, is not meant for the backend.
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      env: childEnvironment(),
    });
    const lastWords = collectLastWords(child.stderr);
    const ports = new Map<number, MessagePortMain>();
    let gone = false;
    const end = (code: number | null, words: string): void => {
      if (gone) return;
      gone = true;
      for (const port of ports.values()) port.close();
      ports.clear();
      onExit(code, words);
    };
    const send = (message: ToBackend): void => {
      // The callback takes the error of a child that has just gone; its exit is reported by itself.
      if (!gone && child.connected) child.send(message, () => undefined);
    };
    child.once('spawn', () => onSpawn(child.pid));
    // As a number, the form in which a utility process tells of a signal.
    child.once('exit', (code, signal) =>
      end(code ?? (signal === null ? null : constants.signals[signal]), lastWords()),
    );
    child.once('error', (error) => end(null, error.message));
    child.on('message', (raw) =>
      parsed(raw, (message) => {
        if (message.kind === 'piped') {
          ports.get(message.connection)?.postMessage(message.message);
        } else if (message.kind === 'closed') {
          ports.get(message.connection)?.close();
          ports.delete(message.connection);
        } else {
          onMessage(message);
        }
      }),
    );
    return {
      send,
      connect: (connection, port) => {
        ports.set(connection, port);
        send({ kind: 'connect', connection });
        port.on('message', (event) => send({ kind: 'piped', connection, message: event.data as unknown }));
        port.on('close', () => {
          if (ports.delete(connection)) send({ kind: 'closed', connection });
        });
        port.start();
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}

function parsed(raw: unknown, take: (message: FromBackend) => void): void {
  const message = fromBackend.safeParse(raw);
  if (message.success) take(message.data);
}

function childEnvironment(): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    // It would turn an Electron that the backend starts into a plain Node, and is never meant for it.
    if (value !== undefined && name !== 'ELECTRON_RUN_AS_NODE') environment[name] = value;
  }
  environment[MAIN_PROCESS] = String(process.pid);
  return environment;
}

const LAST_WORDS = 8_000;

function collectLastWords(stream: Readable | null): () => string {
  let words = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    words = (words + chunk).slice(-LAST_WORDS);
    process.stderr.write(chunk);
  });
  return () => words;
}
