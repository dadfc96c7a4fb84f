// Before all others: the first snapshot is on its way while the rest of the page is evaluated.
import './host/own-host.ts'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { ownHost } from './host/own-host.ts'
import './app/base.css'
import { createClock } from './services/clock.ts'
import { LanguageProvider, preloadTexts } from './services/language-provider.tsx'
import './app/tokens.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const services = {
  host: ownHost,
  minutes: createClock(15_000),
  seconds: createClock(1000),
}

/** Milliseconds that the first snapshot is waited for before its shape is shown: drawing that would only hold it up. */
const skeletonDelay = 100

const render = () => {
  end()
  window.clearTimeout(timer)
  // No `Suspense`: what had stood in the place of the page, React would leave there for 300 ms.
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider services={services} system={navigator.languages}>
        <App />
      </LanguageProvider>
    </StrictMode>,
  )
}
void preloadTexts(navigator.languages)
const end = services.host.subscribe(render)
const timer = window.setTimeout(render, skeletonDelay)
