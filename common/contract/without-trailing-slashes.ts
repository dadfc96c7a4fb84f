/**
 * A path without the slashes at its end. The lookbehind has the engine look once for each run of slashes: without it, tens
 * of thousands of them inside a path take seconds.
 */
export const withoutTrailingSlashes = (pathname: string): string => pathname.replace(/(?<!\/)\/+$/, '')
