import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const FOLDER = path.resolve('test/fixtures/seeds');

/** A curl command as a document prints it. */
export interface CurlRequest {
  url: URL;
  headers: Record<string, string>;
  body: string;
}

/** The four documents by the number at the head of their names. */
export function seedText(number: 0 | 1 | 2 | 3): string {
  const file = readdirSync(FOLDER).find((name) => name.startsWith(`00${number}_`));
  if (file === undefined) throw new Error(`There is no seed ${number}`);
  return readFileSync(path.join(FOLDER, file), 'utf8');
}

/** Every curl command of a document: its address, headers and body, as a shell would read them. */
export function curlRequests(text: string): CurlRequest[] {
  return [...text.matchAll(/curl ((?:--[\w-]+ '[^']*'\s*(?:\\\s*)?)+)/g)].map(([, command = '']) => {
    const request: CurlRequest = { url: new URL('http://unset/'), headers: {}, body: '' };
    for (const [, option, value = ''] of command.matchAll(/--([\w-]+) '([^']*)'/g)) {
      if (option === 'location') request.url = new URL(value);
      if (option === 'data') request.body = value;
      if (option === 'header') {
        const colon = value.indexOf(':');
        request.headers[value.slice(0, colon).toLowerCase()] = value.slice(colon + 1).trim();
      }
    }
    return request;
  });
}

/** Every block in braces that starts a line, as it is printed, whether or not it is JSON. */
export function printedBodies(text: string): string[] {
  const bodies: string[] = [];
  let start = -1;
  let depth = 0;
  let inText = false;
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (start < 0) {
      if (sign === '{' && (index === 0 || '\n}'.includes(text[index - 1] ?? ''))) {
        start = index;
        depth = 1;
      }
      continue;
    }
    if (sign === '"') inText = !inText;
    else if (inText) continue;
    else if (sign === '{') depth += 1;
    else if (sign === '}' && (depth -= 1) === 0) {
      bodies.push(text.slice(start, index + 1));
      start = -1;
    }
  }
  return bodies;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
