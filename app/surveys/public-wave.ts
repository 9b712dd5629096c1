/** A wave as anybody may read it, without an account: the contract's shape, in one language. Pure. */
import type { Wave } from './get-wave.server.ts'
import { type ItemKind, itemsOf, textIn } from './questionnaires/questionnaire.ts'
import { type Charter, VARIANT, type WaveState } from './wave.ts'

export interface PublicWave {
  id: string
  title: string
  state: WaveState
  collectingFrom: string
  answeringFrom: string
  closesAt: string
  variant: string
  /** SPKI DER in base64url; null until the wave is opened, as are those that follow. */
  publicKey: string | null
  /** SHA-256 of it, in hexadecimal. */
  fingerprint: string | null
  questionnaire: PublicQuestionnaire | null
  charter: Charter | null
  /** The language of the texts, and those there are. */
  language: string
  languages: readonly string[]
  invited: number | null
  /** At least so many have collected a ballot: rounded down to fives, changed once a day. */
  collectedAtLeast: number
}

export interface PublicQuestionnaire {
  version: number
  title: string
  introduction: string | null
  sections: { title: string | null; items: string[] }[]
  items: PublicItem[]
  group: { label: string; options: { value: string; label: string }[] } | null
}

export interface PublicItem {
  id: string
  kind: ItemKind
  text: string
  options: { value: number | string; label: string }[]
  showIf: { item: string; values: (number | string)[] } | null
}

/** @param language one that the wave does not speak becomes its first. */
export function publicWave(wave: Wave, language: string | null): PublicWave {
  const languages = wave.charter?.languages ?? wave.plan.languages
  const spoken = language !== null && languages.includes(language) ? language : (languages[0] ?? 'en')
  return {
    id: wave.id,
    title: wave.title,
    state: wave.state,
    collectingFrom: wave.collectingFrom,
    answeringFrom: wave.answeringFrom,
    closesAt: wave.closesAt,
    variant: VARIANT,
    publicKey: wave.publicKey,
    fingerprint: wave.charter?.fingerprint ?? null,
    questionnaire: questionnaireIn(wave, spoken),
    charter: wave.charter,
    language: spoken,
    languages,
    invited: wave.invited,
    collectedAtLeast: wave.collectedShown,
  }
}

/** The questions in one language; the charter says which groups can be chosen. */
export function questionnaireIn(
  { questionnaire, charter }: Pick<Wave, 'questionnaire' | 'charter'>,
  language: string,
): PublicQuestionnaire | null {
  if (!questionnaire) return null
  return {
    version: questionnaire.version,
    title: textIn(questionnaire.title, language),
    introduction: questionnaire.introduction && textIn(questionnaire.introduction, language),
    sections: questionnaire.sections.map(({ title, items }) => ({
      title: title && textIn(title, language),
      items: items.map(item => item.id),
    })),
    items: itemsOf(questionnaire).map(({ id, kind, text, options, showIf }) => ({
      id,
      kind,
      text: textIn(text, language),
      options: options.map(option => ({ value: option.value, label: textIn(option.label, language) })),
      showIf: showIf ? { item: showIf.item, values: [...showIf.values] } : null,
    })),
    group: charter?.grouping
      ? {
          label: charter.grouping.label,
          options: charter.grouping.groups.filter(one => one.isChoice).map(({ id, label }) => ({ value: id, label })),
        }
      : null,
  }
}
