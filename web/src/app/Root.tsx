import { Outlet } from 'react-router'
import { HeadingFocus } from './HeadingFocus.tsx'

/** What all pages have, whoever looks at them. */
export const Root = () => (
  <>
    <HeadingFocus />
    <Outlet />
  </>
)
