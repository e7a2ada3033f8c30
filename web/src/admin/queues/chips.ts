/** The filters that the address holds, each in words. */
export function chipsOf(
  params: URLSearchParams,
  words: Record<string, (value: string) => string>,
): { label: string; name: string }[] {
  return Object.entries(words).flatMap(([name, say]) => {
    const value = params.get(name)?.trim();
    return value ? [{ name, label: say(value) }] : [];
  });
}
