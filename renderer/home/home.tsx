import { useMemo, useRef, useState } from 'react'
import type { AccountView, Snapshot } from '../../common/contract/snapshot.ts'
import { uncountedNews } from '../../common/glance/badge.ts'
import { mostQuiet } from '../../common/glance/glance.ts'
import { useRowHeight } from '../app/use-appearance.ts'
import { useFirstRows } from '../overview/use-first-rows.ts'
import { useServices } from '../services/services.ts'
import { useAccountNames } from '../services/use-account-names.ts'
import type { Send } from '../services/use-send.ts'
import { QuietRow } from './account-rows.tsx'
import { AttentionRows, type SignInAgain } from './attention-rows.tsx'
import { Fold } from './fold.tsx'
import { ForumSection } from './forum-section.tsx'
import styles from './home.module.css'
import { arrivedSince, type HomeContent, homeContent, mostRows, refreshed } from './home-content.ts'
import pill from './news-pill.module.css'
import { createNewsRows } from './news-rows.ts'
import { openRowMenu } from './open-row-menu.ts'
import { useRovingFocus } from './use-roving-focus.ts'

export interface HomeProps {
  readonly snapshot: Snapshot
  readonly send: Send
  /** Called when an account's page, or one of its notifications, is being opened. */
  readonly onOpen: (account: string) => void
  readonly onSignIn: SignInAgain
}

/** What is new, by forum: trouble first, then the news, then the forums without any. */
export const Home = ({ snapshot, send, onOpen, onSignIn }: HomeProps) => {
  const { t } = useServices()
  const { accounts, preferences } = snapshot
  const list = useRef<HTMLUListElement>(null)
  useRovingFocus(list)
  const [isUnfolded, setUnfolded] = useState(false)
  const names = useAccountNames(accounts)
  const [newsRows] = useState(createNewsRows)
  const live = useMemo(() => homeContent(accounts, newsRows), [accounts, newsRows])
  const { content, arrived, hold, release } = useHeldContent(live, accounts, snapshot.unlisted === null)
  const rowHeight = useRowHeight()
  // No forum with news is lower: its heading, as the style sheet says, and its rows.
  const news = useFirstRows(content.news, ({ groups }) => 28 + rowHeight * Math.min(groups.length, mostRows))
  const quiet = useFirstRows(content.quiet)
  const unlistedQuiet = snapshot.unlisted?.quiet ?? 0
  const isFolding = content.quiet.length + unlistedQuiet > mostQuiet
  const nameOf = (account: AccountView) => names.get(account.id) ?? account.site.title
  const isMuted = ({ id }: AccountView) => preferences.accounts[id]?.level === 'nothing'
  const shared = { send, onOpen }

  const showArrived = () => {
    release()
    // Of what scrolls: in a low window that is not `main` alone.
    list.current?.parentElement?.scrollIntoView()
  }

  return (
    <>
      {arrived > 0 && (
        <button type="button" className={pill['pill']} onClick={showArrived}>
          {t('home.arrived', { count: arrived })}
        </button>
      )}
      <ul
        ref={list}
        aria-label={t('overview.accounts')}
        className={styles['home']}
        onContextMenu={openRowMenu}
        onPointerEnter={({ pointerType }) => pointerType === 'mouse' && hold()}
        onPointerLeave={release}
      >
        <AttentionRows
          accounts={content.attention}
          present={live.attention}
          names={names}
          {...shared}
          onSignIn={onSignIn}
        />
        {news.map(({ account, groups }) => (
          <ForumSection
            key={`news ${account.id}`}
            account={account}
            name={nameOf(account)}
            groups={groups}
            isMuted={isMuted(account)}
            uncounted={uncountedNews(snapshot, account)}
            readsOnOpen={preferences.general.readOnOpen}
            {...shared}
          />
        ))}
        {isFolding && (
          <Fold
            // Numbers agree with the header: only rows are held in their places.
            text={t('home.quiet', { count: live.quiet.length + unlistedQuiet })}
            isOpen={isUnfolded}
            onToggle={() => setUnfolded(!isUnfolded)}
          />
        )}
        {(isUnfolded || !isFolding) &&
          quiet.map((account) => (
            <QuietRow
              key={account.id}
              account={account}
              name={nameOf(account)}
              isMuted={isMuted(account)}
              {...shared}
            />
          ))}
      </ul>
    </>
  )
}

/**
 * Keeps everything in its place while the pointer is over the list: what arrives in the meantime waits, and what is
 * read stays, until the pointer leaves.
 */
const useHeldContent = (live: HomeContent, accounts: readonly AccountView[], isWhole: boolean) => {
  const [isOver, setOver] = useState(false)
  const [held, setHeld] = useState<HomeContent | null>(null)
  // What the first screen leaves out is nothing that arrives: it follows at once, below all that is shown.
  const isHeld = isOver && isWhole
  if (isHeld !== (held !== null)) setHeld(isHeld ? live : null)
  const content = useMemo(() => (held === null ? live : refreshed(held, accounts)), [held, live, accounts])
  return {
    content,
    arrived: held === null ? 0 : arrivedSince(held, live),
    hold: () => setOver(true),
    release: () => setOver(false),
  }
}
