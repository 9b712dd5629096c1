import type { Db } from '#db/index.server.ts'
import type { Settings } from './settings.ts'

export function settingRows(db: Db): Promise<{ key: string; value: string }[]> {
  return db.selectFrom('settings').select(['key', 'value']).execute()
}

export async function putSettings(db: Db, values: Partial<Settings>): Promise<void> {
  for (const [key, value] of Object.entries(values))
    await db
      .insertInto('settings')
      .values({ key, value: JSON.stringify(value) })
      .onConflict(conflict => conflict.column('key').doUpdateSet({ value: JSON.stringify(value) }))
      .execute()
}
