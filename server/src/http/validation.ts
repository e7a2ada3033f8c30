import { Ajv, type ValidateFunction } from 'ajv';
import type { FastifyInstance } from 'fastify';

/**
 * Bodies are taken as they are: a number in quotes is not a number and an unknown property is refused, never dropped
 * silently. Only query strings, which are all text, are read as the type their schema names.
 */
export function validateStrictly(server: FastifyInstance): void {
  const strict = new Ajv({
    allErrors: false,
    coerceTypes: false,
    removeAdditional: false,
    useDefaults: false,
  });
  const fromText = new Ajv({
    allErrors: false,
    coerceTypes: true,
    removeAdditional: false,
    useDefaults: false,
    // Else "1e309" is read as Infinity, which is then held against no maximum at all.
    strictNumbers: false,
  });
  for (const ajv of [strict, fromText]) ajv.addFormat('date-time', true);
  server.setValidatorCompiler(({ schema, httpPart }): ValidateFunction => {
    return (httpPart === 'querystring' ? fromText : strict).compile(schema as object);
  });
}
