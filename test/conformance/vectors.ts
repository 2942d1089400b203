import { readFileSync } from 'node:fs';
import path from 'node:path';

export interface VectorCall {
  endpoint: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  /** Text is sent as it is: malformed JSON. */
  body?: unknown;
}

export interface Vector {
  id: string;
  rules: string[];
  given: Record<string, unknown> & {
    now: string;
    tz: string;
    history: (VectorCall & { at: string; save?: Record<string, string>; expectErrors?: number[] })[];
    auth?: boolean;
  };
  when: VectorCall;
  then: {
    status: number;
    errors?: number[];
    warnings?: number[];
    data?: unknown;
    perCustomer?: Record<string, 'earned' | number>;
  };
}

/** The cases of the reference. */
export function loadVectors(): Vector[] {
  return JSON.parse(readFileSync(path.resolve('test/fixtures/vectors.json'), 'utf8')) as Vector[];
}
