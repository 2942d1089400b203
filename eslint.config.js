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
  globalIgnores(['out/', 'dist/', '.laurel/', 'test-results/', 'playwright-report/', 'coverage/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.svelte'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      // Sentences for people are made of counts and dates all the time.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // Both are wrong about what a callback changes, and about data that was only declared to have a shape.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-type-arguments': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      // Names that come from outside (environment, headers, JSON) are written as the strings they are.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      // Indexing typed arrays and pages whose bounds were checked just before; unchecked access is held by the compiler.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `return done();` at the end of a branch is plain enough.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Handlers and stores are objects of closures, whose shapes are written with methods.
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
  ...svelte.configs.recommended,
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      globals: globals.browser,
      parserOptions: { parser: tseslint.parser, svelteConfig: { compilerOptions: { runes: true } } },
    },
    rules: {
      // These see a component's props, snippets and stores as `any`; svelte-check holds their types.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
      // svelte-check decides which warnings exist; the plugin does not see all of them.
      'svelte/no-unused-svelte-ignore': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/button-has-type': 'error',
      'svelte/require-each-key': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.svelte'],
    // The compiler knows which names exist.
    rules: { 'no-undef': 'off' },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: { globals: globals.node },
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
  {
    files: ['test/**/*.ts'],
    rules: {
      // Tests plant wrong values on purpose.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      // Playwright asks for the empty pattern, and fixtures have types of their own.
      'no-empty-pattern': 'off',
    },
  },
);
