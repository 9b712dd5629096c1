import type { Command } from 'commander'
import { abandonWave } from '#app/surveys/abandon-wave.server.ts'
import { closeWave } from '#app/surveys/closing/close-wave.server.ts'
import { publishWave } from '#app/surveys/results/publish-wave.server.ts'
import type { WaveContext } from '#app/surveys/wave-context.ts'
import { withSite } from './context.ts'

export function addWave(program: Command): void {
  const wave = program.command('wave').description('waves of surveys')

  wave
    .command('close <wave>')
    .description('close an open wave now, or go on with a closing that was interrupted')
    .exitOverride()
    .action((id: string) =>
      withWaves(async context => {
        const { title, collected, castCount, invited } = await closeWave(context, id)
        console.log(
          `${title} is closed: ${castCount} answered, ${collected} had collected a ballot, ${invited} were invited.`,
        )
        console.log('Its keys are destroyed: no answer can be read any more.')
      }),
    )

  wave
    .command('publish <wave>')
    .description('publish the results of a closed wave to every member')
    .exitOverride()
    .action((id: string) =>
      withWaves(async context => {
        const { title } = await publishWave(context, id)
        console.log(`${title} is published.`)
      }),
    )

  wave
    .command('abandon <wave>')
    .description('end a wave without results; what was answered is destroyed unread')
    .option('--why <reason>', 'a sentence for everybody who was invited', 'An administrator abandoned this wave.')
    .exitOverride()
    .action((id: string, { why }: { why: string }) =>
      withWaves(async context => {
        const { title } = await abandonWave(context, id, why)
        console.log(`${title} is abandoned. What was answered is destroyed, and so are its keys.`)
      }),
    )
}

function withWaves(work: (context: WaveContext) => Promise<void>): Promise<void> {
  return withSite(({ db, clock, actor, env }) => work({ db, clock, actor, dataDir: env.dataDir, origin: env.origin }))
}
