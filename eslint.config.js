import { existsSync, readdirSync } from 'node:fs'
import importX, { createNodeResolver } from 'eslint-plugin-import-x'
import reactHooks from 'eslint-plugin-react-hooks'
import { defineConfig, globalIgnores } from 'eslint/config'
import tseslint from 'typescript-eslint'

/** Modules of the server that any layer but the domain may import: each stands below all of them. */
const foundations = [
  './clock.ts',
  './ids.ts',
  './lists.ts',
  './env.ts',
  './secret-files.ts',
  './log.ts',
  './version.ts',
  './metering',
  './tracing',
  './generated',
]

/**
 * The layers of the server, each with those below it that it may import.
 * domain <- store <- realtime <- webhooks <- use-cases <- schema, rest <- transport <- app <- main, and use-cases <- scheduler <- app.
 * See docs/decisions/0004.
 */
const layers = {
  domain: [],
  store: ['domain'],
  planning: ['domain'],
  realtime: ['domain', 'store'],
  webhooks: ['domain', 'store', 'realtime'],
  'use-cases': ['domain', 'store', 'planning', 'realtime', 'webhooks'],
  schema: ['domain', 'store', 'realtime', 'use-cases'],
  rest: ['domain', 'store', 'realtime', 'use-cases'],
  scheduler: ['domain', 'store', 'realtime', 'use-cases'],
  transport: ['domain', 'store', 'realtime', 'use-cases', 'schema', 'rest'],
  monitoring: [],
  embedded: [],
}

const serverZones = Object.entries(layers).map(([layer, below]) => ({
  target: `./server/src/${layer}`,
  from: './server/src',
  except: [`./${layer}`, ...below.map((name) => `./${name}`), ...(layer === 'domain' ? [] : foundations)],
  message: `server/src/${layer} may import ${['itself', ...below].join(', ')}, and nothing else.`,
}))

const featuresDirectory = new URL('web/src/features/', import.meta.url)
const features = existsSync(featuresDirectory) ? readdirSync(featuresDirectory) : []

const webZones = [
  {
    target: './web/src/components',
    from: ['./web/src/features', './web/src/app'],
    message: 'A component knows no feature and no page.',
  },
  {
    target: ['./web/src/routing', './web/src/transport'],
    from: ['./web/src/components', './web/src/features', './web/src/app'],
    message: 'It stands below all that is shown.',
  },
  { target: './web/src/features', from: './web/src/app', message: 'A feature does not know the app that shows it.' },
  ...features.map((feature) => ({
    target: `./web/src/features/${feature}`,
    from: './web/src/features',
    except: [`./${feature}`],
    message: 'Features do not import each other.',
  })),
]

const zones = [
  ...serverZones,
  { target: './server/src/app.ts', from: './server/src/main.ts', message: 'main starts app, not the other way round.' },
  ...webZones,
  // Workspaces meet in schema.graphql only.
  { target: './server/src', from: ['./agent', './cli', './web'] },
  { target: './agent/src', from: ['./server', './cli', './web'] },
  { target: './cli/src', from: ['./server', './agent', './web'] },
  { target: './web/src', from: ['./server', './agent', './cli'] },
]

const environment = { object: 'process', property: 'env', message: 'Read it in env.ts, validated, and pass it on.' }
const sources = 'Take it from the clock or the ids that you were given (clock.ts, ids.ts).'
const clockAndChance = [
  { object: 'Date', property: 'now', message: sources },
  { object: 'Math', property: 'random', message: sources },
  { object: 'crypto', property: 'randomUUID', message: sources },
]
const environmentImports = ['process', 'node:process'].map((name) => ({
  name,
  importNames: ['env'],
  message: environment.message,
}))
const idImports = [
  ...['crypto', 'node:crypto'].map((name) => ({ name, importNames: ['randomUUID'], message: sources })),
  { name: 'uuid', importNames: ['v1', 'v4', 'v6', 'v7'], message: sources },
]

const tests = ['**/test/**', '**/*.test.{ts,tsx}', 'bench/**']
const tools = ['scripts/**', '**/*.config.{js,ts}']

export default defineConfig(
  globalIgnores(['**/dist/', '**/generated/', '**/coverage/', '.cache/', '.reckon/']),
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.config.ts', '*/*.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    plugins: { 'import-x': importX },
    settings: {
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts', '.tsx'] },
      'import-x/resolver-next': [createNodeResolver({ extensions: ['.ts', '.tsx', '.js'] })],
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'import-x/no-cycle': 'error',
      'import-x/no-restricted-paths': ['error', { zones, basePath: import.meta.dirname }],
      'no-restricted-properties': ['error', environment, ...clockAndChance],
      'no-restricted-imports': ['error', { paths: [...environmentImports, ...idImports] }],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: sources },
        { selector: "CallExpression[callee.name='Date']", message: sources },
      ],
    },
  },
  {
    files: ['server/src/domain/**'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '^(?!\\.{1,2}/|fraction\\.js$|tinyqueue$)',
              message: 'The domain imports no framework, no database and no Node module.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['web/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
    rules: { 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/env.ts'],
    rules: {
      'no-restricted-properties': ['error', ...clockAndChance],
      'no-restricted-imports': ['error', { paths: idImports }],
    },
  },
  {
    files: ['**/clock.ts', '**/ids.ts', '**/main.ts', '**/main.tsx'],
    rules: {
      'no-restricted-properties': ['error', environment],
      'no-restricted-imports': ['error', { paths: environmentImports }],
      'no-restricted-syntax': 'off',
    },
  },
  {
    files: [...tests, ...tools],
    rules: { 'no-restricted-properties': 'off', 'no-restricted-imports': 'off', 'no-restricted-syntax': 'off' },
  },
)
