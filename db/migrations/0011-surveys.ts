/** Questionnaires and waves. Tables of responses have no CHECKs on values: an error's detail would print the row. */
import type { Kysely } from 'kysely'
import { dialectOf } from '../dialects/dialect.ts'

export async function up(db: Kysely<unknown>): Promise<void> {
  const { text, blob, integer, withoutSamples } = dialectOf(db)

  await db.schema
    .createTable('questionnaires')
    .addColumn('id', text as never, column => column.notNull())
    .addColumn('version', integer as never, column => column.notNull())
    .addColumn('state', text as never, column => column.notNull())
    .addColumn('definition', text as never, column => column.notNull())
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('updated_at', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('questionnaires_pk', ['id', 'version'])
    .execute()

  await db.schema
    .createTable('waves')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('title', text as never, column => column.notNull())
    .addColumn('state', text as never, column => column.notNull())
    .addColumn('plan', text as never, column => column.notNull())
    .addColumn('collecting_from', text as never, column => column.notNull())
    .addColumn('answering_from', text as never, column => column.notNull())
    .addColumn('closes_at', text as never, column => column.notNull())
    .addColumn('extended_at', text as never)
    .addColumn('questionnaire', text as never)
    .addColumn('charter', text as never)
    .addColumn('public_key', text as never)
    .addColumn('invited', integer as never)
    .addColumn('collected_shown', integer as never, column => column.notNull().defaultTo(0))
    .addColumn('collected_shown_on', text as never)
    .addColumn('collected', integer as never)
    .addColumn('cast_count', integer as never)
    .addColumn('release', text as never)
    .addColumn('opened_at', text as never)
    .addColumn('closed_at', text as never)
    .addColumn('published_at', text as never)
    .addColumn('comments_at', text as never)
    .addColumn('abandoned_at', text as never)
    .addColumn('abandoned_why', text as never)
    .addColumn('previous_id', text as never, column => column.references('waves.id').onDelete('set null'))
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('updated_at', text as never, column => column.notNull())
    .execute()
  await db.schema.createIndex('waves_closes_at').on('waves').columns(['closes_at', 'id']).execute()
  await db.schema.createIndex('waves_state').on('waves').columns(['state', 'closes_at']).execute()
  await db.schema.createIndex('waves_previous_id').on('waves').column('previous_id').execute()

  await db.schema
    .createTable('wave_invited')
    .addColumn('wave_id', text as never, column => column.notNull().references('waves.id').onDelete('cascade'))
    .addColumn('person_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('group_id', text as never)
    .addPrimaryKeyConstraint('wave_invited_pk', ['wave_id', 'person_id'])
    .execute()
  await db.schema.createIndex('wave_invited_person_id').on('wave_invited').column('person_id').execute()

  await db.schema
    .createTable('wave_ballots')
    .addColumn('wave_id', text as never, column => column.notNull().references('waves.id').onDelete('cascade'))
    .addColumn('person_id', text as never, column => column.notNull().references('people.id').onDelete('cascade'))
    .addColumn('shard', integer as never, column => column.notNull())
    .addColumn('digest', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('wave_ballots_pk', ['wave_id', 'person_id'])
    .execute()
  await db.schema.createIndex('wave_ballots_shard').on('wave_ballots').columns(['wave_id', 'shard']).execute()
  await db.schema.createIndex('wave_ballots_person_id').on('wave_ballots').column('person_id').execute()

  await db.schema
    .createTable('wave_responses')
    .addColumn('wave_id', text as never, column => column.notNull())
    .addColumn('tag', text as never, column => column.notNull())
    .addColumn('content_tag', text as never, column => column.notNull())
    .addColumn('sealed', blob as never, column => column.notNull())
    .addPrimaryKeyConstraint('wave_responses_pk', ['wave_id', 'tag'])
    .execute()

  await db.schema
    .createTable('wave_bulletin')
    .addColumn('wave_id', text as never, column => column.notNull().references('waves.id').onDelete('cascade'))
    .addColumn('serial', text as never, column => column.notNull())
    .addColumn('prefix', text as never, column => column.notNull())
    .addColumn('signature', text as never, column => column.notNull())
    .addColumn('receipt', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('wave_bulletin_pk', ['wave_id', 'serial'])
    .execute()

  await db.schema
    .createTable('wave_comment_receipts')
    .addColumn('wave_id', text as never, column => column.notNull().references('waves.id').onDelete('cascade'))
    .addColumn('receipt', text as never, column => column.notNull())
    .addPrimaryKeyConstraint('wave_comment_receipts_pk', ['wave_id', 'receipt'])
    .execute()

  await db.schema
    .createTable('wave_comments')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('wave_id', text as never, column => column.notNull().references('waves.id').onDelete('cascade'))
    .addColumn('item', text as never, column => column.notNull())
    .addColumn('text', text as never, column => column.notNull())
    .addColumn('is_redacted', integer as never, column => column.notNull().defaultTo(0))
    .addColumn('themes', text as never, column => column.notNull())
    .execute()
  await db.schema.createIndex('wave_comments_wave_id').on('wave_comments').columns(['wave_id', 'item', 'id']).execute()

  await db.schema
    .createTable('wave_commitments')
    .addColumn('id', text as never, column => column.notNull().primaryKey())
    .addColumn('wave_id', text as never, column => column.notNull().references('waves.id').onDelete('cascade'))
    .addColumn('item', text as never)
    .addColumn('text', text as never, column => column.notNull())
    .addColumn('action_item_id', text as never, column => column.references('action_items.id').onDelete('set null'))
    .addColumn('created_at', text as never, column => column.notNull())
    .addColumn('created_by', text as never, column => column.notNull())
    .execute()
  await db.schema
    .createIndex('wave_commitments_wave_id')
    .on('wave_commitments')
    .columns(['wave_id', 'created_at'])
    .execute()
  await db.schema
    .createIndex('wave_commitments_action_item_id')
    .on('wave_commitments')
    .column('action_item_id')
    .execute()

  // What is deleted or redacted must not live on in a database's statistics.
  await withoutSamples(db, 'wave_responses', ['tag', 'content_tag', 'sealed'])
  await withoutSamples(db, 'wave_ballots', ['person_id', 'digest'])
  await withoutSamples(db, 'wave_comments', ['id', 'text'])
}
