/** One exhibit: its picture, what it counts, the same figures as a table, its definition. */
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { neighbour, watchAppearance } from '#app/ui/chart-parts.ts'
import { definitionAddress } from '../definitions.ts'
import { type Drawn, isDrawn, pictureOnPage } from '../exhibits/exhibit-svg.ts'
import { alternativeText, isTooFew, pointsSaid, type SaidPoint } from '../exhibits/exhibit-words.ts'
import { TOO_FEW, unbroken } from '../exhibits/number-words.ts'
import { tableHtml } from '../exhibits/table-html.ts'
import type { Exhibit } from '../report.ts'
import type { Drawing } from './draw-exhibit.ts'

export interface ExhibitLinks {
  /** Whether the reader may open the page of definitions. */
  hasDefinitions: boolean
  /** Where the pictures are taken out; null where they cannot be. */
  files: string | null
}

export function ExhibitFigure({ exhibit, links }: { exhibit: Exhibit; links: ExhibitLinks }) {
  const id = useId()
  const isFew = isTooFew(exhibit)
  return (
    <figure
      className={`exhibit is-${exhibit.kind}${isFew ? ' is-few' : ''}`}
      id={`exhibit-${exhibit.id}`}
      aria-labelledby={`${id}-title`}
    >
      <h3 id={`${id}-title`}>{exhibit.title}</h3>
      {isDrawn(exhibit) ? <Picture exhibit={exhibit} /> : <ExhibitTable exhibit={exhibit} />}
      <figcaption>
        {isFew ? <b>Under n = 6: {TOO_FEW}. </b> : null}
        {unbroken(exhibit.caption)}
        <ExhibitMenu exhibit={exhibit} links={links} />
      </figcaption>
      {isDrawn(exhibit) ? <TableBehind exhibit={exhibit} /> : null}
    </figure>
  )
}

function ExhibitMenu({ exhibit, links }: { exhibit: Exhibit; links: ExhibitLinks }) {
  const found = [
    ...(links.hasDefinitions && exhibit.figure
      ? [{ to: definitionAddress(exhibit.figure), name: 'Definition', of: exhibit.title }]
      : []),
    ...(links.files && isDrawn(exhibit)
      ? ['SVG', 'PNG'].map(name => ({
          to: `${links.files}/${exhibit.id}.${name.toLowerCase()}`,
          name,
          of: exhibit.title,
        }))
      : []),
  ]
  if (found.length === 0) return null
  return (
    <span className="exhibit-links no-print">
      {found.map(({ to, name, of }) => (
        <a key={name} href={to} aria-label={`${name}: ${of}`}>
          {name}
        </a>
      ))}
    </span>
  )
}

/** A picture that stands by itself; where scripts run, chart.js draws the same once it comes into view. */
function Picture({ exhibit }: { exhibit: Drawn }) {
  const host = useRef<HTMLDivElement>(null)
  const frame = useRef<HTMLDivElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const [isLive, setIsLive] = useState(false)
  const [points, setPoints] = useState<SaidPoint[]>([])
  const [at, setAt] = useState<number | null>(null)
  const svg = pictureOnPage(exhibit)

  useEffect(() => {
    let isGone = false
    let stopWatching = () => {}
    const draw = async () => {
      const { drawExhibit } = await import('./draw-exhibit.ts')
      if (isGone || !host.current) return
      // Small series wrap by themselves.
      if (exhibit.kind !== 'multiples')
        host.current.style.height = `${/viewBox="0 0 \d+ ([\d.]+)"/.exec(svg)?.[1] ?? 240}px`
      const said = pointsSaid(exhibit)
      setPoints(said)
      setIsLive(true)
      drawing.current = drawExhibit(host.current, exhibit, point => {
        const found = point
          ? said.findIndex(one => one.index === point.index && (one.dataset === point.dataset || isOneRow(exhibit)))
          : -1
        setAt(found < 0 ? null : found)
      })
      stopWatching = watchAppearance(() => drawing.current?.refresh())
    }
    const seen = new IntersectionObserver(
      entries => {
        if (!entries.some(entry => entry.isIntersecting)) return
        seen.disconnect()
        // Without chart.js the picture that is there stays.
        draw().catch(() => setIsLive(false))
      },
      { rootMargin: '300px' },
    )
    if (frame.current) seen.observe(frame.current)
    return () => {
      isGone = true
      seen.disconnect()
      stopWatching()
      drawing.current?.destroy()
      drawing.current = null
    }
  }, [exhibit, svg])

  function onKeyDown(event: KeyboardEvent) {
    const next = neighbour(event.key, at, points.length)
    if (next === null) return
    event.preventDefault()
    setAt(next)
    drawing.current?.mark(points[next] ?? null)
  }

  return (
    <div className={isLive ? 'picture is-live' : 'picture'} ref={frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div
        className="still"
        role="group"
        tabIndex={0}
        aria-label={exhibit.title}
        // biome-ignore lint/security/noDangerouslySetInnerHtml: made by exhibitToSvg, which escapes every word
        dangerouslySetInnerHTML={{ __html: svg }}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields */}
      <div
        className="live"
        role="group"
        tabIndex={0}
        aria-label={isLive ? `${alternativeText(exhibit)} Use the arrow keys to read its points.` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className="live-host" ref={host} />
      </div>
      <p className="said" aria-live="polite">
        {at === null ? '' : points[at]?.said}
      </p>
    </div>
  )
}

/** Every part of such a bar says the whole row. */
function isOneRow(exhibit: Drawn): boolean {
  return exhibit.kind === 'diverging'
}

/** Open where no script closes it. */
function TableBehind({ exhibit }: { exhibit: Exhibit }) {
  const details = useRef<HTMLDetailsElement>(null)
  const [isWaiting, setIsWaiting] = useState(true)
  useEffect(() => {
    if (details.current) details.current.open = false
    setIsWaiting(false)
  }, [])
  return (
    <details open ref={details} className={isWaiting ? 'behind is-waiting' : 'behind'}>
      <summary>Show as table</summary>
      <ExhibitTable exhibit={exhibit} />
    </details>
  )
}

function ExhibitTable({ exhibit }: { exhibit: Exhibit }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields
    <div
      className="scroll"
      role="group"
      tabIndex={0}
      aria-label={`${exhibit.title}, as a table`}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by tableHtml, which escapes every word
      dangerouslySetInnerHTML={{ __html: tableHtml(exhibit) }}
    />
  )
}
