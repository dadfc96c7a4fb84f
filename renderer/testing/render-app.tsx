import { act, cleanup, render } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach } from 'vitest'
import type { Snapshot } from '../../common/contract/snapshot.ts'
import { createTranslate } from '../../common/i18n/i18n.ts'
import { now } from '../../common/testing/samples.ts'
import { App } from '../app/app.tsx'
import { createClock } from '../services/clock.ts'
import { ServicesContext } from '../services/services.ts'
import { loadFloating } from '../ui/use-floating.ts'
import { createFakeHost } from './fake-host.ts'
import { loadLazyViews } from './load-lazy-views.ts'
import { setWidth } from './set-width.ts'

// happy-dom would follow a link that is clicked.
const stay = (event: Event) => {
  if (event.target instanceof Element && event.target.closest('a') !== null) event.preventDefault()
}
document.addEventListener('click', stay)

// As in a page that has been used for a moment.
await loadFloating()

afterEach(cleanup)

await loadLazyViews()

/**
 * Shows the whole app on a fake host, at the time `now` of the samples.
 * @param address the fragment of the page's address, which says what view is shown
 * @param onText called with the key of each text that a component asks for as it is rendered
 */
export const renderApp = (
  first: Snapshot,
  onText: (key: string) => void = () => undefined,
  isDesktop = false,
  width = 360,
  address = '#/',
) => {
  window.history.replaceState(null, '', address)
  // As wide as the popup, unless a test says otherwise.
  setWidth(width)
  const host = createFakeHost(first, isDesktop)
  let time = now
  const clock = { minutes: createClock(15_000, () => time), seconds: createClock(1000, () => time) }
  const t = new Proxy(createTranslate(), {
    apply: (translate, self, args: unknown[]) => {
      onText(String(args[0]))
      return Reflect.apply(translate, self, args)
    },
  })
  render(
    <ServicesContext value={{ host, t, ...clock }}>
      <App />
    </ServicesContext>,
  )
  return {
    host,
    user: userEvent.setup(),
    push: (snapshot: Snapshot) => act(() => host.push(snapshot)),
    /** Lets so many milliseconds pass; clocks tick when the page is shown again. */
    elapse: (milliseconds: number) =>
      act(() => {
        time += milliseconds
        document.dispatchEvent(new Event('visibilitychange'))
      }),
  }
}

/** What Esc does to an open modal dialog in a browser (HTML standard, close requests); happy-dom does nothing. */
export const pressEscape = (dialog: HTMLElement) =>
  act(() => {
    if (!(dialog instanceof HTMLDialogElement)) throw new Error('not a dialog')
    const goesOn = dialog.dispatchEvent(new Event('cancel', { cancelable: true }))
    if (goesOn) dialog.close()
  })
