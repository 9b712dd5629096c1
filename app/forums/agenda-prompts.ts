/** The questions that stand under the clock: the shape of `content/agendas/*.yaml`. */
import { z } from 'zod'

const questions = z.array(z.string().trim().min(1).max(300)).min(1).max(6)

export const agendaPromptsSchema = z.strictObject({
  opening: questions,
  context: questions,
  discussion: questions,
  capture: questions,
  patterns: questions,
})

export type AgendaPrompts = z.infer<typeof agendaPromptsSchema>
