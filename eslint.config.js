// The rules that need types are the reason for linting at all: a promise that nobody waits for is a world that nobody takes down.
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const sockets =
  "Sockets are opened in world and probe, in sandbox for the session's own descriptor, in run/world/control for a unix socket, and in run/world/sockets for those of a world; elsewhere only isIP, isIPv4 and isIPv6.";

export default defineConfig(
  globalIgnores([
    'build/',
    'dist/',
    '.tap/',
    '.mutants/',
    'src/model/result.ts',
    'src/model/scenario-file.ts',
    'src/run/world/control-types.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['src/**/*.{ts,tsx}', 'test/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { project: 'test/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      curly: 'error',
      'no-console': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Numbers read well in messages; what else becomes text by itself is usually a mistake.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `!` is for what the line above has made sure of, and noUncheckedIndexedAccess asks for many.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // To go through a text by its code points, as what makes it harmless must, is meant.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // A type parameter that only the result has is how a parsed document gets its type.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // It takes a flag that a callback sets for one that never changes, and every doubt about what comes from outside for a needless one.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // A child's descriptors are typed by what they can do, not by the class that made them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // With noPropertyAccessFromIndexSignature off, both spellings are fine.
      '@typescript-eslint/dot-notation': 'off',
    },
  },
  {
    files: ['src/report/page/browser/**'],
    languageOptions: { parserOptions: { project: 'src/report/page/browser/tsconfig.json', tsconfigRootDir: import.meta.dirname } },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/inside/world/**', 'src/inside/probe/**', 'src/sandbox/**', 'src/run/world/control/**', 'src/run/world/sockets/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        { paths: ['node:net', 'net'].map((name) => ({ name, allowImportNames: ['isIP', 'isIPv4', 'isIPv6'], message: sockets })) },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // tap waits for its subtests, awaited or not.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafePromises: [{ from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' }] },
      ],
      // A callback that tap wants to be async need not wait for anything.
      '@typescript-eslint/require-await': 'off',
      'no-console': 'off',
    },
  },
);
