/** Who writes each chapter, in the order in which they are read. */
import type { Chapter } from '../report.ts'
import type { ReportFacts } from '../report-facts.ts'
import { writeComingBack } from './coming-back.ts'
import { writeCost } from './cost.ts'
import { writeFollowingThrough } from './following-through.ts'
import { writeNoticing } from './noticing.ts'
import { writeRecovering } from './recovering.ts'
import { writeRecurring } from './recurring.ts'
import { writeSafety } from './safety.ts'
import { writeTakingPart } from './taking-part.ts'
import { writeWriting } from './writing.ts'

export const CHAPTER_WRITERS: readonly ((facts: ReportFacts) => Chapter)[] = [
  writeSafety,
  writeNoticing,
  writeRecovering,
  writeWriting,
  writeFollowingThrough,
  writeComingBack,
  writeTakingPart,
  writeRecurring,
  writeCost,
]
