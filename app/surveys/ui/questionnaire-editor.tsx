/** The editor of a draft: one form, whose buttons say what to do with it. Each press saves. */
import { Form, Link } from '@remix-run/react'
import type { FieldError } from '#app/platform/errors.ts'
import { Fields, TextField } from '#app/ui/form.tsx'
import type { Item, Questionnaire } from '../questionnaires/questionnaire.ts'
import { LanguageFields, type LanguageName } from './language-fields.tsx'
import { KIND_WORDS, QuestionEditor } from './question-editor.tsx'
import './editor.css'

export interface EditorRefusal {
  message: string
  errors: FieldError[]
}

export function QuestionnaireEditor({
  draft,
  base,
  languages,
  refusal,
}: {
  draft: Questionnaire
  /** When the draft was last changed. */
  base: string
  languages: readonly LanguageName[]
  refusal: EditorRefusal | null
}) {
  const errors = new Map(refusal?.errors.map(({ path, message }) => [path, message]))
  const errorOf = (path: string) => errors.get(path)
  const numbered = numbering(draft)
  return (
    <Form method="post" className="questionnaire-editor" key={base}>
      <Fields state={refusal ? { ...refusal, values: {} } : { errors: [], values: {} }}>
        <input type="hidden" name="base" value={base} />
        {languages.map(language => (
          <input key={language.code} type="hidden" name="languages" value={language.code} />
        ))}
        <p className="actions">
          <button className="btn primary" name="do" value="save">
            Save the draft
          </button>
          <Link className="btn" to={`/surveys/questionnaires/${draft.id}/preview`}>
            Preview as saved
          </Link>
        </p>
        <LanguageFields name="title" label="Title" texts={draft.title} languages={languages} errorOf={errorOf} />
        <LanguageFields
          name="introduction"
          label="Read before the first question"
          texts={draft.introduction}
          languages={languages}
          errorOf={errorOf}
          isLong
        />
        <TextField
          name="target"
          label="Target, in percent"
          type="number"
          min="0"
          max="100"
          required={false}
          defaultValue={
            draft.target === null || Number.isNaN(draft.target) ? '' : String(Math.round(draft.target * 1000) / 10)
          }
          help="The share of favourable answers that questions shown against the target should reach."
        />
        <Languages languages={languages} />
        {errors.get('sections') ? <p className="wrong">{errors.get('sections')}</p> : null}
        {draft.sections.map((section, at) => (
          <section key={at} className="section-row" aria-label={`Section ${at + 1}`}>
            <input type="hidden" name={`sections.${at}`} value="section" />
            {draft.sections.length > 1 ? (
              <LanguageFields
                name={`sections.${at}.title`}
                label={`Heading of section ${at + 1}`}
                texts={section.title}
                languages={languages}
                errorOf={errorOf}
              />
            ) : null}
            {section.items.map((item, place) => (
              <QuestionEditor
                key={item.id}
                item={item}
                section={at}
                place={place}
                number={numbered.get(item.id)?.number ?? place + 1}
                languages={languages}
                earlier={numbered.get(item.id)?.earlier ?? []}
                errorOf={errorOf}
              />
            ))}
            <p className="steps-of-question">
              <span className="muted small">Add:</span>
              {(Object.keys(KIND_WORDS) as (keyof typeof KIND_WORDS)[]).map(kind => (
                <button key={kind} className="btn small" name="do" value={`add ${kind} ${at}`}>
                  {KIND_WORDS[kind]}
                  {draft.sections.length > 1 ? <span className="visually-hidden"> to section {at + 1}</span> : null}
                </button>
              ))}
              {draft.sections.length > 1 ? (
                <button className="linklike small" name="do" value={`remove-section ${at}`}>
                  Remove the section and its questions
                </button>
              ) : null}
            </p>
          </section>
        ))}
        <p>
          <button className="linklike" name="do" value="add-section">
            Add a section
          </button>
        </p>
        <p className="actions">
          <button className="btn primary" name="do" value="save">
            Save the draft
          </button>
          <button className="btn" name="do" value="publish">
            Publish version {draft.version}
          </button>
          <button className="btn quiet" name="do" value="discard">
            Discard the draft
          </button>
        </p>
        <label className="check">
          <input type="checkbox" name="confirm" value="yes" />
          <span>Yes: a published version never changes, a discarded draft is gone.</span>
        </label>
        {errors.get('confirm') ? (
          <p className="wrong" id="field-confirm">
            {errors.get('confirm')}
          </p>
        ) : null}
      </Fields>
    </Form>
  )
}

function Languages({ languages }: { languages: readonly LanguageName[] }) {
  return (
    <fieldset className="languages-row">
      <legend>Languages</legend>
      <p>
        {languages.map(({ code, name }) => (
          <span key={code} className="tag">
            {name}{' '}
            {languages.length > 1 ? (
              <button className="linklike" name="do" value={`remove-language ${code}`}>
                remove<span className="visually-hidden"> {name} and its texts</span>
              </button>
            ) : null}
          </span>
        ))}
      </p>
      <div className="row">
        <div className="field">
          <label htmlFor="field-language">Another language</label>
          <input type="text" id="field-language" name="language" maxLength={2} placeholder="fr" autoComplete="off" />
          <p className="help">By its two letters.</p>
        </div>
        <button className="btn small" name="do" value="add-language">
          Add the language
        </button>
      </div>
    </fieldset>
  )
}

/** By question: its number, and those before it whose answers can be a condition. */
function numbering(draft: Questionnaire): Map<string, { number: number; earlier: Item[] }> {
  const all = draft.sections.flatMap(section => section.items)
  return new Map(
    all.map((item, at) => [
      item.id,
      { number: at + 1, earlier: all.slice(0, at).filter(one => one.kind !== 'comment') },
    ]),
  )
}
