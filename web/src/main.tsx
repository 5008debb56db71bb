import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/App.tsx'
import { createRouter } from './app/router.tsx'
import { languageIsThere, session } from './session.ts'
import './tokens.css'
import './base.css'
import './components/tone.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

const router = createRouter(session)
void languageIsThere.then(() =>
  createRoot(root).render(
    <StrictMode>
      <App session={session} router={router} />
    </StrictMode>,
  ),
)
