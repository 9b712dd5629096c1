/** Where to go after signing in: only to a page of this site, and not back to the door. */
export function wayBack(to: string | null): string {
  if (!to || !/^\/(?![/\\])/.test(to) || /[\u0000-\u001f\\]/.test(to)) return '/'
  const url = new URL(to, 'http://candor.invalid')
  // Tidying up dots may leave two slashes in front, which a browser takes for another host.
  if (url.host !== 'candor.invalid' || url.pathname.startsWith('//') || /^\/sign-(in|out)\b/.test(url.pathname))
    return '/'
  return url.pathname + url.search + url.hash
}
