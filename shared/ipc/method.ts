import type { z } from 'zod';

/** A question with one answer. */
export interface CallMethod<I extends z.ZodType = z.ZodType, O = unknown> {
  kind: 'call';
  input: I;
  /** Type only: what the answer is. Answers come from our own process and are not parsed. */
  output?: O;
}

/** Long work: reports progress, can be cancelled, then answers. */
export interface JobMethod<I extends z.ZodType = z.ZodType, P = unknown, O = unknown> {
  kind: 'job';
  input: I;
  progress?: P;
  output?: O;
}

export type Method = CallMethod | JobMethod;

/**
 * Declares a call of the contract: `call<Answer>()(() => inputSchema)`. The schema is made when the first input is read
 * with it: making all of them was a third of what the backend ran before its store was open.
 */
export const call =
  <O>() =>
  <I extends z.ZodType>(makeInput: () => I): CallMethod<I, O> =>
    new Declared('call', makeInput);

/** Declares a job of the contract: `job<Progress, Answer>()(() => inputSchema)`. */
export const job =
  <P, O>() =>
  <I extends z.ZodType>(makeInput: () => I): JobMethod<I, P, O> =>
    new Declared('job', makeInput);

class Declared<K extends Method['kind'], I extends z.ZodType> {
  readonly kind: K;
  readonly #makeInput: () => I;
  #input: I | null = null;

  constructor(kind: K, makeInput: () => I) {
    this.kind = kind;
    this.#makeInput = makeInput;
  }

  get input(): I {
    this.#input ??= this.#makeInput();
    return this.#input;
  }
}

export type InputOf<M> = M extends { input: infer I extends z.ZodType } ? z.input<I> : never;
export type ParsedInputOf<M> = M extends { input: infer I extends z.ZodType } ? z.output<I> : never;
export type OutputOf<M> =
  M extends CallMethod<z.ZodType, infer O> ? O : M extends JobMethod<z.ZodType, unknown, infer O> ? O : never;
export type ProgressOf<M> = M extends JobMethod<z.ZodType, infer P, unknown> ? P : never;

/** The part of an AbortSignal that a job needs; every runtime's AbortSignal fits. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
