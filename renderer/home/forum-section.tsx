import { memo, Suspense, useId, useState } from 'react'
import type { AccountView } from '../../common/contract/snapshot.ts'
import { countsText } from '../../common/glance/glance.ts'
import { ArrangingMenu } from '../app/lazy-views.ts'
import { CountBadges } from '../overview/count-badges.tsx'
import { useServices } from '../services/services.ts'
import type { Send } from '../services/use-send.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { MenuButton } from '../ui/menu-button.tsx'
import { SiteAvatar } from '../ui/site-avatar.tsx'
import { useMarkAll } from '../undo/use-mark-all.ts'
import styles from './home.module.css'
import { mostRows, type NewsGroup } from './home-content.ts'
import { NewsRow } from './news-row.tsx'
import { Sign } from './state-sign.tsx'
import { TopicsLine } from './topics-line.tsx'
import { rovingStop } from './use-roving-focus.ts'

interface ForumSectionProps {
  readonly account: AccountView
  readonly name: string
  readonly groups: readonly NewsGroup[]
  readonly isMuted: boolean
  /** How much of what is new is left out of the badge. */
  readonly uncounted: number
  /** Whether opening a notification marks it as read. */
  readonly readsOnOpen: boolean
  readonly send: Send
  readonly onOpen: (account: string) => void
}

/** One forum: its heading with the counts, and its news. Rendered again only when it changes itself. */
export const ForumSection = memo((props: ForumSectionProps) => {
  const { account, name, groups, isMuted, uncounted, readsOnOpen, send, onOpen } = props
  const { t } = useServices()
  const [isWhole, setWhole] = useState(false)
  const markAll = useMarkAll(send)
  const countsId = useId()
  const { site, username, counts } = account
  const shown = isWhole ? groups : groups.slice(0, mostRows)
  const hidden = groups.length - shown.length
  const canMark = (counts?.notifications ?? 0) + (counts?.messages ?? 0) > 0 && account.state.kind !== 'needsSignIn'

  return (
    <li data-account={account.id} className={styles['section']}>
      <div data-row="" className={styles['heading']}>
        <span className={styles['bar']} style={site.color === null ? {} : { backgroundColor: site.color }} />
        <SiteAvatar size="small" site={site} icon={account.icon} />
        <h2 className={styles['title']}>
          <a
            {...rovingStop}
            className={`${styles['name']} ${styles['link']}`}
            href={account.links.notifications}
            target="_blank"
            rel="noopener noreferrer"
            aria-label={t('overview.openForum', { title: site.title, username })}
            aria-describedby={countsId}
            title={name}
            onClick={() => onOpen(account.id)}
            onAuxClick={({ button }) => button === 1 && onOpen(account.id)}
          >
            {name}
          </a>
        </h2>
        {isMuted && <Sign icon="muted" words={t('home.muted')} />}
        {uncounted > 0 && <Sign icon="uncounted" words={t('home.uncounted', { count: uncounted })} />}
        <span id={countsId} className={styles['counts']} title={counts === null ? undefined : countsText(t, counts)}>
          {counts !== null && <CountBadges counts={counts} />}
        </span>
        <span className={styles['actions']}>
          {canMark && (
            <IconButton
              compact
              icon="checks"
              label={t('inbox.markAllOf', { title: site.title, username })}
              onClick={() => markAll([{ account }])}
            />
          )}
          <MenuButton
            compact
            icon="more"
            label={t('overview.more', { title: site.title, username })}
            items={(frame) => (
              <Suspense>
                <ArrangingMenu {...frame} account={account.id} send={send} />
              </Suspense>
            )}
          />
        </span>
      </div>
      {counts !== null && (counts.topics ?? counts.groupInboxes) !== undefined && (
        <div className={styles['apart']}>
          <TopicsLine counts={counts} />
        </div>
      )}
      {groups.length > 0 && (
        <ul aria-label={t('home.newsOf', { title: site.title, username })}>
          {shown.map((group) => (
            <NewsRow
              key={group.key}
              account={account.id}
              group={group}
              readsOnOpen={readsOnOpen}
              send={send}
              onOpen={onOpen}
            />
          ))}
          {hidden > 0 && (
            <li data-row="">
              <button {...rovingStop} type="button" className={styles['more']} onClick={() => setWhole(true)}>
                {t('home.more', { count: hidden })}
              </button>
            </li>
          )}
        </ul>
      )}
    </li>
  )
})
