/** Of a password, in characters. */
export const passwordLength = { least: 10, most: 128 } as const;

export function hasPasswordLength({ length }: string): boolean {
  return length >= passwordLength.least && length <= passwordLength.most;
}
