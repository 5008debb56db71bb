/** A value as it stands in a document, and as it stands among the variables. Texts, since JSON can say what no value of JavaScript can. */
export interface Written {
  readonly literal: string
  readonly json: string
}

export const same = (text: string): Written => ({ literal: text, json: text })

export const ofText = (text: string): Written => same(JSON.stringify(text))

export const ofEnum = (name: string): Written => ({ literal: name, json: JSON.stringify(name) })

export const ofList = (items: readonly Written[]): Written => ({
  literal: `[${items.map(({ literal }) => literal).join(', ')}]`,
  json: `[${items.map(({ json }) => json).join(',')}]`,
})

export const ofFields = (fields: readonly (readonly [string, Written])[]): Written => ({
  literal: `{ ${fields.map(([name, { literal }]) => `${name}: ${literal}`).join(', ')} }`,
  json: `{${fields.map(([name, { json }]) => `${JSON.stringify(name)}:${json}`).join(',')}}`,
})
