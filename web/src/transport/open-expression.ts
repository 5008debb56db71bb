import { createContext, use } from 'react'

/** Goes to an expression, of which the page has been given all that it shows first; not where one has left for another page. */
export type OpenExpression = (id: string) => Promise<void>

/** Asked for when one begins to wait for an expression that is to be opened. */
export type ExpressionOpener = () => OpenExpression

export const ExpressionOpenerContext = createContext<ExpressionOpener | null>(null)

export function useExpressionOpener(): ExpressionOpener {
  const opener = use(ExpressionOpenerContext)
  if (!opener) throw new Error('useExpressionOpener stands outside of ExpressionOpenerContext')
  return opener
}
