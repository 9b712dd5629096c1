/** Inputs that want to run a script: those of ../shared/data/abuse where it is there, and always a few of our own. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { PROJECT_FOLDER } from '#app/platform/content.server.ts'

const FOLDER = join(PROJECT_FOLDER, '../shared/data/abuse')
const folder = existsSync(join(FOLDER, 'xss-payload-list.txt')) ? FOLDER : null

/** Why the long lists are left out, or null when they are there. */
export const ABSENT: string | null = folder ? null : `${FOLDER} is not there`

const BUILT_IN = [
  '<script>window.__xss=1</script>',
  '</script><script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '\'"--></style></script><svg onload=alert(1)>',
  "javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/\"/+/onmouseover=1/+/[*/[]/+alert(1)//'>",
  '</title><svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<iframe srcdoc="<script>parent.__xss=1</script>"></iframe>',
  '" autofocus onfocus=alert(1) x="',
  '<base href="https://evil.invalid/">',
  '<meta http-equiv=refresh content="0;url=https://evil.invalid/">',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: that is the trick
  "{{constructor.constructor('alert(1)')()}}${alert(1)}<%= alert(1) %>",
  '\u202e<b>\u2028\u2029</b>\u0085',
]

const BUILT_IN_MARKDOWN = [
  '[click](javascript:alert(1))',
  '<javascript:alert(1)>',
  '![x](x"onerror="alert(1))',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '```html" onmouseover="alert(1)\n<script>alert(1)</script>\n```',
  '# <img src=x onerror=alert(1)>',
  '| <svg onload=alert(1)> |\n| --- |\n| <a href="javascript:alert(1)">x</a> |',
  '[^1]\n\n[^1]: <script>alert(1)</script>',
]

/** One payload a line, whole. */
export const ALL_PAYLOADS: string[] = folder
  ? readFileSync(join(folder, 'xss-payload-list.txt'), 'utf8').split(/\r?\n/).filter(Boolean)
  : BUILT_IN

/** One payload of every shape: the list repeats each trick for every element and every event. */
export const SHAPES: string[] = [
  ...new Map(
    ALL_PAYLOADS.map(line => [
      line
        .replace(/<(\/?)[a-z][a-z0-9]*/gi, '<$1t')
        .replace(/\bon[a-z]+/gi, 'onx')
        .replace(/\d+/g, '0'),
      line,
    ]),
  ).values(),
]

/** Our own, polyglots, and every so-manieth of the list. */
export const PAYLOADS: string[] = [...new Set([...BUILT_IN, ...sampleOf(ALL_PAYLOADS, 28)])].slice(0, 40)

/** Markdown that wants to break out of its rendering, or to keep the parser busy. */
export const MARKDOWN: string[] = [
  ...BUILT_IN_MARKDOWN,
  ...(folder
    ? (JSON.parse(readFileSync(join(folder, 'synthetic-markdown-xss-and-dos.json'), 'utf8')) as { markdown: string }[])
    : []
  ).map(({ markdown }) => markdown),
]

/** Strings of all kinds that break programs: wildcards, paths, half characters, headers in values. */
export const STRINGS: string[] = folder
  ? Object.values(
      JSON.parse(readFileSync(join(folder, 'synthetic-hostile-strings.json'), 'utf8')) as Record<string, string[]>,
    )
      .flat()
      .concat(JSON.parse(readFileSync(join(folder, 'blns.json'), 'utf8')) as string[])
  : ["' OR 1=1--", '%', '\ud83d', '../../etc/passwd', 'x\r\nSet-Cookie: a=b', '\u0000', '__proto__', '"', '-', 'NOT']

function sampleOf(list: string[], count: number): string[] {
  const polyglots = list.filter(line => line.length > 140 && /svg/i.test(line) && /script/i.test(line)).slice(0, 6)
  const step = Math.max(1, Math.floor(list.length / count))
  return [...polyglots, ...list.filter((_, index) => index % step === 0)]
}
