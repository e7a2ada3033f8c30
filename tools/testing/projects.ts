/** One group of test files that vitest runs under one name. */
export type TestProject = {
  name: string;
  include: string[];
  exclude: string[];
  /** Milliseconds one test may take before it counts as failed. */
  testTimeout: number;
  /** Files that start, before the first test, what all tests of the group share. */
  globalSetup: string[];
  /** Files that every test file runs first. */
  setupFiles: string[];
};

const seconds = 1_000;
const database = 'tools/testing/postgres-setup.ts';
const browser = 'e2e/support/browser-setup.ts';
const conformance = 'sandbox/test/support/conformance-setup.ts';

/** All tests of the repository. `vitest.config.ts` and `tools/test.ts` both read this list. */
export const testProjects: TestProject[] = [
  project('contract', { include: ['contract/test/**/*.test.ts'] }),
  project('server-unit', { include: ['server/test/unit/**/*.test.ts'] }),
  project('web', { include: ['web/test/**/*.test.ts'] }),
  project('sandbox', {
    include: ['sandbox/test/**/*.test.ts'],
    exclude: ['sandbox/test/browser/**'],
    testTimeout: 30 * seconds,
    setupFiles: [conformance],
  }),
  project('tools', { include: ['tools/test/**/*.test.ts'], testTimeout: 60 * seconds }),
  project('server-integration', {
    include: ['server/test/integration/**/*.test.ts'],
    testTimeout: 60 * seconds,
    globalSetup: [database],
  }),
  project('sandbox-browser', {
    include: ['sandbox/test/browser/**/*.test.ts'],
    testTimeout: 60 * seconds,
    globalSetup: [browser],
    setupFiles: [conformance],
  }),
  project('e2e', {
    include: ['e2e/*.test.ts'],
    testTimeout: 120 * seconds,
    globalSetup: [database, browser],
  }),
];

function project(name: string, options: Pick<TestProject, 'include'> & Partial<TestProject>): TestProject {
  return {
    name,
    exclude: [],
    testTimeout: 10 * seconds,
    globalSetup: [],
    setupFiles: [],
    ...options,
  };
}
