import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import './base.css'
import { createClock } from './clock.ts'
import { chooseHost } from './host/choose-host.ts'
import { LanguageProvider } from './language-provider.tsx'
import './tokens.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const services = {
  host: chooseHost(window),
  minutes: createClock(15_000),
  seconds: createClock(1000),
}

createRoot(root).render(
  <StrictMode>
    <Suspense>
      <LanguageProvider services={services} system={navigator.languages}>
        <App />
      </LanguageProvider>
    </Suspense>
  </StrictMode>,
)
