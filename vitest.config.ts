import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { testProjects } from './tools/testing/projects.ts';

export default defineConfig({
  test: {
    // Most tests wait for the disk or for another process half of the time, so that two of them fit on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: testProjects.map(({ name, include, exclude, testTimeout, globalSetup, setupFiles }) => ({
      test: {
        name,
        include,
        exclude: [...exclude, '**/node_modules/**', '**/build/**'],
        testTimeout,
        hookTimeout: testTimeout,
        // A machine with a full day of work may take longer than the second that vitest waits for a fact; one that never comes
        // still fails within the time of its test.
        expect: { poll: { timeout: testTimeout / 4 } },
        environment: 'node' as const,
        globalSetup,
        setupFiles,
      },
    })),
  },
});
