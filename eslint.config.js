import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import { builtinModules } from 'node:module';
import tseslint from 'typescript-eslint';

const nodeModules = ['node:.*', ...builtinModules.filter((name) => !name.startsWith('_'))];
const electronModules = ['electron', 'electron/.*'];
const storeModules = ['better-sqlite3', 'drizzle-orm', 'drizzle-orm/.*', '@duckdb/.*'];
const pageModules = ['svelte', 'svelte/.*', 'bits-ui', '@lucide/.*', '@tanstack/.*', '@codemirror/.*'];

/**
 * A layer's forbidden imports. The same rules are held, import by import, by test/architecture; here they are seen
 * while one types.
 *
 * @param {string} reason
 * @param {string[]} packages as regular expressions of the whole name
 * @param {string[]} folders of our own, as they appear in a relative import
 * @returns {import('eslint').Linter.RuleEntry}
 */
function forbid(reason, packages, folders) {
  return [
    'error',
    {
      patterns: [
        { regex: `^(${packages.join('|')})$`, message: reason },
        { group: folders.map((folder) => `**/${folder}/**`), message: reason },
      ],
    },
  ];
}

export default defineConfig(
  globalIgnores([
    'out/',
    'dist/',
    '.laurel/',
    '.svelte-check/',
    'test-results/',
    'playwright-report/',
    'coverage/',
    'test/',
    'scripts/',
    '*.js',
    '*.ts',
  ]),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  // Scripts and rules that know types are oxlint's (oxlint.jsonc); here is what it has no rule for: components, and who
  // may import whom.
  {
    files: ['**/*.ts'],
    languageOptions: { parser: tseslint.parser },
    // Directives of this file's rules and of oxlint's look alike.
    linterOptions: { reportUnusedDisableDirectives: 'off' },
  },
  { files: ['**/*.svelte'], extends: [js.configs.recommended] },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, svelteConfig: { compilerOptions: { runes: true } } },
    },
    linterOptions: { reportUnusedDisableDirectives: 'off' },
    rules: {
      // The compiler knows which names exist, and which are used.
      'no-undef': 'off',
      'no-unused-vars': 'off',
      'prefer-const': 'off',
      eqeqeq: 'error',
      'svelte/prefer-const': 'error',
      // svelte-check decides which warnings exist; the plugin does not see all of them.
      'svelte/no-unused-svelte-ignore': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/require-each-key': 'error',
      // Both ask for types, component by component, which took longer than everything else together. There are no
      // stores here, and unused props are seen by the compiler's own search for unused names.
      'svelte/require-store-reactive-access': 'off',
      'svelte/no-unused-props': 'off',
    },
  },
  {
    files: ['shared/**/*.ts'],
    rules: {
      'no-restricted-imports': forbid(
        'shared is pure: no host, no store, no page.',
        [...nodeModules, ...electronModules, ...storeModules, ...pageModules],
        ['disk', 'db', 'electron', 'renderer', 'test'],
      ),
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'Take the instant as an argument.' },
        { object: 'performance', property: 'now', message: 'Take the instant as an argument.' },
        { object: 'Temporal', property: 'Now', message: 'Take the instant as an argument.' },
        { object: 'Math', property: 'random', message: 'Take a seeded generator as an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "NewExpression[callee.name='Date'][arguments.length=0]",
          message: 'Take the instant as an argument.',
        },
        { selector: "CallExpression[callee.name='Date']", message: 'Take the instant as an argument.' },
      ],
    },
  },
  {
    files: ['electron/disk/**/*.ts'],
    rules: {
      'no-restricted-imports': forbid(
        'disk reads and writes files for everybody, and knows nobody.',
        [...electronModules, ...storeModules, ...pageModules],
        ['db', 'backend', 'cli', 'main', 'preload', 'renderer', 'test'],
      ),
    },
  },
  {
    files: ['db/**/*.ts'],
    rules: {
      'no-restricted-imports': forbid(
        'db knows the store, shared and how files are written, not its hosts.',
        [...electronModules, ...pageModules],
        ['backend', 'cli', 'main', 'preload', 'renderer', 'test'],
      ),
    },
  },
  {
    files: ['electron/backend/**/*.ts'],
    rules: {
      'no-restricted-imports': forbid(
        'The backend runs under plain Node too: no Electron, no window, no command line.',
        [...electronModules, ...pageModules],
        ['cli', 'main', 'preload', 'renderer', 'test'],
      ),
    },
  },
  {
    files: ['electron/cli/**/*.ts'],
    rules: {
      'no-restricted-imports': forbid(
        'The command line is a thin shell around the backend.',
        [...electronModules, ...pageModules],
        ['main', 'preload', 'renderer', 'test'],
      ),
    },
  },
  {
    files: ['electron/main/**/*.ts', 'electron/preload/**/*.ts'],
    rules: {
      'no-restricted-imports': forbid(
        'main and preload know no domain and no SQL: only shared.',
        [...storeModules, ...pageModules],
        ['db', 'backend', 'cli', 'renderer', 'test'],
      ),
    },
  },
  {
    files: ['renderer/**/*.ts', 'renderer/**/*.svelte'],
    rules: {
      'no-restricted-imports': forbid(
        'The page reaches everything else through renderer/lib/backend.ts.',
        [...nodeModules, ...electronModules, ...storeModules],
        ['disk', 'db', 'electron', 'test'],
      ),
    },
  },
);
