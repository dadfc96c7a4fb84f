import { useEffect, useRef } from 'react'
import { openAttemptPath } from '../../common/contract/bridge.ts'
import type { SignInMethod } from '../../common/contract/sign-in-method.ts'
import type { AttemptView, LinkOwner } from '../../common/contract/snapshot.ts'
import { useServices } from '../services/services.ts'
import { useTask } from '../services/use-task.ts'
import { Button } from '../ui/button.tsx'
import { FailureNote } from '../ui/failure-note.tsx'
import { LinkButton } from '../ui/link-button.tsx'
import { CopyLink } from './copy-link.tsx'
import { Countdown } from './countdown.tsx'
import { DeviceCode } from './device-code.tsx'
import { NextAddress } from './next-address.tsx'
import { OtherOwner } from './other-owner.tsx'
import { OtherWays } from './other-ways.tsx'
import { PasteBox } from './paste-box.tsx'
import { RefusalQuestion } from './refusal-question.tsx'
import styles from './sign-in.module.css'
import { SiteLine } from './site-line.tsx'
import type { SignIn } from './use-sign-in.ts'

interface WaitingStepProps {
  readonly attempt: AttemptView
  readonly linkOwner: LinkOwner | null
  readonly signIn: SignIn
}

/**
 * The forum's page is open, or should be: shows the time left, and what to do when no response arrives automatically.
 */
export const WaitingStep = ({ attempt, linkOwner, signIn }: WaitingStepProps) => {
  const { t, host } = useServices()
  const switching = useTask()
  const page = useRef<HTMLAnchorElement>(null)
  const reported = attempt.state.kind === 'waiting' ? attempt.state.failure : null
  const failure = switching.state.kind === 'failed' ? switching.state.failure : reported
  const isOpened = signIn.noteOf(attempt.id) === 'opened'
  // The button that opened the page is gone. Where a code is to be pasted, its field takes the focus.
  const hasField = useRef(attempt.method !== 'device')
  useEffect(() => {
    if (!hasField.current) page.current?.focus()
  }, [])

  const change = async (method: SignInMethod) => {
    const result = await switching.run(host.execute('attempt.switch', { attempt: attempt.id, method }))
    if (!result.ok) return
    signIn.noteSwitched(attempt.id)
    // The button that was pressed is gone; the next thing to do is to open the other page.
    page.current?.focus()
  }

  return (
    <div className={styles['step']}>
      <SiteLine site={attempt.site} />
      <div className={styles['waiting']}>
        <p>{t('add.waiting')}</p>
        <Countdown until={attempt.expiresAt} />
      </div>
      <div className={styles['pageLinks']}>
        <LinkButton
          ref={page}
          look={isOpened ? 'plain' : 'primary'}
          href={openAttemptPath(attempt.id)}
          onOpen={() => signIn.noteOpened(attempt.id)}
        >
          {t(isOpened ? 'add.openAgain' : 'add.openPage')}
        </LinkButton>
        <CopyLink attempt={attempt.id} />
      </div>
      <RefusalQuestion title={attempt.site.title} />
      <OtherOwner attempt={attempt} owner={linkOwner} />
      {attempt.method === 'device' && attempt.userCode !== null ? (
        <>
          <DeviceCode code={attempt.userCode} />
          {failure !== null && <FailureNote failure={failure} />}
          <OtherWays
            attempt={attempt}
            isBusy={switching.state.kind === 'busy'}
            onSwitch={(method) => void change(method)}
          />
          <NextAddress signIn={signIn} />
          <div className={styles['actions']}>
            <Button onClick={() => void signIn.dismiss(attempt.id)}>{t('add.cancel')}</Button>
          </div>
        </>
      ) : (
        <PasteBox
          attempt={attempt}
          switching={switching.state}
          onSwitch={(method) => void change(method)}
          signIn={signIn}
        />
      )}
    </div>
  )
}
