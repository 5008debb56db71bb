import type { OpenApi, Operation, Parameter, ResponseObject } from './document.ts'
import type { JsonSchema } from './json-schema.ts'

/** In both lights, on any width, without a script. */
export const pageStyle = `
:root { color-scheme: light dark; --line: light-dark(#d5d9e0, #3a3f4a); --soft: light-dark(#f4f6f9, #1c2027);
  --text: light-dark(#1b1f27, #e6e9ef); --dim: light-dark(#525b6b, #a3acbb); --link: light-dark(#0b57d0, #8ab4f8); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; font: 16px/1.55 system-ui, sans-serif; color: var(--text); background: light-dark(#fff, #12151a); }
a { color: var(--link); }
code, pre { font: 0.875em/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 0.75rem 1rem; background: var(--soft); border: 1px solid var(--line); border-radius: 6px; }
section { border-top: 1px solid var(--line); margin-top: 1.5rem; }
h2 { margin-top: 2.5rem; }
h3 { margin-bottom: 0.25rem; overflow-wrap: anywhere; }
h4 { margin: 1rem 0 0.25rem; }
p { margin: 0.5rem 0; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
th, td { text-align: left; vertical-align: top; padding: 0.35rem 0.75rem 0.35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; white-space: nowrap; }
thead th { color: var(--dim); }
nav ul { columns: 18rem; padding-left: 1.25rem; }
`

/** A document as a page of HTML. */
export function pageOf(document: OpenApi, address: string): string {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Reckon: REST</title>
<style>${pageStyle}</style>
</head>
<body>
<main>
<h1>Reckon: REST</h1>
<p>For those who have curl. The same as a document for programs: <a href="${escape(address)}">OpenAPI 3.1</a>.
With <code>TOKEN</code> from the page of your account, or from <code>POST /api/v1/login</code>:</p>
<pre tabindex="0"><code>${escape(example)}</code></pre>
<nav aria-label="Operations"><ul>
${operations.map(({ operation }) => `<li><a href="#${operation.operationId}">${escape(operation.summary)}</a></li>`).join('\n')}
</ul></nav>
<h2>Operations</h2>
${operations.map(({ path, method, operation }) => operationSection(`${method} ${path}`, operation)).join('\n')}
<h2>What is sent and answered</h2>
${Object.entries(document.components.schemas).map(schemaSection).join('\n')}
</main>
</body>
</html>
`
}

const example = `curl -fsS 'https://reckon.example/api/v1/expressions?wait=30' -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{"source": "2+2*2"}'`

function operationSection(address: string, operation: Operation): string {
  const { operationId, summary, description = '', parameters, requestBody, responses } = operation
  return `<section id="${operationId}">
<h3>${escape(summary)}</h3>
<p><code>${escape(address)}</code></p>
${paragraphs(description)}
${parameters.length === 0 ? '' : `<h4>Parameters</h4>${table(['Name', 'Where', 'What'], parameters.map(parameterRow))}`}
${requestBody === undefined ? '' : `<h4>Body</h4><p>${Object.entries(requestBody.content).map(contentText).join(', or ')}</p>`}
<h4>Answers</h4>
${table(['Status', 'What', 'When'], Object.entries(responses).map(responseRow))}
</section>`
}

const parameterRow = ({ name, in: place, description = '' }: Parameter) => [code(name), place, inline(description)]

const responseRow = ([status, { description, content = {} }]: [string, ResponseObject]) => [
  status,
  Object.entries(content).map(contentText).join('<br>'),
  inline(description),
]

const contentText = ([type, { schema }]: [string, { readonly schema: JsonSchema }]) =>
  `${code(type)}: ${typeOf(schema)}`

function schemaSection([name, schema]: [string, JsonSchema]): string {
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>)
  const required = new Set((schema['required'] ?? []) as string[])
  const rows = fields.map(([field, type]) => [
    code(field),
    `${typeOf(type)}${required.has(field) ? '' : ', may be missing'}`,
    inline(String(type['description'] ?? '')),
  ])
  return `<section id="schema-${name}">
<h3>${escape(name)}</h3>
${paragraphs(String(schema['description'] ?? ''))}
${rows.length === 0 ? `<p>${typeOf(schema)}</p>` : table(['Field', 'Type', 'What'], rows)}
</section>`
}

/** A type in words, with links to those that have a name. */
function typeOf(schema: JsonSchema): string {
  const { $ref, type, items, enum: values, const: only, additionalProperties: others } = schema
  if (typeof $ref === 'string') {
    const name = $ref.split('/').at(-1) ?? ''
    return `<a href="#schema-${name}">${escape(name)}</a>`
  }
  const choices = (schema['anyOf'] ?? schema['oneOf']) as JsonSchema[] | undefined
  if (choices) return choices.map(typeOf).join(' or ')
  if (only !== undefined) return code(JSON.stringify(only))
  if (Array.isArray(values)) return values.map((value) => code(String(value))).join(', ')
  if (items !== undefined) return `list of ${typeOf(items as JsonSchema)}`
  if (typeof others === 'object' && others !== null) return `object of ${typeOf(others as JsonSchema)}`
  const fields = schema['properties'] as Record<string, JsonSchema> | undefined
  if (fields)
    return `{ ${Object.entries(fields)
      .map(([name, field]) => `${code(name)}: ${typeOf(field)}`)
      .join(', ')} }`
  return escape(String(type ?? 'anything'))
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('')
  const body = rows.map(([first = '', ...others]) => {
    const cells = others.map((cell) => `<td>${cell}</td>`).join('')
    return `<tr><th scope="row">${first}</th>${cells}</tr>`
  })
  return `<div class="table" tabindex="0"><table><thead><tr>${head}</tr></thead><tbody>${body.join('\n')}</tbody></table></div>`
}

const paragraphs = (text: string) =>
  text
    .split('\n\n')
    .filter((part) => part !== '')
    .map((part) => `<p>${inline(part)}</p>`)
    .join('\n')

/** A text, with what stands in backticks as code. */
const inline = (text: string) => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>')

const code = (text: string) => `<code>${escape(text)}</code>`

const escape = (text: string) =>
  text.replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? '&quot;')
