import ts from 'typescript'

/** Attributes that people read or hear, of elements and of components. */
const readAttributes =
  /^(label|title|aria-label|aria-description|aria-valuetext|placeholder|hint|note|question|warning|alt|name|action|object|word)$/

/** Names that are the same in every language, and words of CSS and of the web that look like words. */
const namesOfThings =
  /^(Reckon|index\.html has no #root|Authorization: Bearer.*|single-key shortcuts|main h1|\d+px system-ui, sans-serif|600 \d+px .*|(Canvas|Link|Gray|Highlight)(Text)?|no clipboard|draft of .*|Ctrl K|stay on the form|PgUp PgDn|Home End|Linux, macOS|Windows|Mac OS X|input, textarea, select|application\/.*)$/

/** A text as it is written: where it stands makes no difference. */
export const isLoose = (node: ts.Node): boolean =>
  ts.isJsxText(node) ||
  ts.isStringLiteral(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isTemplateExpression(node)

/** Whether a text stands where people read it, or is a sentence wherever it stands. */
export function isForPeople(node: ts.Node): boolean {
  if (ts.isJsxText(node)) return hasWord(node.text) && !namesOfThings.test(node.text.trim())
  if (isTechnical(node)) return false
  const text = ts.isTemplateExpression(node) ? partsOf(node) : (node as ts.StringLiteral).text
  if (!hasWord(text) || namesOfThings.test(text)) return false
  return isShown(node) || /\p{L}{2,},? \p{L}{2,}/u.test(text)
}

/** Letters of entities are none, and names of functions in a formula are what one types in any language. */
const hasWord = (text: string): boolean => /\p{L}{2,}/u.test(text.replace(/&\w+;/g, '')) && !/^sum\(/.test(text)

const partsOf = ({ head, templateSpans }: ts.TemplateExpression): string =>
  [head.text, ...templateSpans.map(({ literal }) => literal.text)].join('…')

/** For programs: what is imported, compared, thrown, a type, a key, or a class. */
function isTechnical(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isImportDeclaration(parent) || ts.isLiteralTypeNode(parent) || ts.isCaseClause(parent)) return true
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true
  if (ts.isBinaryExpression(parent) && /^[!=]==$|^in$/.test(parent.operatorToken.getText())) return true
  if (ts.isNewExpression(parent) && /Error$/.test(parent.expression.getText())) return true
  if (ts.isJsxAttribute(parent))
    return /^(className|style|d|viewBox|autoComplete|role|rel|key|data-.*)$/.test(parent.name.getText())
  return ts.isElementAccessExpression(parent)
}

/** Whether it becomes a child of an element or an attribute that is read, as one of several outcomes too. */
function isShown(node: ts.Node): boolean {
  let child = node
  let { parent } = node
  while (
    ts.isParenthesizedExpression(parent) ||
    (ts.isConditionalExpression(parent) && parent.condition !== child) ||
    (ts.isBinaryExpression(parent) && /^(&&|\|\||\?\?)$/.test(parent.operatorToken.getText()) && parent.right === child)
  ) {
    child = parent
    parent = parent.parent
  }
  if (ts.isJsxExpression(parent)) ({ parent } = parent)
  else if (!ts.isJsxAttribute(parent)) return isWordOfConstant(child, parent)
  if (!ts.isJsxAttribute(parent)) return true
  const name = parent.name.getText()
  // Of fields of a form it is what they are sent under.
  return readAttributes.test(name) && !(name === 'name' && /^(TextField|input|meta)$/.test(elementOf(parent)))
}

const elementOf = (attribute: ts.JsxAttribute): string => attribute.parent.parent.tagName.getText()

/** As of an option or a status: `{ value: 'all', label: 'All' }`. */
const isWordOfConstant = (child: ts.Node, parent: ts.Node): boolean =>
  ts.isPropertyAssignment(parent) &&
  parent.initializer === child &&
  /^(label|title|word|question)$/.test(parent.name.getText())
