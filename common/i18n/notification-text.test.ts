import { describe, expect, it } from 'vitest'
import { type NotificationKind, notificationKinds } from '../contract/notification.ts'
import { createTranslate } from './i18n.ts'
import { type Language, languages } from './languages.ts'
import { loadTranslate } from './load-translate.ts'
import de from './locales/de.json' with { type: 'json' }
import { notificationText } from './notification-text.ts'

const t = createTranslate()
const nothing = { actor: null, title: null, place: null }

describe('the line about a notification', () => {
  it.each(notificationKinds)('of the kind %s is concrete, blames nobody and needs nothing', (kind) => {
    const bare = notificationText(t, { kind, ...nothing })
    const full = notificationText(t, { kind, actor: 'eve', title: 'Cats', place: 'pets', count: 2, secondActor: 'bob' })
    for (const text of [bare, full]) {
      expect(text).not.toMatch(/[!.{}]|oops|sorry|undefined|null|notification\./i)
    }
    expect(bare).toMatch(/^[A-Z]/)
  })

  it.each(Object.keys(languages) as Language[])(
    'begins with a capital in %s, but for the name of a user',
    async (language) => {
      const own = await loadTranslate({ language, locale: language })
      const begun = notificationKinds.flatMap((kind) => [
        notificationText(own, { kind, ...nothing }),
        notificationText(own, { kind, ...nothing, actor: 'eve' }),
        notificationText(own, { kind, ...nothing, actor: 'eve', title: 'Cats', place: 'pets', count: 2 }),
      ])
      expect(begun.filter((text) => /^\p{Ll}/u.test(text) && !/^(eve|pets)(?!\p{Ll})/u.test(text))).toEqual([])
    },
  )

  it('counts with the right form of the word', () => {
    const inbox = (count: number | null): string =>
      notificationText(t, { kind: 'group_message_summary', actor: null, title: null, place: 'pets', count })
    expect([null, 1, 2].map(inbox)).toEqual([
      'Messages in the pets inbox',
      '1 message in the pets inbox',
      '2 messages in the pets inbox',
    ])
  })

  it('names no group that is not known', () => {
    const words = { kind: 'group_message_summary', actor: null, title: null, place: null, count: 2 } as const
    expect(notificationText(t, words)).toBe('New messages in a group inbox')
  })

  it('says what is known of a kind nobody knows', () => {
    const say = (actor: string | null, title: string | null): string =>
      notificationText(t, { kind: 'unknown', actor, title, place: null })
    expect([say(null, null), say('eve', null), say(null, 'Cats'), say('eve', 'Cats')]).toEqual([
      'Something new',
      'Something new from eve',
      'Something new in “Cats”',
      'Something new from eve in “Cats”',
    ])
  })

  it('declines what replaces a missing title, where a language does', () => {
    const german = createTranslate({ language: 'de', locale: 'de' }, de)
    const say = (kind: NotificationKind, shape?: 'post' | 'about_to_begin'): string =>
      notificationText(german, { kind, actor: 'eve', title: null, place: null, ...(shape && { shape }) })
    expect([
      say('replied'),
      say('watching_first_post'),
      say('assigned'),
      say('assigned', 'post'),
      say('bookmark_reminder'),
      say('event_reminder', 'about_to_begin'),
      say('event_invitation'),
      say('membership_request_consolidated'),
    ]).toEqual([
      'eve hat in einem Thema geantwortet',
      'eve hat ein Thema erstellt',
      'eve hat dir ein Thema zugewiesen',
      'eve hat dir einen Beitrag zugewiesen: ein Thema',
      'Erinnerung: ein Lesezeichen',
      'Beginnt gleich: eine Veranstaltung',
      'Einladung von eve für eine Veranstaltung',
      'Mitgliedschaftsanfragen bei deiner Gruppe',
    ])
  })
})
