/** What a theme is, and the rules that hold for every list of them, whether typed, imported or shipped. */
import { z } from 'zod'

/** One tag of the controlled list. */
export interface Theme {
  id: string
  slug: string
  name: string
  /** One sentence. */
  definition: string
  parentId: string | null
  /** Lower-case words and phrases that suggest it; each belongs to one theme only. */
  synonyms: string[]
}

export const THEME_LIMITS = { name: 80, definition: 300, synonym: 80, synonyms: 200 } as const

/** Addresses below /themes that are not themes. */
export const RESERVED_SLUGS = ['new', 'analysis']

const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f]|\p{Surrogate}/u
const SECOND_SENTENCE = /[.!?…]["’”)]*\s+["‘“(]*\p{Lu}/u

const line = (what: string, max: number) =>
  z
    .string({ error: `Write ${what}.` })
    .transform(tidy)
    .pipe(
      z
        .string()
        .min(1, `Write ${what}.`)
        .max(max, `This is longer than ${max} characters.`)
        .refine(text => !UNSHOWABLE.test(text), 'This has a character that cannot be shown.'),
    )

export const themeName = line('a name', THEME_LIMITS.name).refine(
  name => /[\p{L}\p{N}]/u.test(name),
  'A name needs at least one letter or digit.',
)

export const themeDefinition = line('a definition, in one sentence', THEME_LIMITS.definition).refine(
  text => !SECOND_SENTENCE.test(text),
  'One sentence, please: this looks like more than one.',
)

/** Words and phrases, lower-cased, each once. */
export const themeSynonyms = z
  .array(z.string().max(10_000))
  .transform(list => [...new Set(list.map(foldSynonym).filter(text => text !== ''))])
  .pipe(
    z
      .array(
        z
          .string()
          .max(THEME_LIMITS.synonym, `A synonym has at most ${THEME_LIMITS.synonym} characters.`)
          .refine(text => !UNSHOWABLE.test(text), 'A synonym has a character that cannot be shown.')
          .refine(text => /[\p{L}\p{N}]/u.test(text), 'A synonym needs at least one letter or digit.'),
      )
      .max(THEME_LIMITS.synonyms, `At most ${THEME_LIMITS.synonyms} synonyms, please.`),
  )

/** The form in which a synonym is kept and compared. */
export function foldSynonym(text: string): string {
  return tidy(text).toLowerCase()
}

/** Spaces and line breaks become single spaces. Other control characters stay, to be refused rather than lost. */
function tidy(text: string): string {
  return text.replace(/[ \t\n\r\u00a0]+/g, ' ').trim()
}

/**
 * Who already answers to a word, as a name or as a synonym.
 * @param themes the live themes, without the one that wants the word.
 */
export function holderOf(
  word: string,
  themes: readonly { name: string; synonyms: readonly string[] }[],
): { name: string; as: 'name' | 'synonym' } | null {
  const folded = foldSynonym(word)
  for (const theme of themes) {
    if (foldSynonym(theme.name) === folded) return { name: theme.name, as: 'name' }
    if (theme.synonyms.includes(folded)) return { name: theme.name, as: 'synonym' }
  }
  return null
}

/** A clash in words: '“oom” is a synonym of Resource leak already.' */
export function sayClash(word: string, holder: { name: string; as: 'name' | 'synonym' }): string {
  return holder.as === 'name'
    ? `“${word}” is the name of another theme already.`
    : `“${word}” is a synonym of ${holder.name} already.`
}
