import * as path from 'node:path'
import type { Account } from '../account.ts'
import { atSite } from '../discourse/address.ts'
import { fetchImage, type Image } from '../discourse/fetch-image.ts'
import { createForumClient } from '../discourse/forum-client.ts'
import type { Http } from '../discourse/http.ts'
import { basicInfoSchema, readJson } from '../discourse/response-schemas.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import type { Vault } from '../storage/vault.ts'
import { type ImageKind, type KeptImage, readImages, removeImage, writeImage } from './image-folder.ts'

/** Users' avatars and forums' icons. Nothing depends on them: one that cannot be fetched is not shown. */
export interface Images {
  /** Loads the images that are on disk, and fetches those of every account again: icons daily, avatars weekly. */
  start(): void
  /**
   * Fetches an account's images now.
   * @param avatarTemplate the avatar's address as the forum has just given it; the forum is asked when it is missing
   */
  refresh(account: string, avatarTemplate?: string): Promise<void>
  /** Fetches the icon of a forum now, for each account there: it may have changed while the forum was out of reach. */
  refreshIcon(base: string): Promise<void>
  /** The unguessable part of an image's address on the page, different for each image; null when there is no image. */
  linkOf(account: string, kind: ImageKind): string | null
  /** The file of an image on disk. */
  fileOf(account: string, kind: ImageKind): string | undefined
  /** The image under such a link. */
  image(link: string): Image | undefined
}

export interface ImagesOptions {
  /** Where the files are; no images are fetched without it. */
  readonly folder: string | undefined
  readonly model: Model
  readonly vault: Vault
  readonly http: Http
  /** For requests with an account's key; only asking who the user is needs one. */
  readonly keyedHttp: (account: string) => Http
  readonly clock: Clock
  readonly random: Random
}

const betweenChecks = 86_400_000
/**
 * After this many milliseconds an image is fetched again. An icon may change on any day, and is a little younger than a
 * day at the next check; a changed avatar shows in every answer about its user.
 */
const lifetimes: Readonly<Record<ImageKind, number>> = { icon: 20 * 3_600_000, avatar: 7 * 86_400_000 }
/** Twice the size they are shown at most, in pixels. */
const avatarSize = 96
const imageKinds: readonly ImageKind[] = ['avatar', 'icon']

/** How often a picture waits for its turn, each time at most this many seconds; the next day brings another chance. */
const patience = { times: 20, seconds: 60 } as const

/** Waits for what our own limits leave, where `http` fails with `paced`. */
const patient = (http: Http, clock: Clock): Http => ({
  send: async (request) => {
    for (let time = 1; ; time += 1) {
      const answer = await http.send(request)
      const wait = answer.ok || answer.failure.code !== 'paced' ? undefined : Number(answer.failure.params?.['seconds'])
      if (wait === undefined || !(wait <= patience.seconds) || time > patience.times) return answer
      await new Promise<void>((resolve) => clock.after(wait * 1000, resolve))
    }
  },
  close: () => http.close(),
})

export const createImages = (options: ImagesOptions): Images => {
  const { folder, model, vault, clock, random } = options
  const http = patient(options.http, clock)
  const keyedHttp = (id: string): Http => patient(options.keyedHttp(id), clock)
  const kept = new Map<string, KeptImage & { readonly link: string }>()
  const nameOf = (account: string, kind: ImageKind): string => `${account}.${kind}`

  const keep = (image: KeptImage): void => {
    kept.set(nameOf(image.account, image.kind), { ...image, link: random.hex(16) })
  }

  const fetchIcon = async ({ site: { base } }: Account): Promise<Image | undefined> => {
    const answer = await http.send({ method: 'GET', url: atSite(base, '/site/basic-info.json') })
    if (!answer.ok || answer.value.status !== 200) return undefined
    const info = readJson(basicInfoSchema, answer.value, base)
    if (!info.ok) return undefined
    const { apple_touch_icon_url, favicon_url, logo_small_url } = info.value
    for (const address of [apple_touch_icon_url, favicon_url, logo_small_url]) {
      const image = address ? await fetchImage(http, base, address) : undefined
      if (image !== undefined) return image
    }
    return undefined
  }

  const askTemplate = async ({ id, site: { base } }: Account): Promise<string | undefined> => {
    const key = vault.secrets()?.keys[id]
    if (key === undefined) return undefined
    const session = await createForumClient(keyedHttp(id), base, key).session()
    return session.ok ? (session.value.avatarTemplate ?? undefined) : undefined
  }

  const fetchAvatar = async (account: Account, known: string | undefined): Promise<Image | undefined> => {
    const { base } = account.site
    const template = known ?? (await askTemplate(account))
    if (template === undefined) return undefined
    return await fetchImage(http, base, template.replace('{size}', String(avatarSize)))
  }

  /** @param kinds which images to fetch */
  const fetchImages = async (id: string, kinds: readonly ImageKind[], avatarTemplate?: string): Promise<void> => {
    const account = model.account(id)
    if (folder === undefined || account === undefined || account.revoking || account.refused) return
    for (const kind of kinds) {
      const image = await (kind === 'icon' ? fetchIcon(account) : fetchAvatar(account, avatarTemplate))
      if (image === undefined || model.account(id) === undefined) continue
      const found: KeptImage = { account: id, kind, at: clock.now(), image }
      keep(found)
      writeImage(folder, found)
      model.touch()
    }
  }

  const check = async (): Promise<void> => {
    clock.after(betweenChecks, () => void check())
    const isOld = (id: string, kind: ImageKind): boolean =>
      // What a clock that was ahead has noted is old as well.
      Math.abs(clock.now() - (kept.get(nameOf(id, kind))?.at ?? Number.NEGATIVE_INFINITY)) >= lifetimes[kind]
    // One after the other: nobody waits for an image.
    for (const { id } of model.accounts()) {
      await fetchImages(
        id,
        imageKinds.filter((kind) => isOld(id, kind)),
      )
    }
  }

  const dropOrphans = (inFolder: string): void => {
    for (const [name, { account, kind }] of kept) {
      if (model.account(account) !== undefined) continue
      kept.delete(name)
      removeImage(inFolder, account, kind)
    }
  }

  return {
    start: () => {
      if (folder === undefined) return
      readImages(folder).forEach(keep)
      dropOrphans(folder)
      let count = model.accounts().length
      model.subscribe(() => {
        // Accounts are removed one by one, and this is called after every change.
        if (model.accounts().length < count) dropOrphans(folder)
        count = model.accounts().length
      })
      model.touch()
      void check()
    },
    refresh: (id, avatarTemplate) => fetchImages(id, imageKinds, avatarTemplate),
    refreshIcon: async (base) => {
      for (const { id, site } of model.accounts()) if (site.base === base) await fetchImages(id, ['icon'])
    },
    fileOf: (account, kind) =>
      folder === undefined || !kept.has(nameOf(account, kind)) ? undefined : path.join(folder, nameOf(account, kind)),
    linkOf: (account, kind) => kept.get(nameOf(account, kind))?.link ?? null,
    image: (link) => [...kept.values()].find((image) => image.link === link)?.image,
  }
}
