import { api } from './api.ts'
import type { Delivery, Publish } from './channel.ts'
import { portal } from './portal.ts'

/** All channels that a customer can be reached by. */
export const channelsFor = (publish: Publish): Delivery[] => [portal(publish), api(publish)]
