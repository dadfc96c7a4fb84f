import { createHmac } from 'node:crypto'
import { imagePath, imagePrefix } from '../../common/contract/bridge.ts'
import type { NotificationItem } from '../../common/contract/notification.ts'
import { fetchImage, type Image, type ImageLimits } from '../discourse/fetch-image.ts'
import type { Http } from '../discourse/http.ts'
import type { Model } from '../model.ts'
import type { Clock } from '../ports/clock.ts'
import type { Random } from '../ports/random.ts'
import { createConcurrencyLimit } from '../timing/concurrency-limit.ts'

type Items = readonly NotificationItem[]

/**
 * Pictures of those whom notification rows are about, where forums show faces in their menus (protocol.md 5.3). One is fetched
 * when a page shows it, and kept in memory; none is worth a failure.
 */
export interface Faces {
  /**
   * Rows as a snapshot has them: with paths of our own in the place of the forum's addresses. The same objects for the same
   * rows.
   * @param base the site that the rows are from
   */
  shown(base: string, items: Items): Items
  /** The picture under the unguessable part of such a path; undefined when no row has it, or it cannot be fetched. */
  image(link: string): Promise<Image | undefined>
}

export interface FacesOptions {
  readonly model: Pick<Model, 'snapshot'>
  readonly clock: Clock
  readonly random: Random
  /** For requests without a key, which nothing else waits behind. */
  readonly http: Http
}

/** Twice the size they are shown in, in pixels, and one of the sizes that forums have at hand (`avatar_sizes`). */
const faceSize = 48
/** Ten times the bytes of a picture of that size; a page may show fifty at once. */
const largestFace: ImageLimits = { bytes: 50_000, side: 1024 }
/** How much is kept, in bytes and in pictures; the longest unused goes first. */
const mostKept = { bytes: 4_000_000, faces: 500 } as const
/** How many are fetched at once, over all forums. */
const concurrent = 3
/** For so many milliseconds, on the monotonic clock, one that could not be fetched is not asked for again. */
const retriesAfter = 600_000

interface Source {
  readonly base: string
  readonly template: string
}

export const createFaces = ({ model, clock, random, http }: FacesOptions): Faces => {
  const secret = random.hex(32)
  const shownRows = new WeakMap<NotificationItem, NotificationItem>()
  const shownLists = new WeakMap<Items, Items>()
  const sources = new WeakMap<NotificationItem, Source>()
  const kept = new Map<string, { readonly image: Image | undefined; readonly at: number }>()
  const underWay = new Map<string, Promise<Image | undefined>>()
  const limit = createConcurrencyLimit(concurrent)

  /** The same for each row that shows the same picture, and unguessable, for whoever has it gets the picture. */
  const linkOf = ({ base, template }: Source): string =>
    createHmac('sha256', secret).update(`${base} ${template}`).digest('hex').slice(0, 32)

  const shownRow = (base: string, row: NotificationItem): NotificationItem => {
    const { avatarTemplate: template, ...rest } = row
    if (template === undefined) return row
    const known = shownRows.get(row)
    if (known !== undefined) return known
    const source = { base, template }
    const shown = { ...rest, face: imagePath(linkOf(source)) }
    shownRows.set(row, shown)
    sources.set(shown, source)
    return shown
  }

  const sourceOf = (link: string): Source | undefined => {
    const face = `${imagePrefix}${link}`
    for (const { items } of model.snapshot().accounts) {
      const row = items?.find((item) => item.face === face)
      if (row !== undefined) return sources.get(row)
    }
    return undefined
  }

  const keep = (link: string, image: Image | undefined): void => {
    kept.delete(link)
    kept.set(link, { image, at: clock.elapsed() })
    let bytes = [...kept.values()].reduce((sum, one) => sum + (one.image?.body.byteLength ?? 0), 0)
    for (const [oldest, { image: old }] of kept) {
      if (kept.size <= mostKept.faces && bytes <= mostKept.bytes) return
      kept.delete(oldest)
      bytes -= old?.body.byteLength ?? 0
    }
  }

  const fetchFace = async (link: string, { base, template }: Source): Promise<Image | undefined> => {
    const leave = await limit.enter(false)
    try {
      const image = await fetchImage(http, base, template.replace('{size}', String(faceSize)), largestFace)
      keep(link, image)
      return image
    } finally {
      leave()
      underWay.delete(link)
    }
  }

  return {
    shown: (base, items) => {
      const known = shownLists.get(items)
      if (known !== undefined) return known
      const shown = items.some(({ avatarTemplate }) => avatarTemplate !== undefined)
        ? items.map((row) => shownRow(base, row))
        : items
      shownLists.set(items, shown)
      return shown
    },
    image: async (link) => {
      const source = sourceOf(link)
      if (source === undefined) return undefined
      const known = kept.get(link)
      if (known?.image !== undefined) {
        keep(link, known.image)
        return known.image
      }
      if (known !== undefined && clock.elapsed() - known.at < retriesAfter) return undefined
      const fetching = underWay.get(link) ?? fetchFace(link, source)
      underWay.set(link, fetching)
      return await fetching
    },
  }
}
