// Before all others: the first snapshot is on its way while the rest of the page is evaluated.
import './host/own-host.ts'

import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { firstViews, preload } from './app/first-views.tsx'
import { firstPaint } from './host/first-paint.ts'
import { ownHost } from './host/own-host.ts'
import './app/base.css'
import { dateText } from '../common/i18n/time-text.ts'
import { createClock } from './services/clock.ts'
import { keepKnownTimes, recallKnownTimes } from './services/known-times.ts'
import { LanguageProvider, preloadTexts } from './services/language-provider.tsx'
import './app/tokens.css'
import { holdBackUntil } from './ui/use-is-painted.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const services = {
  host: ownHost,
  minutes: createClock(15_000),
  seconds: createClock(1000),
}

/** Milliseconds that the first snapshot is waited for before its shape is shown: drawing that would only hold it up. */
const skeletonDelay = 100

let isRendered = false
const render = () => {
  if (isRendered) return
  isRendered = true
  end()
  window.clearTimeout(timer)
  const painted = firstPaint(window)
  holdBackUntil(painted)
  void painted.then(() => keepKnownTimes(times))
  // No `Suspense`: what had stood in the place of the page, React would leave there for 300 ms.
  createRoot(root).render(
    <StrictMode>
      <LanguageProvider services={services} system={navigator.languages}>
        <App />
      </LanguageProvider>
    </StrictMode>,
  )
}
// What the window begins with is on its way together with the snapshot, and rendered together with it.
const views = firstViews(null)
const renderIfReady = () => {
  if (services.host.getState().snapshot === null || views.every((view) => view.isLoaded())) render()
}
void preload(views).then(() => {
  if (services.host.getState().snapshot !== null) render()
})
const texts = preloadTexts(navigator.languages)
const times = { storage: window.localStorage, browser: navigator.userAgent }
// The first date takes the browser some 10 ms, in which the page would only wait for its first snapshot.
if (!recallKnownTimes(times)) void texts.then((t) => dateText(t, Date.now()))
const end = services.host.subscribe(renderIfReady)
const timer = window.setTimeout(render, skeletonDelay)
