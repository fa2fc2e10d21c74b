import type { Ports } from './ports.ts'

/** The same ports for a question that nobody waits for: the model serves everybody else first, and no page is told of its stages. */
export function inBackground(ports: Omit<Ports, 'record' | 'onStage'>): Omit<Ports, 'record'> {
  const { model } = ports
  return {
    ...ports,
    model: {
      identity: model.identity,
      status: () => model.status(),
      close: () => model.close(),
      generate: (request) => model.generate({ ...request, lane: 'background' }),
      choose: (request) => model.choose({ ...request, lane: 'background' }),
    },
    onStage: () => undefined,
  }
}
