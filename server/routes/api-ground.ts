/** Scores how well a premise supports a claim, with the checks that answers go through. */
import type { Finding } from '../types.ts'
import { PairJson, PairsJson } from './api-schemas.ts'
import { readFields } from './body.ts'
import type { Route } from './route.ts'

export type Ground = (pair: { claim: string; premise: string }) => Promise<{ score: number; supported: boolean; findings: Finding[] }>

export function groundRoute(ground: Ground): Route {
  return {
    method: 'post',
    path: '/api/v1/ground',
    access: 'key',
    handle: async ({ req, res }) => {
      if (req.body?.pairs === undefined) return res.json(await ground(readFields(PairJson, req.body)))
      const { pairs } = readFields(PairsJson, req.body)
      const results = []
      // One after another: the models behind it work on one thing at a time anyway.
      for (const pair of pairs) {
        if (res.destroyed) return
        results.push(await ground(pair))
      }
      return res.json({ results })
    },
  }
}
