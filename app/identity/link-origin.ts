/**
 * The address that a mailed link may begin with when a stranger asks for the mail: ORIGIN. Without it only names of
 * this very machine are believed, for whoever asks could send any Host header and have the secret mailed with it.
 * @returns null when there is none to trust.
 */
export function linkOrigin(origin: string | null, url: URL): string | null {
  if (origin) return origin
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname) ? url.origin : null
}
