import type { FastifyRequest } from 'fastify';
import type { Need, Operator } from '../domain/operator.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** What a call of the operators asks of whoever makes it. */
    needs?: Need;
    /** Answered also to an operator who has yet to switch on the second step that the shop demands. */
    beforeTwoStep?: boolean;
  }
  interface FastifyRequest {
    operator: Operator | null;
  }
}

/** The option by which a route of the operators says whom it is for. A route that does not say it ends the start. */
export function needs(need: Need): { config: { needs: Need } } {
  return { config: { needs: need } };
}

/** Who makes the call. Only for routes behind the operators' door. */
export function operatorOf(request: FastifyRequest): Operator {
  if (!request.operator) throw new Error('This route is not behind the door of the operators.');
  return request.operator;
}
