/** The questions of the respondent's page. Disabled until the script takes over; nothing of them can be submitted. */
import type { PublicItem, PublicQuestionnaire } from '../public-wave.ts'
import { fill } from '../respond/fill.ts'
import { GROUP } from '../respond/page-data.ts'
import type { Words } from '../respond/words.ts'
import { type Charter, LONGEST_COMMENT } from '../wave.ts'

export function RespondQuestions({
  wave,
  words,
}: {
  wave: { questionnaire: PublicQuestionnaire | null; charter: Pick<Charter, 'k'> | null }
  words: Words
}) {
  const { questionnaire } = wave
  if (!questionnaire) return null
  const items = new Map(questionnaire.items.map(item => [item.id, item]))
  const k = wave.charter?.k ?? 0
  const points = Math.max(...questionnaire.items.map(item => (item.kind === 'comment' ? 0 : item.options.length)), 2)
  return (
    <form id="questions" autoComplete="off" aria-label={questionnaire.title}>
      <p className="small muted keys">{fill(words.keys, { n: Math.min(points, 9) })}</p>
      <fieldset id="answers" disabled>
        {questionnaire.sections.map((section, index) => (
          <section key={index} data-section="">
            {section.title ? <h2>{section.title}</h2> : null}
            {section.items.map(id => {
              const item = items.get(id)
              return item ? <Question key={id} item={item} words={words} k={k} /> : null
            })}
          </section>
        ))}
        {questionnaire.group && questionnaire.group.options.length > 1 ? (
          <Choice
            item={{
              id: GROUP,
              kind: 'single',
              text: fill(words.yourGroup, { label: questionnaire.group.label }),
              options: [...questionnaire.group.options, { value: '', label: words.ratherNotSay }],
            }}
            help={fill(words.groupHelp, { k })}
          />
        ) : null}
      </fieldset>
      <div className="respond-foot">
        <div className="small muted">
          <progress id="progress" max={questionnaire.items.length} value={0} aria-labelledby="progress-text" />
          <span id="progress-text">{fill(words.of, { answered: 0, asked: questionnaire.items.length })}</span>
          <span id="kept-here" />
        </div>
        <button type="button" id="review" className="btn primary" hidden>
          {words.review}
        </button>
      </div>
    </form>
  )
}

function Question({ item, words, k }: { item: PublicItem; words: Words; k: number }) {
  if (item.kind !== 'comment')
    return (
      <Choice item={item} help={item.kind === 'multiple' ? words.severalAnswers : null} leaveOut={words.leaveOut} />
    )
  const id = `question-${item.id}`
  return (
    <fieldset className="question" data-item={item.id} data-kind="comment">
      <legend id={`${id}-text`}>{item.text}</legend>
      <textarea
        rows={4}
        maxLength={LONGEST_COMMENT}
        aria-labelledby={`${id}-text`}
        aria-describedby={`${id}-help ${id}-left`}
      />
      <p className="small muted help" id={`${id}-help`}>
        {fill(words.commentHelp, { k })}
      </p>
      <p className="small muted help" id={`${id}-left`} data-left="" />
    </fieldset>
  )
}

type Choosable = Pick<PublicItem, 'id' | 'kind' | 'text' | 'options'>

function Choice({ item, help, leaveOut }: { item: Choosable; help: string | null; leaveOut?: string }) {
  const id = `question-${item.id}`
  const isScale = item.kind === 'scale'
  return (
    <fieldset
      className="question"
      data-item={item.id}
      data-kind={item.kind}
      aria-describedby={help ? `${id}-help` : undefined}
    >
      <legend>{item.text}</legend>
      {help ? (
        <p className="small muted help" id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      <div className={isScale ? 'scale' : 'choices'} data-points={isScale ? item.options.length : undefined}>
        {item.options.map(({ value, label }) => (
          <label key={value}>
            <input type={item.kind === 'multiple' ? 'checkbox' : 'radio'} name={id} value={value} />
            <span>{label || value}</span>
          </label>
        ))}
      </div>
      {leaveOut ? (
        <button type="button" className="linklike leave-out" hidden>
          {leaveOut}
        </button>
      ) : null}
    </fieldset>
  )
}
