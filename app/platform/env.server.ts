/** The environment, read in one place and checked at start. Everything else receives values. */
import { resolve } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  ORIGIN: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://candor.example.org' })
    .transform(value => new URL(value).origin)
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/)/, 'must start with file: or postgres://')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  MAIL_FROM: z.string().min(3).default('Candor <candor@localhost>'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  TRUST_PROXY: z
    .string()
    .regex(/^(\d+|[0-9a-fA-F.:/, ]+|loopback)$/, 'must be a number of proxies or a list of addresses')
    .optional(),
})

export interface Env {
  port: number
  host: string
  origin: string | null
  dataDir: string
  databaseUrl: string
  mailDir: string
  smtpUrl: string | null
  mailFrom: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  trustProxy: string | null
}

/**
 * Reads the environment; an empty value counts as absent.
 * @throws Error with one line per variable that cannot be used.
 */
export function readEnv(source: Record<string, string | undefined>): Env {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(present)
  if (!parsed.success)
    throw new Error(
      `The environment has values that Candor cannot use:\n${parsed.error.issues
        .map(issue => `  ${issue.path.join('.')}: ${issue.message}`)
        .join('\n')}`,
    )
  const env = parsed.data
  const dataDir = resolve(env.DATA_DIR)
  return {
    port: env.PORT,
    host: env.HOST,
    origin: env.ORIGIN ?? null,
    dataDir,
    databaseUrl: env.DATABASE_URL ?? `file:${dataDir}/candor.db`,
    mailDir: `${dataDir}/mail`,
    smtpUrl: env.SMTP_URL ?? null,
    mailFrom: env.MAIL_FROM,
    logLevel: env.LOG_LEVEL,
    trustProxy: env.TRUST_PROXY ?? null,
  }
}
