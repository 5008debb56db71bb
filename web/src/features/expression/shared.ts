import { createContext, use } from 'react'

/** Whether an expression is shown to somebody who has a link to it and nothing else: there is nothing to change, and less to ask for. */
export const IsSharedContext = createContext(false)

export const useIsShared = (): boolean => use(IsSharedContext)
