/** The words of the respondent's page and script, by language. Sent with the page, so that the script has no language. */

import { GERMAN } from './words-de.ts'
import { ENGLISH } from './words-en.ts'

export type Words = { readonly [Key in keyof typeof ENGLISH]: string }

const BY_LANGUAGE: Record<string, Words> = { en: ENGLISH, de: GERMAN }

/** English where a wave is asked in a language that the interface does not speak. */
export function wordsIn(language: string): Words {
  return BY_LANGUAGE[language] ?? ENGLISH
}

/** The language that the interface speaks there, for the page's `lang`. */
export function languageOfWords(language: string): string {
  return language in BY_LANGUAGE ? language : 'en'
}

/** The name of a language in itself: 'Deutsch'. */
export function nameOfLanguage(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1)
}
