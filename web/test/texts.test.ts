/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseMessage, type Piece } from '../src/language/message.ts'
import { parts } from '../src/language/parts.ts'
import { russianWith } from '../src/language/ru/index.ts'
import { readTexts, textsOf } from './texts/source-texts.ts'

const first = Object.keys(await russianWith([]))
const russian = await russianWith(parts)

/** Names of what the server tells. */
const ofServer = /^(code|field|operation):/

/** What stands on pages whose code is in the first view, though its folder has others too. */
const isFirst =
  /^features\/account\/(SignInPage|SignUpPage|CredentialsForm|AccountCard|problems|useIsRegistrationOpen|invitation)\./

const { uses, loose, stale } = readTexts()
const messages = new Set(uses.map(({ message }) => message))

/** What a message is filled with: values, choices and elements by name. */
const namesIn = (pieces: readonly Piece[]): string[] =>
  pieces.flatMap((piece) => {
    if (typeof piece === 'string' || piece.kind === 'count') return []
    if (piece.kind === 'element') return [piece.name, ...namesIn(piece.inside)]
    return piece.kind === 'value' ? [piece.name] : [piece.name, ...[...piece.forms.values()].flatMap(namesIn)]
  })

const named = (message: string): string[] => [...new Set(namesIn(parseMessage(message)))].sort()

/** Forms of each plural that lack one that its language has, or have one that it has not. */
const wrongPlurals = (pieces: readonly Piece[], language: string): string[] =>
  pieces.flatMap((piece) => {
    if (typeof piece === 'string' || piece.kind === 'count' || piece.kind === 'value') return []
    if (piece.kind === 'element') return wrongPlurals(piece.inside, language)
    const inside = [...piece.forms.values()].flatMap((form) => wrongPlurals(form, language))
    if (!piece.isPlural) return piece.forms.has('other') ? inside : [`${piece.name} has no other`, ...inside]
    const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories.toSorted()
    const forms = [...piece.forms.keys()].filter((form) => !form.startsWith('=')).sort()
    // Where all numbers have the same form, one is enough.
    return forms.join() === wanted.join() || forms.join() === 'other'
      ? inside
      : [`${piece.name}: ${forms.join()}`, ...inside]
  })

describe('texts of the page', () => {
  it('are all written to be translated', () => expect(loose).toEqual([]))

  it('change with the language where a component is memoised', () => expect(stale).toEqual([]))

  it('all have their Russian', () => {
    expect(uses.filter(({ message }) => !Object.hasOwn(russian, message))).toEqual([])
    expect(Object.entries(russian).filter(([, translation]) => translation.trim() === '')).toEqual([])
  })

  it('are all used that have Russian, which stands once', async () => {
    expect(Object.keys(russian).filter((message) => !messages.has(message) && !ofServer.test(message))).toEqual([])
    const files = import.meta.glob<Record<string, Record<string, string>>>('../src/language/ru/*.ts', { eager: true })
    const parts = Object.entries(files).filter(([file]) => !file.endsWith('/index.ts'))
    const keys = parts.flatMap(([, exported]) => Object.values(exported).flatMap((part) => Object.keys(part)))
    expect(keys.filter((key, place) => keys.indexOf(key) !== place)).toEqual([])
    expect(keys.filter((key) => !Object.hasOwn(russian, key))).toEqual([])
  })

  it('are there with the first view, or come with the pages of the folder that has them', async () => {
    const files = import.meta.glob<Record<string, Record<string, string>>>('../src/language/ru/*.ts', { eager: true })
    const textsOf = (part: string) => Object.keys(files[`../src/language/ru/${part}.ts`]?.[part] ?? {})
    const come: Readonly<Record<string, readonly string[]>> = {
      ...Object.fromEntries(parts.map((part) => [part, textsOf(part)])),
    }
    const lacking = uses.filter(({ message, place }) => {
      const folder = isFirst.test(place) ? 'first' : (/^features\/(\w+)/.exec(place)?.[1] ?? 'first')
      const there = [...(come[folder] ?? []), ...(folder === 'agents' ? textsOf('cluster') : [])]
      return !there.includes(message) && parts.some((part) => textsOf(part).includes(message))
    })
    expect(lacking).toEqual([])
    expect(first.length).toBeGreaterThan(100)
  })

  it('are filled with what they name, in both languages', () => {
    expect(
      uses.filter(
        ({ message, values }) =>
          values && values.every((name) => name !== '…') && values.toSorted().join() !== named(message).join(),
      ),
    ).toEqual([])
    expect(
      Object.entries(russian).filter(
        ([english, translation]) => !ofServer.test(english) && named(english).join() !== named(translation).join(),
      ),
    ).toEqual([])
  })

  it('have the plural forms of their language', () => {
    expect([...messages].flatMap((message) => wrongPlurals(parseMessage(message), 'en'))).toEqual([])
    expect(
      Object.values(russian).flatMap((message) =>
        wrongPlurals(parseMessage(message), 'ru').map((w) => `${w} in ${message}`),
      ),
    ).toEqual([])
  })
})

describe('what the server says in English', () => {
  const root = new URL('../../', import.meta.url)
  const read = (file: string) => readFileSync(new URL(file, root), 'utf8')
  const named = (kind: string) =>
    Object.keys(russian).flatMap((key) => (key.startsWith(`${kind}:`) ? [key.slice(kind.length + 1)] : []))

  it('has Russian under codes that it has', () => {
    const codes = read('docs/errors.md')
    expect(named('code').filter((code) => !codes.includes(`| \`${code.replace(/ at$/, '')}\` |`))).toEqual([])
  })

  it('has Russian for each operation of its own', () => {
    const operations = [
      ...read('server/src/domain/operation.ts').matchAll(/^ {4}?'(.)'|^ {2}'(.)': '|^ {2}\['(\w+)'|^ {4}'(\w+)',$/gm),
    ]
    const names = operations.map((found) => found.slice(1).find((name) => name !== undefined) ?? '')
    expect(named('operation').toSorted()).toEqual(names.toSorted())
  })

  it('has Russian under sentences about fields that it says', () => {
    const files = readdirSync(new URL('server/src/use-cases', root), { recursive: true, encoding: 'utf8' })
    const source = files.flatMap((file) => (file.endsWith('.ts') ? read(`server/src/use-cases/${file}`) : [])).join('')
    const said = source.replace(/\$\{[^}]+\}/g, '{n}')
    const numbers = (sentence: string) => sentence.replace(/\d+/g, '{n}')
    expect(named('field').filter((sentence) => !numbers(said).includes(numbers(sentence)))).toEqual([])
  })
})

describe('a text that is not written to be translated', () => {
  it.each([
    '<p>Nothing here yet</p>',
    '<Button title="Show all">×</Button>',
    '<Button>{isBusy ? "Saving" : t("Save")}</Button>',
    '<p>{count > 0 && `${count} failed`}</p>',
    'const problem = "The server did not answer."',
    'const filters = [{ value: "all", label: "All" }]',
  ])('is found: %s', (code) => expect(textsOf('some.tsx', code).loose).toHaveLength(1))

  it.each([
    '<p className="wide page">×</p>',
    'if (kind === "not found") stop()',
    '<p>{t("Nothing here yet")}</p>',
    'throw new Error("a bug of ours")',
  ])('is not: %s', (code) => expect(textsOf('some.tsx', code).loose).toEqual([]))
})
