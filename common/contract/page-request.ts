/** What a shell may ask the page to show, as the fragment of its address. */
export const pageRequests = ['add', 'settings'] as const

export type PageRequest = (typeof pageRequests)[number]
