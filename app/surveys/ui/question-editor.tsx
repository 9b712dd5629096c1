/** One question of the editor, with its answers, conditions and the buttons that move it. */
import type { Item, ItemKind } from '../questionnaires/questionnaire.ts'
import { textIn } from '../questionnaires/questionnaire.ts'
import { LanguageFields, type LanguageName } from './language-fields.tsx'

export const KIND_WORDS: Record<ItemKind, string> = {
  scale: 'Scale',
  single: 'One answer of several',
  multiple: 'Several answers',
  comment: 'Comment',
}

export function QuestionEditor({
  item,
  section,
  place,
  number,
  languages,
  earlier,
  errorOf,
}: {
  item: Item
  section: number
  place: number
  /** Counted from one through the whole questionnaire. */
  number: number
  languages: readonly LanguageName[]
  /** Questions before this one that have answers to choose from. */
  earlier: readonly Item[]
  errorOf(path: string): string | undefined
}) {
  const path = `sections.${section}.items.${place}`
  const places = `${section} ${place}`
  const error = errorOf(`${path}.id`)
  return (
    <fieldset className="question-row" id={item.id} tabIndex={-1}>
      <legend>
        {number}. {KIND_WORDS[item.kind]}
      </legend>
      <input type="hidden" name={`${path}.id`} value={item.id} />
      <input type="hidden" name={`${path}.kind`} value={item.kind} />
      {error ? <p className="wrong">{error}</p> : null}
      <LanguageFields
        name={`${path}.text`}
        label="Question"
        texts={item.text}
        languages={languages}
        errorOf={errorOf}
        isLong
      />
      {item.kind === 'scale' ? (
        <ScaleFields item={item} path={path} languages={languages} errorOf={errorOf} />
      ) : item.kind === 'comment' ? null : (
        <AnswerFields item={item} path={path} places={places} languages={languages} errorOf={errorOf} />
      )}
      <ShowIf item={item} path={path} earlier={earlier} errorOf={errorOf} />
      <p className="steps-of-question">
        <button className="linklike small" name="do" value={`up ${places}`}>
          Up<span className="visually-hidden"> with question {number}</span>
        </button>
        <button className="linklike small" name="do" value={`down ${places}`}>
          Down<span className="visually-hidden"> with question {number}</span>
        </button>
        <button className="linklike small" name="do" value={`remove ${places}`}>
          Remove<span className="visually-hidden"> question {number}</span>
        </button>
      </p>
    </fieldset>
  )
}

interface PartProps {
  item: Item
  path: string
  languages: readonly LanguageName[]
  errorOf(path: string): string | undefined
}

function ScaleFields({ item, path, languages, errorOf }: PartProps) {
  const error = errorOf(`${path}.points`)
  return (
    <>
      <div className="row">
        <div className={error ? 'field is-wrong' : 'field'}>
          <label htmlFor={`field-${path}.points`}>Points</label>
          <select id={`field-${path}.points`} name={`${path}.points`} defaultValue={item.options.length}>
            {[3, 4, 5, 6, 7].map(points => (
              <option key={points}>{points}</option>
            ))}
          </select>
          {error ? <p className="wrong">{error}</p> : null}
        </div>
        <label className="check">
          <input type="checkbox" name={`${path}.reversed`} value="yes" defaultChecked={item.reversed} />
          <span>Reversed: agreeing is the unfavourable answer</span>
        </label>
        <label className="check">
          <input type="checkbox" name={`${path}.headline`} value="yes" defaultChecked={item.headline} />
          <span>Shown against the target</span>
        </label>
      </div>
      <details
        open={
          errorOf(`${path}.options`) !== undefined ||
          item.options.some((_, at) => languages.some(one => errorOf(`${path}.options.${at}.label.${one.code}`)))
        }
      >
        <summary>
          Names of the points: {textIn(item.options[0]?.label ?? {}, 'en') || '…'} to{' '}
          {textIn(item.options.at(-1)?.label ?? {}, 'en') || '…'}
        </summary>
        <p className="muted small">
          Name the two ends, or all of them. A change of the number of points is seen after saving.
        </p>
        {item.options.map((option, at) => (
          <div key={option.value}>
            <input type="hidden" name={`${path}.options.${at}.value`} value={option.value} />
            <LanguageFields
              name={`${path}.options.${at}.label`}
              label={`Point ${at + 1}`}
              texts={option.label}
              languages={languages}
              errorOf={errorOf}
              isSmall
            />
          </div>
        ))}
      </details>
    </>
  )
}

function AnswerFields({ item, path, places, languages, errorOf }: PartProps & { places: string }) {
  const error = errorOf(`${path}.options`)
  return (
    <div className={error ? 'answers is-wrong' : 'answers'} id={`field-${path}.options`}>
      {error ? <p className="wrong">{error}</p> : null}
      {item.options.map((option, at) => (
        <div key={option.value} className="answer-row">
          <input type="hidden" name={`${path}.options.${at}.value`} value={option.value} />
          <LanguageFields
            name={`${path}.options.${at}.label`}
            label={`Answer ${at + 1}`}
            texts={option.label}
            languages={languages}
            errorOf={errorOf}
            isSmall
          />
          <button className="linklike small" name="do" value={`remove-option ${places} ${at}`}>
            Remove<span className="visually-hidden"> answer {at + 1}</span>
          </button>
        </div>
      ))}
      <button className="linklike small" name="do" value={`add-option ${places}`}>
        Add an answer
      </button>
    </div>
  )
}

function ShowIf({ item, path, earlier, errorOf }: Omit<PartProps, 'languages'> & { earlier: readonly Item[] }) {
  const { showIf } = item
  const error = errorOf(`${path}.showIf`)
  if (earlier.length === 0 && !showIf) return null
  const asked = earlier.find(one => one.id === showIf?.item)
  return (
    <details open={showIf !== undefined}>
      <summary>{showIf ? 'Asked after some answers only' : 'Always asked'}</summary>
      <div className={error ? 'field is-wrong' : 'field'} id={`field-${path}.showIf`}>
        <label htmlFor={`${path}.showIf.item`}>Asked after an answer to</label>
        <select id={`${path}.showIf.item`} name={`${path}.showIf.item`} defaultValue={asked ? asked.id : ''}>
          <option value="">no question: always</option>
          {earlier.map(one => (
            <option key={one.id} value={one.id}>
              {textIn(one.text, 'en') || '(a question without text)'}
            </option>
          ))}
        </select>
        <input type="hidden" name={`${path}.showIf.before`} value={showIf?.item ?? ''} />
        {error ? <p className="wrong">{error}</p> : null}
      </div>
      {asked ? (
        <div className="checks">
          {asked.options.map((option, at) => (
            <label key={option.value} className="check">
              <input
                type="checkbox"
                name={`${path}.showIf.values`}
                value={option.value}
                defaultChecked={showIf?.values.includes(option.value)}
              />
              <span>{textIn(option.label, 'en') || `point ${at + 1}`}</span>
            </label>
          ))}
        </div>
      ) : (
        <p className="muted small">Choose a question and save: then its answers can be chosen.</p>
      )}
    </details>
  )
}
