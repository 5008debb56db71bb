/// <reference types="node" />
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'
import { isForPeople, isLoose } from './loose-texts.ts'

const source = fileURLToPath(new URL('../../src/', import.meta.url))

/** A text of the source, shown by `t`, `tx` or `msg`. */
export interface Use {
  readonly message: string
  readonly place: string
  /** Names of the values that it is shown with; null where that is told elsewhere, as of what `msg` marks. */
  readonly values: readonly string[] | null
}

export interface Texts {
  readonly uses: readonly Use[]
  /** What is written for people, and not in a language. */
  readonly loose: readonly string[]
  /** Memoised components that keep the old language. */
  readonly stale: readonly string[]
}

/** All of `web/src`, but its catalogues and what is generated. */
export function readTexts(): Texts {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && !file.startsWith('generated') && !/^language[\\/]ru[\\/]/.test(file),
  )
  const found = files.map((file) => textsOf(file, readFileSync(path.join(source, file), 'utf8')))
  return {
    uses: found.flatMap(({ uses }) => uses),
    loose: found.flatMap(({ loose }) => loose),
    stale: found.flatMap(({ stale }) => stale),
  }
}

export function textsOf(file: string, code: string): Texts {
  const tree = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true)
  const uses: Use[] = []
  const loose: string[] = []
  const stale: string[] = []
  const placeOf = (node: ts.Node) => `${file}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`

  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) {
      const callee = node.expression.getText()
      const [first, second] = node.arguments
      if (/^(t|tx|msg)$/.test(callee) && first && ts.isStringLiteralLike(first)) {
        uses.push({ message: first.text, place: placeOf(node), values: callee === 'msg' ? null : namesIn(second) })
        if (second) visit(second)
        return
      }
      if (callee === 'memo' && !node.getText().includes('useLanguage()')) stale.push(placeOf(node))
      if (callee === 'graphql') return
    }
    if (isLoose(node) && isForPeople(node)) loose.push(`${placeOf(node)} ${node.getText().trim().slice(0, 80)}`)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return { uses, loose, stale }
}

/** Null where they are put together elsewhere. */
function namesIn(values: ts.Expression | undefined): string[] | null {
  if (values === undefined) return []
  if (!ts.isObjectLiteralExpression(values)) return null
  return values.properties.map(({ name }) => name?.getText() ?? '…')
}
