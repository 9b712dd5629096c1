/** Where to go after signing in: only to a page of this site, and not back to the door. */
export function wayBack(to: string | null): string {
  if (!to || !/^\/(?![/\\])/.test(to) || /[\u0000-\u001f\\]/.test(to)) return '/'
  const url = new URL(to, 'http://candor.invalid')
  if (url.host !== 'candor.invalid' || /^\/sign-(in|out)\b/.test(url.pathname)) return '/'
  return url.pathname + url.search + url.hash
}
