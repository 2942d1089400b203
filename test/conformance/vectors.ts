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

const root = path.resolve(process.cwd());

/** The cases of the reference, and the ones written for the sentences that no case of it covers. */
export function loadVectors(file: 'vectors.json' | 'more-vectors.json' = 'vectors.json'): Vector[] {
  return JSON.parse(readFileSync(path.join(root, 'test/fixtures', file), 'utf8')) as Vector[];
}
