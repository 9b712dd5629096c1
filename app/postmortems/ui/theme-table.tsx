import { Link } from '@remix-run/react'
import type { ThemeGroup, ThemeLine } from '#app/postmortems/theme-overview.server.ts'
import { Sparkline } from '#app/ui/sparkline.tsx'

interface Props {
  groups: ThemeGroup[]
  quarters: string[]
  /** The scale that all small pictures share. */
  max: number
}

/** The themes, sub-themes under the theme above them, each with its definition, its course and its count. */
export function ThemeTable({ groups, quarters, max }: Props) {
  return (
    <table className="theme-table">
      <caption>
        Published postmortems that carry each theme. A bar is a quarter, from {quarters[0]} to {quarters.at(-1)}, by the
        day of publication; all pictures have one scale.
      </caption>
      <thead>
        <tr>
          <th scope="col">Theme</th>
          <th scope="col">Definition</th>
          <th scope="col">By quarter</th>
          <th scope="col" className="n">
            In all
          </th>
        </tr>
      </thead>
      {groups.map(group => (
        <tbody key={group.slug}>
          <ThemeRow line={group} quarters={quarters} max={max} isTop />
          {group.subThemes.map(line => (
            <ThemeRow key={line.slug} line={line} quarters={quarters} max={max} />
          ))}
        </tbody>
      ))}
    </table>
  )
}

function ThemeRow({
  line,
  quarters,
  max,
  isTop = false,
}: {
  line: ThemeLine
  quarters: string[]
  max: number
  isTop?: boolean
}) {
  return (
    <tr className={isTop ? 'is-top' : undefined}>
      <th scope="row">
        <Link to={`/themes/${line.slug}`}>
          <bdi>{line.name}</bdi>
        </Link>
      </th>
      <td className="definition">
        <bdi>{line.definition}</bdi>
      </td>
      <td className="course">
        <Sparkline values={line.byQuarter} max={max} label={inWords(line.byQuarter, quarters)} />
      </td>
      <td className="n">{line.total}</td>
    </tr>
  )
}

/** 'none from Q1 2025 to Q4 2026', or the quarters that have any. */
function inWords(byQuarter: number[], quarters: string[]): string {
  const some = byQuarter.flatMap((count, index) => (count ? `${quarters[index]}: ${count}` : []))
  return some.length ? some.join(', ') : `None from ${quarters[0]} to ${quarters.at(-1)}`
}
