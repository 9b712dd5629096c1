/** The organisation's roles in an incident, read once from `content/roles.yaml`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { CONTENT_FOLDER } from '#app/platform/content.server.ts'
import { type RoleDefinitions, roleDefinitionsSchema } from './role-definitions.ts'

let read: RoleDefinitions | null = null

/** @throws ZodError naming what is wrong with the file. */
export function readRoles(): RoleDefinitions {
  read ??= roleDefinitionsSchema.parse(parse(readFileSync(join(CONTENT_FOLDER, 'roles.yaml'), 'utf8')))
  return read
}
