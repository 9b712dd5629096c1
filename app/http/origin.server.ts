/** The site's own address: ORIGIN where it is set, else the one this request came to. */
export function originOf(origin: string | null, url: URL): string {
  return origin ?? url.origin
}
