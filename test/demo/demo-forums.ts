import type { Forum, NewNotification } from '../forum/forum.ts'
import type { ForumOptions } from '../forum/start-forum.ts'

/** The member of every demo forum whose notifications are shown. */
export const demoUser = { username: 'eve', password: 'password' } as const

const neighbours = ['mika', 'tomas', 'aiko', 'leila', 'jonas'] as const

const users = [demoUser, ...neighbours.map((username) => ({ username }))]

/** Three forums that differ in age, address and colour. The demo signs in to the first; the second offers the short code. */
export const demoForums: readonly ForumOptions[] = [
  { profile: '3.4', title: 'Lens & Light', color: 'c2410c', users },
  { profile: 'latest', title: 'Garden Talk', color: '2e8b57', users },
  { profile: '2.9', title: 'Old Bicycles', path: '/forum', color: '4f46e5', users },
]

/** What is talked about on each of these forums, in the same order. */
const topics: readonly (readonly { readonly topicTitle: string; readonly excerpt: string }[])[] = [
  [
    { topicTitle: 'A lens for dusk', excerpt: 'The 35 mm is sharp enough wide open, and half the price.' },
    { topicTitle: 'Scanning old slides', excerpt: 'Which resolution did you use for yours?' },
    { topicTitle: 'Photo walk on Sunday', excerpt: 'We meet at nine, at the bridge. Are you coming?' },
    { topicTitle: 'Show your darkroom', excerpt: 'Is that the enlarger you found last year?' },
  ],
  [
    { topicTitle: 'Meeting in spring', excerpt: 'Could you bring the seeds you told us about?' },
    { topicTitle: 'Which compost for tomatoes?', excerpt: 'Your mix from last year worked well here.' },
    { topicTitle: 'Show your balcony', excerpt: 'What is the climber on the left?' },
  ],
  [
    { topicTitle: 'What is this part called?', excerpt: 'It looks like a cotter pin; yours has one too.' },
    { topicTitle: 'Painting a frame', excerpt: 'Two thin coats, as you said, and it shines.' },
    { topicTitle: 'Tour along the river', excerpt: 'Sixty kilometres, all of them flat.' },
  ],
]

const events: readonly NewNotification['type'][] = [
  'mentioned',
  'private_message',
  'liked',
  'replied',
  'mentioned',
  'liked',
  'quoted',
]

const topicAt = (place: number, step: number) => {
  const here = topics[place] ?? []
  return here[step % here.length] ?? { topicTitle: 'Welcome' }
}

/** Which forum is next: the first one, which the visitor sees from the start, most often. */
const order = [0, 1, 0, 2, 0] as const

/** Milliseconds between two things that happen. */
const pace = 2500
/** When so much is unread, the member reads some of it: numbers go down as well as up. */
const muchUnread = 9

/**
 * Lets something happen on the forums every few seconds: mentions, messages, likes, and now and then the member reads.
 * @returns a function that ends it
 */
export const startActivity = (forums: readonly Forum[]): (() => void) => {
  let step = 0
  let unread = 0
  const happen = (): void => {
    const place = order[step % order.length] ?? 0
    const forum = forums[place]
    const type = events[step % events.length] ?? 'mentioned'
    step += 1
    if (forum === undefined) return
    if (unread >= muchUnread) {
      for (const { markRead, see } of forums) {
        markRead(demoUser.username, 'all')
        see(demoUser.username)
      }
      unread = 0
      return
    }
    unread += 1
    forum.notify({
      user: demoUser.username,
      type,
      from: neighbours[step % neighbours.length] ?? 'mika',
      ...topicAt(place, step),
    })
  }
  // Something is waiting from the beginning.
  for (let times = 0; times < order.length; times++) happen()
  const timer = setInterval(happen, pace)
  return () => clearInterval(timer)
}
