/** For tests through the routes: members of staff who have signed in. */
import type { Express } from 'express'
import request from 'supertest'
import type { Context } from '../context.ts'
import { hashPassword } from '../people/passwords.ts'
import type { Role } from '../types.ts'

export const PASSWORD = 'correct horse battery'

export type Agent = ReturnType<typeof request.agent>

/** `url`: where the house answers, or the app itself. */
export async function staffAgent(
  { context, url }: { context: Context; url: string | Express },
  name: string,
  roles: Role[] = ['reviewer'],
): Promise<Agent> {
  context.store.staff.create({ name, passwordHash: await hashPassword(PASSWORD), roles }, 'system')
  const agent = request.agent(url)
  await agent.post('/console/sign-in').type('form').send({ name, password: PASSWORD }).expect(303)
  return agent
}
