/** What a source file imports, read from its text without running it. */
import ts from 'typescript';

const script = /<script\b[^>]*>([\s\S]*?)<\/script>/g;
const globCall = /import\.meta\.glob(?:<[^()]*>)?\(\s*(\[[^\]]*\]|'[^']*'|"[^"]*")/g;
const quoted = /['"]([^'"]+)['"]/g;

/**
 * Every module a file names: imports and re-exports (of types too), `import()`, `require()` and the patterns of
 * `import.meta.glob`.
 *
 * @param file its path; only the ending matters
 * @param text its source; of a Svelte file the script blocks are read
 */
export function importsOf(file: string, text: string): string[] {
  const source = file.endsWith('.svelte') ? [...text.matchAll(script)].map((match) => match[1]).join('\n') : text;
  const specifiers = ts.preProcessFile(source, true, true).importedFiles.map((reference) => reference.fileName);
  for (const [, patterns = ''] of source.matchAll(globCall)) {
    for (const [, pattern = ''] of patterns.matchAll(quoted)) {
      specifiers.push(pattern);
    }
  }
  return specifiers;
}
