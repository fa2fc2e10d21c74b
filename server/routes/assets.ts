/** The files that pages load. An address with the file's own hash may be kept for ever; any other is asked about each time. */
import { notFound } from '../errors.ts'
import { asset } from '../../views/assets.ts'
import type { Route } from './route.ts'

export const assetRoutes: Route[] = [
  {
    method: 'get',
    path: '/assets/:name',
    access: 'anyone',
    handle: ({ req, res }) => {
      const file = asset(String(req.params['name']))
      if (file === null) throw notFound('file')
      const pinned = req.query['v'] === file.version
      res.set('Cache-Control', pinned ? 'public, max-age=31536000, immutable' : 'no-cache')
      res.set('ETag', `"${file.version}"`)
      res.type(file.type).send(file.bytes)
    },
  },
]
