import { Link } from '@remix-run/react'

interface WhyView {
  html: string
  whys: WhyView[]
}

/** Contributing factors, each with its themes and its chain of whys, which may branch. */
export function FactorList({
  factors,
}: {
  factors: { html: string; themes: { slug: string; name: string }[]; whys: WhyView[] }[]
}) {
  return (
    <ul className="factors">
      {factors.map(factor => (
        <li key={factor.html}>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises */}
          <b dangerouslySetInnerHTML={{ __html: factor.html }} />{' '}
          {factor.themes.map(theme => (
            <Link key={theme.slug} className="tag" to={`/themes/${theme.slug}`}>
              {theme.name}
            </Link>
          ))}
          <Whys whys={factor.whys} />
        </li>
      ))}
    </ul>
  )
}

function Whys({ whys }: { whys: WhyView[] }) {
  if (whys.length === 0) return null
  return (
    <ul className="whys">
      {whys.map(why => (
        <li key={why.html}>
          <span className="why">Why? </span>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: rendered by platform/markdown, which sanitises */}
          <span dangerouslySetInnerHTML={{ __html: why.html }} />
          <Whys whys={why.whys} />
        </li>
      ))}
    </ul>
  )
}
