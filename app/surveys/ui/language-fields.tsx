/** One text in every language of the questionnaire, side by side. */
import type { Texts } from '../questionnaires/questionnaire.ts'

export interface LanguageName {
  code: string
  name: string
}

export function LanguageFields({
  name,
  label,
  texts,
  languages,
  errorOf,
  isLong,
  isSmall,
}: {
  /** The path of the text; each field adds its language. */
  name: string
  label: string
  texts: Texts | null
  languages: readonly LanguageName[]
  errorOf(path: string): string | undefined
  isLong?: boolean
  isSmall?: boolean
}) {
  return (
    <div className={isSmall ? 'in-languages is-small' : 'in-languages'}>
      {languages.map(language => {
        const path = `${name}.${language.code}`
        const error = errorOf(path)
        const shared = {
          id: `field-${path}`,
          name: path,
          lang: language.code,
          defaultValue: texts?.[language.code] ?? '',
          'aria-invalid': error ? true : undefined,
          'aria-describedby': error ? `${path}-error` : undefined,
        }
        return (
          <div key={language.code} className={error ? 'field is-wrong' : 'field'}>
            <label htmlFor={shared.id}>
              {label}
              {languages.length > 1 ? <span className="muted"> {language.name}</span> : null}
            </label>
            {isLong ? <textarea {...shared} rows={2} /> : <input type="text" {...shared} autoComplete="off" />}
            {error ? (
              <p className="wrong" id={`${path}-error`}>
                {error}
              </p>
            ) : null}
          </div>
        )
      })}
    </div>
  )
}
