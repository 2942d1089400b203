import type { z } from 'zod';
import type { Roots } from './roots';

/** What a tool works with during one call. */
export interface ToolCall {
  /** Aborted when the caller cancels or has gone. */
  signal: AbortSignal;
  /** Tells the caller how far it is, from 0 to 1, where that was asked for. */
  progress(share: number, words: string): void;
}

/** What all tools work with. */
export interface ToolContext {
  roots: Roots;
  /** Real path of the workspace whose library may be read; null where none was named. */
  workspace: string | null;
  /** Lets one piece of heavy work run at a time. */
  alone<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** One tool as programs see it. Its answer is one JSON object. */
export interface Tool {
  name: string;
  title: string;
  description: string;
  input: z.ZodType<Record<string, unknown>>;
  /** Whether it changes something; only drafts are ever changed. */
  writes: boolean;
  /** @throws Failure or UsageError in words: what is wrong, and what to do */
  run(input: unknown, call: ToolCall): Promise<object> | object;
}

/** A tool whose work takes what its schema gives. */
export function tool<T extends z.ZodType<Record<string, unknown>>>(
  facts: Omit<Tool, 'input' | 'run' | 'writes'> & { input: T; writes?: boolean },
  run: (input: z.output<T>, call: ToolCall) => Promise<object> | object,
): Tool {
  return { writes: false, ...facts, run: (input, call) => run(input as z.output<T>, call) };
}
