/** Every step in order, named statically so that a bundled build has them all. A landed step never changes. */
import type { Migration } from 'kysely'
import * as house from './0001-house.ts'
import * as incidentKeys from './0002-incident-keys.ts'
import * as rolesAndDeployments from './0003-roles-and-deployments.ts'
import * as incidentLife from './0004-incident-life.ts'
import * as hooks from './0005-hooks.ts'
import * as writing from './0006-writing.ts'
import * as followThrough from './0007-follow-through.ts'
import * as participation from './0008-participation.ts'
import * as discussion from './0009-discussion.ts'
import * as setAside from './0010-set-aside.ts'
import * as surveys from './0011-surveys.ts'
import * as forums from './0012-forums.ts'
import * as live from './0013-live.ts'
import * as forumFollowUp from './0014-forum-follow-up.ts'
import * as reports from './0015-reports.ts'
import * as searchIndex from './0016-search-index.ts'
import * as daysOff from './0017-days-off.ts'
import * as askedAttenders from './0018-asked-attenders.ts'

export const migrations: Record<string, Migration> = {
  '0001-house': house,
  '0002-incident-keys': incidentKeys,
  '0003-roles-and-deployments': rolesAndDeployments,
  '0004-incident-life': incidentLife,
  '0005-hooks': hooks,
  '0006-writing': writing,
  '0007-follow-through': followThrough,
  '0008-participation': participation,
  '0009-discussion': discussion,
  '0010-set-aside': setAside,
  '0011-surveys': surveys,
  '0012-forums': forums,
  '0013-live': live,
  '0014-forum-follow-up': forumFollowUp,
  '0015-reports': reports,
  '0016-search-index': searchIndex,
  '0017-days-off': daysOff,
  '0018-asked-attenders': askedAttenders,
}
