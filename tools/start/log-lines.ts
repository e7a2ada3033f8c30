/** One line of pino's JSON, as far as it is shown to a person. */
type LogEntry = { level: number; time?: number | string; msg?: string; err?: { message?: string } } & Record<
  string,
  unknown
>;

const levelNames: Record<number, string> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};
/** What every line carries and nobody reads in a terminal. */
const hidden = new Set(['level', 'time', 'msg', 'err', 'pid', 'hostname', 'name', 'v', 'req', 'res']);

/** Makes a server's log line short for the terminal: time, level, message, ids. Anything that is not a log line stays as it is. */
export function readableLogLine(line: string): string {
  const entry = parse(line);
  if (!entry) return line;
  const ids = Object.entries(entry)
    .filter(([name, value]) => !hidden.has(name) && ['string', 'number', 'boolean'].includes(typeof value))
    .map(([name, value]) => `${name}=${value}`);
  const message = [entry.msg, entry.err?.message].filter((part) => part !== undefined && part !== '');
  const unique = [...new Set(message)].join(': ');
  const time = new Date(entry.time ?? Date.now()).toTimeString().slice(0, 8);
  return [time, (levelNames[entry.level] ?? 'log').padEnd(5), unique, ...ids].join(' ').trimEnd();
}

function parse(line: string): LogEntry | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const entry = JSON.parse(line) as LogEntry;
    return typeof entry.level === 'number' ? entry : undefined;
  } catch {
    return undefined;
  }
}
