/** The address of an expression's page. */
export const expressionPath = (id: string): string => `/expressions/${encodeURIComponent(id)}`
