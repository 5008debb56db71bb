import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = path.join(root, 'ops/kubernetes')

interface Manifest {
  readonly apiVersion: string
  readonly kind: string
}

interface Compose {
  readonly services: Readonly<Record<'server' | 'agent', { readonly environment: Readonly<Record<string, string>> }>>
}

interface NameReferences {
  readonly nameReference: readonly { readonly kind: string; readonly fieldSpecs: readonly unknown[] }[]
}

/** What is no resource of Kubernetes itself: of these the package has no types. */
const foreign = ['kustomize.config.k8s.io', 'keda.sh']

const isForeign = ({ apiVersion }: Manifest) => foreign.includes(apiVersion.split('/')[0] ?? '')

/** Throws where a file is no YAML, or says one thing twice. */
function manifestsOf(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(path.join(folder, file), 'utf8')).map((document) => {
    if (document.errors[0]) throw document.errors[0]
    return document.toJS() as Manifest
  })
}

/** `apps/v1`, and of the core `core/v1`; a group's domain is no part of a path. */
const moduleOf = ({ apiVersion }: Manifest): string => {
  const [version = '', group = 'core'] = apiVersion.split('/').reverse()
  return `kubernetes-types/${group.split('.')[0]}/${version}`
}

const source = path.join(root, 'server/test/manifests.ts')

/** What TypeScript has against them: a literal has only fields that its type knows, and all that it requires. See docs/decisions/0052. */
function problemsOf(manifests: readonly Manifest[]): string[] {
  const text = manifests
    .map((manifest, place) => {
      const type = `import('${moduleOf(manifest)}').${manifest.kind}`
      return `export const manifest${place}: ${type} = ${JSON.stringify(manifest)}`
    })
    .join('\n')
  const options: ts.CompilerOptions = {
    ...{ strict: true, noEmit: true, skipLibCheck: true, types: [], lib: ['lib.es2022.d.ts'] },
    ...{ target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  }
  const host = ts.createCompilerHost(options)
  const read = host.getSourceFile.bind(host)
  host.getSourceFile = (name, language, ...rest) =>
    name === source ? ts.createSourceFile(name, text, language) : read(name, language, ...rest)
  const program = ts.createProgram([source], options, host)
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}

const files = readdirSync(folder).filter((file) => file.endsWith('.yaml') && file !== 'names.yaml')

describe('the manifests for Kubernetes', () => {
  test('have the fields that Kubernetes knows, and all that it requires', () => {
    const own = files.flatMap(manifestsOf).filter((manifest) => !isForeign(manifest))
    expect(own.map(({ kind }) => kind).sort()).toEqual([
      ...['Deployment', 'Deployment', 'HorizontalPodAutoscaler', 'Ingress', 'PodDisruptionBudget', 'Service'],
    ])
    expect(problemsOf(own)).toEqual([])
  })

  test('would not pass with a field that is misspelled, one that is missing, or one of another kind', () => {
    const [server] = manifestsOf('server.yaml')
    const [autoscaler] = manifestsOf('hpa.yaml')
    const damaged = [
      [server, /"terminationGracePeriodSeconds"/, '"terminationGracePeriod"'],
      [server, /"containerPort":\d+/, '"hostPort":4000'],
      [server, /"replicas":\d+/, '"replicas":"2"'],
      [autoscaler, /"stabilizationWindowSeconds"/, '"stabilisationWindowSeconds"'],
    ] as const
    const broken = damaged.map(([manifest, good, bad]) => {
      const text = JSON.stringify(manifest)
      expect(text).toMatch(good)
      return JSON.parse(text.replace(good, bad)) as Manifest
    })
    expect(problemsOf(broken)).toHaveLength(damaged.length)
  })

  test('and the file for compose set what the programs read', () => {
    const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
    const known = new Set(`${read('server/src/env.ts')} ${read('agent/src/env.ts')}`.match(/\b[A-Z][A-Z_]+\b/g))
    const inManifests = ['server.yaml', 'agent.yaml'].flatMap((file) =>
      [...read(`ops/kubernetes/${file}`).matchAll(/name: ([A-Z][A-Z_]+)\b/g)].map(([, name]) => name ?? ''),
    )
    const secrets = [...read('ops/kubernetes/secret.env.example').matchAll(/^([A-Z_]+)=/gm)].map(
      ([, name]) => name ?? '',
    )
    const { services } = parse(read('docker-compose.yml'), { merge: true }) as Compose
    const inCompose = [services.server, services.agent].flatMap(({ environment }) => Object.keys(environment))
    for (const names of [inManifests, secrets, inCompose]) {
      expect(names).not.toEqual([])
      expect(names.filter((name) => !known.has(name.replace(/_FILE$/, '')))).toEqual([])
    }
  })

  test('name the Secret where Kustomize finds it: its own name has a hash of what is in it', () => {
    const [kustomization] = manifestsOf('kustomization.yaml') as (Manifest & { readonly configurations: string[] })[]
    expect(kustomization?.configurations).toEqual(['names.yaml'])
    const { nameReference } = parse(readFileSync(path.join(folder, 'names.yaml'), 'utf8')) as NameReferences
    const [secrets] = nameReference
    expect(secrets?.kind).toBe('Secret')
    const [, trigger] = manifestsOf('keda.yaml') as (Manifest & { readonly spec: Readonly<Record<string, unknown>> })[]
    expect(secrets?.fieldSpecs).toEqual([{ kind: trigger?.kind, path: 'spec/secretTargetRef/name' }])
    expect(trigger?.spec['secretTargetRef']).toMatchObject([{ name: 'reckon' }])
  })

  test('are all among the resources, but for the one that stands in the place of another', () => {
    const { resources } = manifestsOf('kustomization.yaml')[0] as Manifest & { readonly resources: readonly string[] }
    const others = files.filter((file) => !resources.includes(file))
    expect(others.sort()).toEqual(['keda.yaml', 'kustomization.yaml'])
    expect(resources.filter((file) => !files.includes(file))).toEqual([])
  })
})
