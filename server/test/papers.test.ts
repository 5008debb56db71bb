import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Files below these folders, with `/` before each, so that the end of a path can be compared from a folder's name on. */
const files = [
  ...[
    'server/src',
    'server/test',
    'agent/src',
    'agent/test',
    'cli/src',
    'cli/test',
    'web/src',
    'web/test',
    'web/build',
  ],
  ...['bench/src', 'bench/peers', 'scripts', 'docs', 'prisma', 'ops', '.ci', '.github'],
].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `/${path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/')}`),
)

const records = readdirSync(path.join(root, 'docs/decisions'))
const papers = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', ...namesIn('docs')]
/** The design names what is planned too, and the style what is to be seen in other repositories. */
const describing = papers.filter((paper) => !['docs/design.md', 'docs/style.md'].includes(paper))
/** Folders that come into being where Reckon runs. */
const made = ['.reckon/']
const sources = files.filter((file) => /\.(tsx?|m?js)$/.test(file)).map((file) => file.slice(1))

function namesIn(folder: string): string[] {
  return readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `${folder}/${name}`)
}

const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')

describe('a decision record', () => {
  it.each(records)('%s says its number, its status and its date', (record) => {
    const [title, , status] = read(`docs/decisions/${record}`).split('\n')
    expect(title).toMatch(new RegExp(`^# ${Number(record.slice(0, 4))}\\. \\S`))
    expect(status).toMatch(/^Status: (accepted|superseded by \[\d+\]\(\S+\)), \d{4}-\d\d-\d\d(; .+)?$/)
  })

  it('has its number for itself', () => {
    expect(new Set(records.map((record) => record.slice(0, 4))).size).toBe(records.length)
  })

  it('is referred to by what it explains, and each reference leads to one', () => {
    const referred = [...sources, 'eslint.config.js'].flatMap((file) => all(read(file), /docs\/decisions\/(\d{4})\b/g))
    expect(new Set(referred)).toEqual(new Set(records.map((record) => record.slice(0, 4))))
  })
})

describe.each([...papers, ...namesIn('docs/decisions')])('%s', (paper) => {
  it('links to files that are there', () => {
    const links = all(read(paper), /\]\((?!https?:|#)([^)#\s]+)[^)]*\)/g)
    expect(links.filter((link) => !existsSync(path.join(root, path.dirname(paper), link)))).toEqual([])
  })
})

describe.each(describing)('%s', (paper) => {
  it('names files and folders that are there', () => {
    const names = all(read(paper), /`([\w./-]+(?:\/|\.(?:tsx?|js|prisma|graphql|md|yml)))`/g)
    const folders = paper === 'docs/architecture.md' ? all(read(paper), /`([\w-]+(?:\/[\w-]+)+)`/g) : []
    expect([...names, ...folders].filter((name) => !made.includes(name) && !isThere(name))).toEqual([])
  })

  it('runs scripts that are there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const run = all(read(paper), /npm run (?:--silent )?([\w:-]+)/g)
    expect(run.filter((name) => !(name in scripts))).toEqual([])
  })
})

/** By its path from the root, or by the end of its path: `plan/regroup.ts`, `realtime/watch/`. */
function isThere(name: string): boolean {
  if (existsSync(path.join(root, name))) return true
  return files.some((file) => (name.endsWith('/') ? file.includes(`/${name}`) : file.endsWith(`/${name}`)))
}
