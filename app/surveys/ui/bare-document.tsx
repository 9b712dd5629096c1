/**
 * A document outside Remix, the same for everybody: no session is read for it, nothing of it is hydrated. Its script, if
 * it has one, comes with its hash.
 */
import interCss from '@fontsource-variable/inter/index.css?url'
import monoCss from '@fontsource-variable/jetbrains-mono/index.css?url'
import serifCss from '@fontsource-variable/source-serif-4/index.css?url'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import baseCss from '#app/ui/base.css?url'
import tokensCss from '#app/ui/tokens.css?url'
import type { Words } from '../respond/words.ts'
import ballotPartCss from './ballot-part.css?url'
import openWaveCss from './open-wave.css?url'
import respondCss from './respond.css?url'

const STYLES = [interCss, serifCss, monoCss, tokensCss, baseCss, openWaveCss, ballotPartCss, respondCss]

export interface DocumentScript {
  src: string
  /** `sha384-…` */
  integrity: string
}

export function renderDocument(document: ReactNode): string {
  return `<!doctype html>${renderToStaticMarkup(document)}`
}

export function BareDocument({
  title,
  language,
  words,
  script,
  data,
  children,
}: {
  title: string
  language: string
  words: Words
  script: DocumentScript | null
  /** For the script. */
  data: object | null
  children: ReactNode
}) {
  return (
    <html lang={language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Candor`}</title>
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {STYLES.map(href => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {script ? <script type="module" src={script.src} integrity={script.integrity} /> : null}
      </head>
      <body className="respond">
        <a className="skip" href="#content">
          {words.skip}
        </a>
        <header className="bar">
          <div>
            <a className="word" href="/" aria-label="Candor">
              Candor<i>.</i>
            </a>
            <div className="end small muted">{words.notSignedIn}</div>
          </div>
        </header>
        <main id="content" tabIndex={-1}>
          {children}
        </main>
        {data ? (
          <script
            type="application/json"
            id="page-data"
            // biome-ignore lint/security/noDangerouslySetInnerHtml: JSON with every < escaped, which a data block needs as it is
            dangerouslySetInnerHTML={{ __html: JSON.stringify(data).replaceAll('<', '\\u003c') }}
          />
        ) : null}
      </body>
    </html>
  )
}
