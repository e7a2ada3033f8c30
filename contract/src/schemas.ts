import Type, { type TSchemaOptions } from 'typebox';

/** Pieces that many schemas are made of. */

export const At = Type.String({ format: 'date-time' });

export const nullable = <T extends Parameters<typeof Type.Optional>[0]>(schema: T) =>
  Type.Union([schema, Type.Null()]);

/**
 * Printable text without line breaks or other control characters, and not blank: such values reach e-mails, documents, logs and
 * providers.
 */
export const words = (maxLength: number, options: TSchemaOptions = {}) =>
  Type.String({
    minLength: 1,
    maxLength,
    pattern: '^[^\\p{Cc}\\p{Cs}]*[^\\p{Cc}\\p{Cs}\\s][^\\p{Cc}\\p{Cs}]*$',
    ...options,
  });
