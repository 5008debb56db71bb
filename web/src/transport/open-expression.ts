import { createContext, use } from 'react'

/** Goes to an expression, of which the page has been given all that it shows first. */
export type OpenExpression = (id: string) => Promise<void>

export const OpenExpressionContext = createContext<OpenExpression | null>(null)

export function useOpenExpression(): OpenExpression {
  const open = use(OpenExpressionContext)
  if (!open) throw new Error('useOpenExpression stands outside of OpenExpressionContext')
  return open
}
