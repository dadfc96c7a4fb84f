/** A member of the simulated forum. Everything but the id can be given and changed by a test. */
export interface User {
  readonly id: number
  readonly username: string
  readonly password: string
  readonly name: string | null
  /** Staff see reviewables and may always have keys. */
  readonly staff: boolean
  readonly trustLevel: number
  /** Ids of the groups joined besides those of staff and trust level. */
  readonly groups: readonly number[]
  readonly suspended: boolean
  /** Without it `unread_personal_messages` is absent from the totals. */
  readonly canMessage: boolean
  readonly chatNotifications: number
  readonly reviewables: number
  readonly unseenReviewables: number
  readonly tracking: { readonly new: number; readonly unread: number }
  /** Has the merged "new new" view: no `unread` in `topic_tracking`. */
  readonly mergedNewView: boolean
  /** Milliseconds since the epoch. */
  readonly doNotDisturbUntil: number | null
  /** Highest notification id seen in a menu (protocol.md 5.1). */
  readonly seenNotificationId: number
  /** When the user was last on the site itself, in milliseconds since the epoch; `null` is never (protocol.md 5.6). */
  readonly lastSeenAt: number | null
}

/** A new `username` renames. */
export type UserChanges = Partial<Omit<User, 'id'>>
export type NewUser = UserChanges & Pick<User, 'username'>

const newcomer: Omit<User, 'id' | 'username' | 'lastSeenAt'> = {
  password: 'password',
  name: null,
  staff: false,
  trustLevel: 1,
  groups: [],
  suspended: false,
  canMessage: true,
  chatNotifications: 0,
  reviewables: 0,
  unseenReviewables: 0,
  tracking: { new: 0, unread: 0 },
  mergedNewView: false,
  doNotDisturbUntil: null,
  seenNotificationId: 0,
}

/** The forum's members. User names are matched without regard to case, as Discourse does. */
export class UserStore {
  readonly #now: () => number
  readonly #users = new Map<number, User>()
  readonly #idsByName = new Map<string, number>()

  constructor(now: () => number) {
    this.#now = now
  }

  create(options: NewUser): User {
    if (this.find(options.username) !== undefined) throw new Error(`There is already a user ${options.username}.`)
    const user: User = { ...newcomer, lastSeenAt: this.#now(), ...options, id: this.#users.size + 1 }
    this.#users.set(user.id, user)
    this.#idsByName.set(user.username.toLowerCase(), user.id)
    return user
  }

  all(): readonly User[] {
    return [...this.#users.values()]
  }

  byId(id: number): User | undefined {
    return this.#users.get(id)
  }

  find(username: string): User | undefined {
    return this.#users.get(this.#idsByName.get(username.toLowerCase()) ?? 0)
  }

  /** For the library and the control interface, where a missing user is the caller's mistake. */
  need(username: string): User {
    const user = this.find(username)
    if (user === undefined) throw new Error(`There is no user ${username}.`)
    return user
  }

  change(id: number, changes: UserChanges): User {
    const user = this.#users.get(id)
    if (user === undefined) throw new Error(`There is no user with id ${id}.`)
    const changed = { ...user, ...changes }
    this.#users.set(id, changed)
    this.#idsByName.delete(user.username.toLowerCase())
    this.#idsByName.set(changed.username.toLowerCase(), id)
    return changed
  }
}
