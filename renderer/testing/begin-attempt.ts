import { screen, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { ok } from '../../common/contract/failure.ts'
import { attempt, meta, now, snapshot } from '../../common/testing/samples.ts'
import type { FakeHost } from './fake-host.ts'
import { renderApp } from './render-app.tsx'

/** What a look at Meta's address gives. */
export const found = ok(meta)
export const begun = ok({ attempt: 'attempt-1', expiresAt: now + 600_000 })

/** The dialog that is open. */
export const dialog = () => within(screen.getByRole('dialog'))

export const submitAddress = async (user: UserEvent, address = 'meta.example') => {
  await user.click(screen.getByRole('button', { name: 'Add a forum' }))
  await user.type(screen.getByLabelText('Address'), `${address}{Enter}`)
}

/** The app with an attempt that was begun here and is in the snapshot. */
export const withAttempt = async (some: Parameters<typeof attempt>[0] = {}) => {
  const app = renderApp(snapshot())
  app.host.answer('site.inspect', () => found)
  app.host.answer('attempt.begin', () => begun)
  await submitAddress(app.user)
  app.push(snapshot({ attempts: [attempt(some)] }))
  return app
}

/** The same, and the approval page was opened. */
export const withOpenedPage = async () => {
  const app = await withAttempt()
  await app.user.click(dialog().getByRole('link', { name: 'Open Meta to approve' }))
  return app
}

/** Which commands were sent. */
export const names = (host: FakeHost) => host.sent.map(([name]) => name)
