/**
 * The respondent's page as one document, the same for everybody who asks for this wave in this language: no session, no
 * hydration, one small script. Everything that the script shows or hides stands here, so that it can be read without it.
 */
import type { ReactNode } from 'react'
import type { PublicWave } from '../public-wave.ts'
import { fill } from '../respond/fill.ts'
import type { PageData } from '../respond/page-data.ts'
import { nameOfLanguage, type Words, wordsIn } from '../respond/words.ts'
import { BareDocument, type DocumentScript, renderDocument } from './bare-document.tsx'
import { RespondQuestions } from './respond-questions.tsx'

/** The whole document. @param wave one that was opened, in the language of the page. */
export function renderRespondPage(wave: PublicWave, script: DocumentScript, isKiosk: boolean): string {
  const words = wordsIn(wave.language)
  const isRefused = isKiosk && !wave.charter?.isKiosk
  const data: PageData = {
    wave: wave.id,
    state: wave.state,
    fingerprint: wave.fingerprint ?? '',
    publicKey: wave.publicKey ?? '',
    closesAt: wave.closesAt,
    items: wave.questionnaire?.items ?? [],
    // One group to choose from asks nothing.
    group: wave.questionnaire?.group && wave.questionnaire.group.options.length > 1 ? wave.questionnaire.group : null,
    language: wave.language,
    isKiosk,
    words,
  }
  const isAnswering = wave.state === 'answering' && !isRefused
  return renderDocument(
    <BareDocument
      title={wave.title}
      language={wave.language}
      words={words}
      script={isRefused ? null : script}
      data={data}
    >
      <p className="eyebrow">
        {words.eyebrow} · {isOver(wave) ? words.closed : words.closes} <Moment at={wave.closesAt} wave={wave} isDay />
      </p>
      <h1>{wave.questionnaire?.title ?? wave.title}</h1>
      <p className="lead">
        {isAnswering && wave.questionnaire
          ? `${wave.questionnaire.introduction ?? ''} ${fill(words.questionsInAll, { n: wave.questionnaire.items.length })} ${isKiosk ? '' : words.draftStays}`.trim()
          : wave.title}
      </p>
      <Languages wave={wave} isKiosk={isKiosk} />
      <How words={words} />
      {isRefused ? (
        <State title={words.noKioskTitle}>
          <p>{words.noKiosk}</p>
        </State>
      ) : (
        <>
          {isKiosk ? <p className="notice warn">{words.kiosk}</p> : null}
          <div id="notice" role="status" />
          {isAnswering ? <NoScript wave={wave} words={words} /> : <StateOf wave={wave} words={words} />}
          {isOver(wave) ? null : <section id="ballot" hidden />}
          {isAnswering ? <RespondQuestions wave={wave} words={words} /> : null}
          <section id="view" hidden />
        </>
      )}
    </BareDocument>,
  )
}

/** What stands at an address that no survey has. */
export function renderNoSurvey(): string {
  return renderDocument(
    <BareDocument title="No survey here" language="en" words={wordsIn('en')} script={null} data={null}>
      <h1>There is no survey at this address</h1>
      <p>
        The address may be cut off or mistyped. The surveys you are invited to are listed under{' '}
        <a href="/surveys">Surveys</a>, signed in.
      </p>
    </BareDocument>,
  )
}

function isOver({ state }: PublicWave): boolean {
  return ['closing', 'closed', 'published', 'abandoned'].includes(state)
}

function Languages({ wave, isKiosk }: { wave: PublicWave; isKiosk: boolean }) {
  if (wave.languages.length < 2) return null
  return (
    <p className="languages small">
      {wave.languages.map(language =>
        language === wave.language ? (
          <b key={language} lang={language}>
            {nameOfLanguage(language)}
          </b>
        ) : (
          <a
            key={language}
            lang={language}
            hrefLang={language}
            href={`?language=${language}${isKiosk ? '&kiosk=1' : ''}`}
          >
            {nameOfLanguage(language)}
          </a>
        ),
      )}
    </p>
  )
}

function How({ words }: { words: Words }) {
  return (
    <section className="how">
      <p>
        <b>{words.promise}</b> {words.promiseHow} <a href="/anonymity">{words.howItWorks}</a>
      </p>
      <ol>
        {[words.step1, words.step2, words.step3, words.step4].map(step => (
          <li key={step}>{step}</li>
        ))}
      </ol>
    </section>
  )
}

/** Taken away by the script; so it is there without JavaScript, and also where the script did not load. */
function NoScript({ wave, words }: { wave: PublicWave; words: Words }) {
  return (
    <div id="no-script" className="notice warn">
      <p>{words.noScript}</p>
      <pre>
        {`npm run candor -- ballot collect ${wave.id} --server <https://…> --out ballot.txt
npm run candor -- ballot answer ${wave.id} --server <https://…> --out answers.json
npm run candor -- ballot cast ${wave.id} --server <https://…> --ballot ballot.txt --answers answers.json --out receipt.txt`}
      </pre>
      <p>{words.noScriptWhy}</p>
    </div>
  )
}

function State({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="state">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

/** What to know, and do, when nothing can be answered now. */
function StateOf({ wave, words }: { wave: PublicWave; words: Words }) {
  if (wave.state === 'planned' || wave.state === 'collecting')
    return (
      <State title={wave.state === 'planned' ? words.plannedTitle : words.notYetTitle}>
        <p>
          <Sentence text={wave.state === 'planned' ? words.planned : words.notYet} wave={wave} />
        </p>
      </State>
    )
  if (wave.state === 'abandoned')
    return (
      <State title={words.abandonedTitle}>
        <p>{words.abandonedText}</p>
      </State>
    )
  return (
    <State title={words.closedTitle}>
      <p>{wave.state === 'closing' ? words.closingText : words.closedText}</p>
      {wave.state === 'closing' ? null : (
        <ul>
          <li>
            <a href={`/surveys/${wave.id}/bulletin`}>{words.bulletin}</a>
          </li>
          <li>
            <a href={`/surveys/${wave.id}`}>{words.results}</a>
          </li>
        </ul>
      )}
    </State>
  )
}

/** A sentence with the wave's moments in place of {collecting}, {answering} and {closes}. */
function Sentence({ text, wave }: { text: string; wave: PublicWave }) {
  const moments: Record<string, string> = {
    collecting: wave.collectingFrom,
    answering: wave.answeringFrom,
    closes: wave.closesAt,
  }
  return text.split(/\{(\w+)\}/).map((piece, index) => {
    const at = moments[piece]
    return at && index % 2 === 1 ? <Moment key={index} at={at} wave={wave} /> : piece
  })
}

/** In UTC, since one document serves everybody; the script turns it into the reader's own zone. */
function Moment({ at, wave, isDay = false }: { at: string; wave: PublicWave; isDay?: boolean }) {
  const format = new Intl.DateTimeFormat(wave.language === 'en' ? 'en-GB' : wave.language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(isDay ? {} : { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' as const }),
    timeZone: 'UTC',
  })
  return (
    <time dateTime={at} data-show={isDay ? 'day' : 'minute'}>
      {format.format(new Date(at))}
    </time>
  )
}
