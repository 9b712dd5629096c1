import type { Db } from '#db/index.server.ts'
import { type DaysOff, readDaysOff } from './days-off.ts'
import { type Settings, settingsFrom } from './settings.ts'
import { settingRows } from './settings-queries.server.ts'

/** The organisation's settings, defaults filled in. */
export async function readSettings(db: Db): Promise<Settings> {
  return settingsFrom(await settingRows(db))
}

/** The organisation's days off. */
export async function daysOffOf(db: Db): Promise<DaysOff> {
  return readDaysOff((await readSettings(db)).daysOff).days
}
