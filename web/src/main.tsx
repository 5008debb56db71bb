import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { post } from './transport/post.ts'
import { createSession } from './transport/session.ts'
import './tokens.css'
import './base.css'
import './components/tone.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const session = createSession({ post })
void session.refresh()

createRoot(root).render(
  <StrictMode>
    <App session={session} />
  </StrictMode>,
)
