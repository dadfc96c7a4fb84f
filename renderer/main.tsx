import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createTranslate } from '../common/i18n.ts'
import { App } from './app.tsx'
import './base.css'
import { createClock } from './clock.ts'
import { chooseHost } from './host/choose-host.ts'
import { ServicesContext } from './services.ts'
import './tokens.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

const services = {
  host: chooseHost(window),
  t: createTranslate(),
  minutes: createClock(15_000),
  seconds: createClock(1000),
}

createRoot(root).render(
  <StrictMode>
    <ServicesContext value={services}>
      <App />
    </ServicesContext>
  </StrictMode>,
)
