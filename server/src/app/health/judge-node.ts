import { type Finding, fail, ok } from '../../domain/health.ts';

/** The oldest Node.js that this shop runs on. */
const oldest = { major: 24, minor: 15 };

/** A sentence about a version of Node.js that is too old; null for one that is supported. */
export function unsupportedNode(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > oldest.major || (major === oldest.major && minor >= oldest.minor)) return null;
  return `Paydesk needs Node.js ${oldest.major}.${oldest.minor} or later; this is ${version}.`;
}

export function judgeNode(version: string): Finding {
  const problem = unsupportedNode(version);
  return problem === null
    ? ok('Node.js', `This is ${version}, which is supported.`)
    : fail('Node.js', problem, 'Use npm start or npm run, which take the one that npm ci installs.');
}
