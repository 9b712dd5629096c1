/**
 * The one script that blinds, keeps and casts ballots. Built by itself into one file whose SHA-384 stands on /anonymity;
 * it talks to no other site, and to this one only where the browser's network tab shows it.
 */
import { collectView } from './collect-view.ts'
import { forgetUncast, uncastHere } from './kept.ts'
import type { PageData } from './page-data.ts'
import { startPage } from './page-script.ts'
import { exportPart } from './show-ballot.ts'

/** What signed-in pages ask of it. */
const offered = { collectView, uncastHere, forgetUncast, exportPart }

export type CandorBallots = typeof offered

;(globalThis as { candorBallots?: CandorBallots }).candorBallots = offered

const data = document.getElementById('page-data')
if (data) void startPage(JSON.parse(data.textContent ?? '') as PageData)
