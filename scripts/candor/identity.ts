import type { Command } from 'commander'
import { InvalidArgumentError, Option } from 'commander'
import { ROLES, type Role } from '#app/identity/actor.ts'
import { firstAdministrator } from '#app/identity/administrators.server.ts'
import { createAccount } from '#app/identity/create-account.server.ts'
import { createToken } from '#app/identity/create-token.server.ts'
import { AppError } from '#app/platform/errors.ts'
import { readStdin, withSite } from './context.ts'

export function addIdentity(program: Command): void {
  const role = () => new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory()

  const user = program.command('user').description('accounts')
  user
    .command('create')
    .description('make an account')
    .requiredOption('--email <email>')
    .requiredOption('--name <name>')
    .addOption(role())
    .requiredOption('--password-stdin', 'read the password from standard input')
    .exitOverride()
    .action((options: { email: string; name: string; role: Role }) =>
      withSite(async context => {
        const password = (await readStdin()).replace(/\r?\n$/, '')
        await createAccount(context, { name: options.name, email: options.email, role: options.role, password })
        console.log(`${options.email} can sign in as ${options.role}.`)
      }),
    )

  const token = program.command('token').description('API tokens')
  token
    .command('create')
    .description('make an API token; it is printed once')
    .requiredOption('--name <name>', 'what it is for')
    .addOption(role())
    .option('--days <days>', 'days until it expires; without, it does not', wholeDays)
    .exitOverride()
    .action((options: { name: string; role: Role; days?: number }) =>
      withSite(async context => {
        const owner = await firstAdministrator(context.db, context.clock)
        if (!owner)
          throw new AppError(
            'invalid',
            'A token belongs to an administrator, and there is none yet. Make one with "user create".',
          )
        const expiresAt = options.days ? new Date(context.clock.now() + options.days * 86_400_000).toISOString() : null
        const { secret } = await createToken(
          { ...context, actor: { ...context.actor, accountId: owner } },
          { name: options.name, role: options.role, expiresAt },
        )
        console.log(secret)
      }),
    )
}

function wholeDays(text: string): number {
  const days = Number(text)
  if (!Number.isInteger(days) || days < 1 || days > 3650)
    throw new InvalidArgumentError('a whole number of days, 1 to 3650')
  return days
}
