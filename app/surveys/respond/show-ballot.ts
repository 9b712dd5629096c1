/** A ballot to be taken elsewhere: as file, code, link or QR code. */
import { encode } from 'uqr'
import type { Ballot } from './ballot.ts'
import { ballotLink, encodeBallot } from './ballot-code.ts'
import { button, make } from './dom.ts'
import type { Words } from './words.ts'

/** A closed disclosure with all the ways to take this ballot along. */
export async function exportPart(ballot: Ballot, words: Words): Promise<HTMLElement> {
  const code = await encodeBallot(ballot)
  const link = ballotLink(location.origin, code, ballot.wave)
  const said = make('span', { role: 'status', class: 'small muted' })
  const text = make('textarea', { readonly: true, rows: '4', 'aria-label': words.codeLabel })
  text.value = code
  text.addEventListener('focus', () => text.select())
  const qr = make('div')
  return make(
    'details',
    { class: 'ballot-part', id: 'export' },
    make('summary', {}, words.exportTitle),
    make('p', {}, words.exportWarning),
    text,
    make(
      'p',
      { class: 'actions' },
      button(words.exportCopy, () => copy(code, said, words)),
      button(words.exportCopyLink, () => copy(link, said, words)),
      button(words.exportFile, () => save(`ballot-${ballot.wave}.txt`, `${code}\n`)),
      button(words.exportQr, () => qr.replaceChildren(drawing(link, words.qrAlt))),
      said,
    ),
    qr,
  )
}

/** Copies a text, and says whether the browser did. */
export function copy(text: string, said: HTMLElement, words: Words): void {
  const done = navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error('no clipboard'))
  done.then(
    () => said.replaceChildren(words.copied),
    () => said.replaceChildren(words.copyFailed),
  )
}

/** Offers a text as a download. */
export function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }))
  make('a', { href: address, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

const SVG = 'http://www.w3.org/2000/svg'

/** One path of squares, made as elements, since the policy lets no markup in. */
function drawing(text: string, alternative: string): SVGSVGElement {
  const { data, size } = encode(text, { ecc: 'L', border: 4 })
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({
    viewBox: `0 0 ${size} ${size}`,
    class: 'qr',
    role: 'img',
    'aria-label': alternative,
    'shape-rendering': 'crispEdges',
  }))
    svg.setAttribute(name, value)
  const path = document.createElementNS(SVG, 'path')
  const squares = data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
  path.setAttribute('d', squares.join(''))
  path.setAttribute('fill', '#000')
  svg.append(path)
  return svg
}
